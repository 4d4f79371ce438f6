"""Deletes claims that nobody has answered in time; run it every night."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from facts.models import HeardClaim
from facts.models.heard import KEEP_DAYS


class Command(BaseCommand):
    help = "Delete claims sent by readers that lead to no fact after their time."

    def handle(self, *args: Any, **options: Any) -> None:
        last = timezone.localdate() - timedelta(days=KEEP_DAYS)
        deleted, _rows = HeardClaim.objects.waiting().filter(received_on__lt=last).delete()
        self.stdout.write(f"{deleted} claims deleted.")
