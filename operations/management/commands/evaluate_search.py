"""`manage.py evaluate_search PAIRS.tsv [--engine …]`: is what belongs together found?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.search_evaluation import (
    NOT_SCORED,
    below_the_gates,
    evaluate,
    read_pairs,
    summary,
    throw_away_site,
)


class Command(BaseCommand):
    help = (
        "Measures search on Welsh word pairs, in a database of its own that is thrown away. "
        "Ends with exit code 1 when less is found than search promises."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pairs", type=Path, help="a file of pairs; docs/search.md says how")
        parser.add_argument(
            "--engine",
            choices=["database", "elasticsearch"],
            help="by default the one that the site uses; the database is that of DATABASE_URL",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pairs = read_pairs(options["pairs"])
            with throw_away_site(options["engine"]) as engine:
                figures = evaluate(pairs)
        except (OSError, ValueError, LookupError, RuntimeError) as refusal:
            raise CommandError(str(refusal)) from refusal
        for category, figure in figures.items():
            note = " (not scored)" if category in NOT_SCORED else ""
            self.stdout.write(f"{category:<24}{figure:6.1f} % found{note}")
        shortfalls = below_the_gates(pairs, figures)
        for shortfall in shortfalls:
            self.stderr.write(shortfall)
        self.stdout.write(summary(engine, pairs, figures))
        if shortfalls:
            raise SystemExit(1)
