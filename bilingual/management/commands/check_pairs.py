"""Nightly: no pair has one language public alone, and no page has lost its twin."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bilingual.check import faults


class Command(BaseCommand):
    """Exit status 1 and one line for each fault, so that a timer raises the alarm."""

    help = "Count half pairs and orphans."

    def handle(self, *args: Any, **options: Any) -> None:
        found = faults()
        for fault in found:
            self.stdout.write(str(fault))
        if found:
            raise CommandError(f"{len(found)} fault(s) in the pairs.")
        self.stdout.write("All pairs are whole.")
