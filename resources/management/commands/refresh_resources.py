"""Keeps the papers and packs of the library whole: run it every night."""

from typing import Any

from django.core.management.base import BaseCommand

from resources import signals


class Command(BaseCommand):
    help = "Make anew the prints and packs that failed, and those that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{signals.refresh()} resources and packs tried again.")
