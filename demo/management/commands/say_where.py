"""Says where the site can be opened and how to sign in to the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from demo.people import EMAIL


class Command(BaseCommand):
    help = "Print the addresses of the site and the demo sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        base = f"http://localhost:{options['port']}"
        self.stdout.write(
            f"\n  Cymraeg  {base}/cy/\n  English  {base}/en/\n  Admin    {base}/admin/"
        )
        stored = settings.VAR_DIR / "demo-password.txt"
        if stored.exists():
            self.stdout.write(f"  Sign in  {EMAIL}  {stored.read_text().strip()}\n")
