"""Writes down the dates that have come into reach and makes the papers anew; run it every night."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bilingual import pairs
from events import dates, papers
from events.listing import events_for
from files.gate import shared_worker

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Store new dates of all public events and refresh their posters and invitations."

    def handle(self, *args: Any, **options: Any) -> None:
        events, failed = events_for("en"), 0
        with shared_worker():
            for event in events:
                try:
                    dates.write_dates(event)
                    papers.make_papers(pairs.pair_of(event))
                except Exception:  # one event must not keep the others from their dates
                    failed += 1
                    logger.exception("Event %s could not be refreshed.", event.translation_key)
        self.stdout.write(f"{len(events) - failed} events refreshed.")
        if failed:
            raise CommandError(f"{failed} events could not be refreshed; the log says why.")
