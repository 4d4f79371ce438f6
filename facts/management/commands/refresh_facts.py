"""Keeps the files of facts true: run it every night."""

from typing import Any

from django.core.management.base import BaseCommand

from facts import kit


class Command(BaseCommand):
    help = "Take back the cards of expired facts, and make anew those that failed."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{kit.refresh()} facts tried again.")
