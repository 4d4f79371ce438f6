"""`manage.py update_index`: Wagtail's command, but without a gap (`search.rebuild`)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from search.rebuild import rebuild


class Command(BaseCommand):
    help = "Fill the search indexes anew, while the site is used."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--backend",
            choices=list(settings.WAGTAILSEARCH_BACKENDS),
            help="one backend of the settings; all by default",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        say = self.stdout.write if options["verbosity"] else lambda _line: None
        rebuild([options["backend"]] if options["backend"] else None, say)
