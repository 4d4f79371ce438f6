"""A hundred people ask for twenty places at once, on the database of production."""

import json

import pytest

from tests.operations.test_downloads import python

pytestmark = pytest.mark.django_db  # so that it runs on both databases

STORM = """
import json, threading
from datetime import date, time, timedelta
from django.db import connections
from bilingual import pairs
from events import booking
from events.models import EventIndexPage, EventMail, EventPage, Occurrence

def page(title, places):
    return EventPage(title=title, summary=title, starts_on=date.today() + timedelta(days=9),
                     starts_at=time(11), ends_at=time(15), registration="form", capacity=places)

def storm(people, places):
    parent = EventIndexPage.objects.get(locale__language_code="en")
    pair = pairs.create_pair(
        parent, page("Open day", places), page("Diwrnod agored", places), publish=True
    )
    one = Occurrence.objects.get(translation_key=pair.en.translation_key)
    gate, failed = threading.Barrier(people), []

    def ask(number):
        try:
            gate.wait(60)
            booking.book(one.pk, language="cy", email=f"p{number}@example.org")
        except Exception as error:
            failed.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(people)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    rows = list(one.registrations.order_by("number").values_list("number", "state"))
    owed = EventMail.objects.filter(registration__occurrence=one, sent_at=None).count()
    return rows, owed, failed

print(json.dumps([storm(100, 20), storm(2, 1)]))
"""
Storm = tuple[list[list[object]], int, list[str]]


@pytest.fixture(scope="module")
def storms(production_environment: dict[str, str]) -> list[Storm]:
    """What was booked, how many mails are owed, who got an error; both storms in one process."""
    found: list[Storm] = json.loads(python(production_environment, STORM))
    return found


def test_a_hundred_for_twenty_places_give_twenty_and_a_queue_in_order_and_no_mail_is_lost(
    storms: list[Storm],
) -> None:
    rows, owed, failed = storms[0]
    assert failed == []
    assert rows == [[n, "place" if n <= 20 else "waiting"] for n in range(1, 101)]
    assert owed == 100  # no mail server listens here
    print(f"bookings of 100 at once for 20 places: 20 and {len(rows) - 20} in order")


def test_the_last_place_taken_by_two_at_once_is_one_persons(storms: list[Storm]) -> None:
    rows, _owed, failed = storms[1]
    assert failed == []
    assert rows == [[1, "place"], [2, "waiting"]]
