"""Look at the sources that are due."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from evidence.watch import Run, sources_due


class Command(BaseCommand):
    """Run by a timer, every night."""

    help = "Visit every source that is due: is it there, has it moved, changed or been replaced?"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--limit", type=int, default=500, help="At most so many sources.")

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run()
        found: Counter[str] = Counter()
        for source in sources_due()[: max(0, options["limit"])]:
            finding = run.check(source)
            found[finding or "postponed"] += 1
            if finding not in (None, "fine"):
                self.stdout.write(f"{source.key}: {finding}")
        told = ", ".join(f"{number} {name}" for name, number in sorted(found.items()))
        self.stdout.write(f"Sources: {told or 'none due'}.")
