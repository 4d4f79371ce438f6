"""Deletes bookings some days after their event; run it every night."""

from typing import Any

from django.core.management.base import BaseCommand

from events import booking


class Command(BaseCommand):
    help = "Delete bookings of dates that ended EVENT_BOOKING_DAYS ago."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{booking.purge()} bookings deleted.")
