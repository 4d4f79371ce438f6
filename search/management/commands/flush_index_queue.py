"""`manage.py flush_index_queue`: send what the engine has not heard yet. Run it every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from search import queue


class Command(BaseCommand):
    help = "Send waiting index changes to Elasticsearch; does nothing where none is used."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, waiting = queue.flush() if queue.is_used() else (0, 0)
        self.stdout.write(f"sent {sent}, waiting {waiting}")
