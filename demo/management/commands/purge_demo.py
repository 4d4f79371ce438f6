"""Remove the demo content."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bilingual.pairs import PairRefused
from demo.purge import PurgeRefused, purge_demo


class Command(BaseCommand):
    help = "Removes everything that is flagged as sample, in both languages."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            gone = purge_demo()
        except (PurgeRefused, PairRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Removed: {gone.pairs} pairs, {gone.figures} numbers, {gone.sources} sources."
        )
