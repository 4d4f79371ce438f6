"""Deletes contact messages whose time is over; run it every night."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from home.models import ContactMessage


class Command(BaseCommand):
    help = "Delete contact messages after the day until which they are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted, _rows = ContactMessage.objects.filter(keep_until__lt=date.today()).delete()
        self.stdout.write(f"{deleted} messages deleted.")
