"""Writes down the dates that have come into reach and makes the papers anew; run it every night."""

from typing import Any

from django.core.management.base import BaseCommand

from bilingual import pairs
from events import dates, papers
from events.listing import events_for
from files.gate import shared_worker


class Command(BaseCommand):
    help = "Store new dates of all public events and refresh their posters and invitations."

    def handle(self, *args: Any, **options: Any) -> None:
        events = events_for("en")
        with shared_worker():
            for event in events:
                dates.write_dates(event)
                papers.make_papers(pairs.pair_of(event))
        self.stdout.write(f"{len(events)} events refreshed.")
