"""Sends what is owed to people who booked, and addresses whose time has come."""

from typing import Any

from django.core.management.base import BaseCommand

from events import mails


class Command(BaseCommand):
    help = "Send mails about bookings that are still owed; run it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        mails.owe_addresses()
        self.stdout.write(f"{mails.send_owed()} mails sent.")
