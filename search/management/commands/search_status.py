"""`manage.py search_status`: engine, queue, lag, last rebuild; exit code 1 when it is unwell."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from search.status import search_status


class Command(BaseCommand):
    help = "Tell which engine answers, what waits for it and when its index was last rebuilt."

    def handle(self, *args: Any, **options: Any) -> None:
        status = search_status()
        rebuilt = f"{status.last_rebuild:%Y-%m-%d %H:%M}" if status.last_rebuild else "never"
        self.stdout.write(
            f"engine {status.engine}, {'answers' if status.answers else 'DOES NOT ANSWER'}\n"
            f"waiting {status.waiting}, oldest {int(status.lag.total_seconds())} s\n"
            f"last rebuild {rebuilt}"
        )
        if not status.is_well:
            sys.exit(1)
