"""Load the demo content in both languages."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bilingual.pairs import PairRefused
from demo.load import is_empty, load_demo
from demo.people import ensure_editor


class Command(BaseCommand):
    help = "Loads the demo content in both languages. Loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Only where nothing has been written yet."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            self.stdout.write("There is content already: nothing was loaded.")
        else:
            try:
                done = load_demo()
            except PairRefused as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write(
                f"Demo content: {done.created} pairs created, {done.changed} changed, "
                f"{done.unchanged} as they were."
            )
        signed = ensure_editor()
        if signed:
            self.stdout.write(f"Demo sign-in: {signed[0]}  password: {signed[1]}")
