"""An event with everything in it, and its dates written down as after a commit."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from bilingual import pairs
from core.models import PageTerm, Term
from events import dates
from events.models import AccessFact, EventAccess, EventPage
from tests.factories.pairs import make_pair

VENUE = "Neuadd Plannwyd, 7 Heol Gudd"
LINK = "https://meet.example.org/planted-room"
Make = Callable[..., pairs.Pair]


@pytest.fixture
def an_event(db: Any) -> Make:
    """Makes a published pair; signals wait for a commit, so the dates are written here."""

    def make(publish: bool = True, changes: Any = None, **values: Any) -> pairs.Pair:
        given = {
            "starts_on": timezone.localdate() + timedelta(days=10),
            "starts_at": time(11),
            "ends_at": time(15),
            "venue": VENUE,
            "joining_link": LINK,
            "registration": "form",
            "release_to": "booked",
            "page_terms": lambda: [PageTerm(term=Term.objects.get(kind="county", key="powys"))],
            "access_facts": lambda: [
                EventAccess(fact=AccessFact.STEP_FREE, answer="yes"),
                EventAccess(fact=AccessFact.BSL, answer="no"),
            ],
            **({"changes": changes} if changes else {}),
            **values,
        }
        english, _welsh = make_pair(EventPage, publish=publish, **given)
        if publish:
            dates.write_dates(EventPage.objects.get(pk=english.pk))
        return pairs.pair_of(english)

    return make


def on(day: date) -> dict[str, Any]:
    """Values of an event at night on this day, where the clocks change."""
    return {"starts_on": day, "starts_at": time(1, 30), "ends_at": time(4)}
