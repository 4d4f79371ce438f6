"""`make run`: one process brings the site of a laptop up to date and serves it."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from demo.people import EMAIL


class Command(BaseCommand):
    help = "Migrates, loads the demo where nothing has been written yet, says where, and serves."
    requires_system_checks: list[str] = []  # runserver makes them, on a database with tables

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_demo", if_empty=True)
        indexed = settings.VAR_DIR / ".indexed"
        if not indexed.exists():
            call_command("update_index", verbosity=0)
            indexed.touch()
        self._say_where(options["port"])
        address = f"127.0.0.1:{options['port']}"
        call_command("runserver", address, use_reloader=False, skip_checks=False)

    def _say_where(self, port: str) -> None:
        base = f"http://localhost:{port}"
        self.stdout.write(
            f"\n  Cymraeg  {base}/cy/\n  English  {base}/en/\n  Admin    {base}/admin/"
        )
        stored = settings.VAR_DIR / "demo-password.txt"
        if stored.exists():
            self.stdout.write(f"  Sign in  {EMAIL}  {stored.read_text().strip()}\n")
        self.stdout.flush()
