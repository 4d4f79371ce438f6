"""Deletes tables of organisations that can be undone no more; run it every night."""

from typing import Any

from django.core.management.base import BaseCommand

from network import exchange


class Command(BaseCommand):
    help = "Delete brought-in tables of organisations IMPORT_UNDO_DAYS after they were written."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{exchange.forget_old_runs()} tables deleted.")
