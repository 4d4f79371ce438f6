"""Calendar files as strangers read them, and the list that they are made from."""

from datetime import time, timedelta
from typing import Any

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from bilingual import pairs
from bilingual.pairs import GoAhead
from events import dates
from events.models import EventChange, EventPage, Occurrence
from tests.events.conftest import Make


def read(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar, read line by line as RFC 5545, 3.1 says, without any library."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    events, inside = [], ""
    for line in content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        name, _colon, value = line.partition(":")
        if name in ("BEGIN", "END"):
            inside = value if name == "BEGIN" else ""
            if (name, value) == ("BEGIN", "VEVENT"):
                events.append({})
        elif inside == "VEVENT":
            assert name.split(";")[0] not in events[-1], "said twice"
            events[-1][name.split(";")[0]] = value
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY"} <= set(event)
    return events


def calendar_of(client: Client, pair: Any, language: str = "en") -> list[dict[str, str]]:
    with translation.override(language):
        path = reverse("event_file", args=[pair.en.translation_key])
    response = client.get(path)
    assert response["Content-Type"].startswith("text/calendar")
    assert not response.cookies
    vobject.readOne(response.content.decode()).validate(raiseException=True)
    return read(response.content)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_series_is_one_rule_with_its_exceptions_and_a_county(
    client: Client, an_event: Make, language: str
) -> None:
    first = timezone.localdate() + timedelta(days=10)
    week = timedelta(days=7)

    def changes() -> list[EventChange]:
        return [
            EventChange(day=first + week, status="left_out"),
            EventChange(day=first + 2 * week, status="cancelled"),
            EventChange(day=first + 3 * week, status="rescheduled", new_at=time(14)),
        ]

    pair = an_event(repeats="week", changes=changes)
    series, cancelled, moved = calendar_of(client, pair, language)
    assert series["RRULE"] == "FREQ=WEEKLY"
    assert series["LOCATION"] == "Powys"
    assert series["EXDATE"] == f"{first + week:%Y%m%d}T110000"
    assert (cancelled["STATUS"], moved["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert moved["DTSTART"].endswith("T140000")
    assert moved["RECURRENCE-ID"] == f"{first + 3 * week:%Y%m%d}T110000"
    assert len({event["UID"] for event in (series, cancelled, moved)}) == 1
    stored = list(Occurrence.objects.filter(translation_key=pair.en.translation_key)[:3])
    assert [one.status for one in stored] == ["scheduled", "cancelled", "rescheduled"]


def test_a_second_library_reads_the_dates_that_are_stored_over_both_changes_of_the_clocks(
    client: Client, an_event: Make
) -> None:
    first = timezone.localdate() + timedelta(days=10)

    def changes() -> list[EventChange]:
        return [EventChange(day=first + timedelta(days=7), status="left_out")]

    pair = an_event(repeats="week", changes=changes)
    path = reverse("event_file", args=[pair.en.translation_key])
    theirs = vobject.readOne(client.get(path).content.decode())
    theirs.validate(raiseException=True)
    stored = Occurrence.objects.filter(translation_key=pair.en.translation_key)
    ours = [dates.wall(one.starts).replace(tzinfo=None) for one in stored]
    assert len(ours) > 90  # nearly two years
    read_by_them = theirs.vevent.getrruleset(addRDate=True)[: len(ours)]
    assert ours == [start.replace(tzinfo=None) for start in read_by_them]


def test_the_sequence_grows_with_a_change_of_time_and_not_with_a_word(
    client: Client, an_event: Make
) -> None:
    pair = an_event()
    page = EventPage.objects.get(pk=pair.en.pk)
    before = calendar_of(client, pair)[0]
    page.summary = "Other words"
    dates.write_dates(page)
    assert calendar_of(client, pair)[0]["SEQUENCE"] == before["SEQUENCE"] == "0"
    page.status = "cancelled"
    page.save()
    dates.write_dates(page)
    after = calendar_of(client, pair)[0]
    assert (after["SEQUENCE"], after["STATUS"]) == ("1", "CANCELLED")
    assert after["UID"] == before["UID"]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_cancelled_event_stays_on_its_page_and_in_the_list_and_says_so(
    client: Client, an_event: Make, language: str
) -> None:
    pair = an_event(status="cancelled")
    page = pair.side(language)
    said = {"en": "Cancelled.", "cy": "Wedi’i ganslo."}[language]
    html = client.get(page.url).content.decode()
    assert said in html
    assert "https://schema.org/EventCancelled" in html
    assert said in client.get(page.get_parent().url).content.decode()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_lists_and_feeds_are_narrowed_by_the_same_filters_and_past_is_apart(
    client: Client, an_event: Make, language: str
) -> None:
    page = an_event().side(language)
    past = an_event(starts_on=timezone.localdate() - timedelta(days=20)).side(language)
    section = page.get_parent().url
    with translation.override(language):
        feed = reverse("event_calendar")
    for query, there in (
        ("area=powys", True), ("area=swansea", False), ("access=step-free", True),
        ("access=bsl", False), ("lang=cy", True), ("how=online", False), ("kind=workshop", False),
    ):  # fmt: skip
        assert (page.title in client.get(f"{section}?{query}").content.decode()) is there, query
        titles = [event["SUMMARY"] for event in read(client.get(f"{feed}?{query}").content)]
        assert (page.title in titles) is there, query
    coming, over = client.get(section), client.get(f"{section}?past=1")
    assert past.title not in coming.content.decode()
    assert past.title in over.content.decode()
    assert page.title not in over.content.decode()


def test_the_feed_answers_with_nothing_to_who_has_it_and_asks_as_little_for_many_events_as_for_one(
    client: Client, an_event: Make
) -> None:
    with translation.override("cy"):
        address = reverse("event_calendar")

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    pair = an_event()
    known = {"If-None-Match": client.get(address)["ETag"]}
    again = client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    of_one = asked()
    for _more in range(5):
        an_event(repeats="week", release_to="everybody")
    an_event(publish=False)
    pairs.publish_alone(an_event(publish=False).en, GoAhead("alone", "A rumour today"))
    assert asked() <= of_one + 2 and pair.cy.live
    assert client.get(address, headers=known).status_code == 200


def test_the_feed_of_news_holds_titles_and_no_place(client: Client, an_event: Make) -> None:
    page = an_event().en
    html = client.get(reverse("event_feed")).content.decode()
    assert page.title in html
    assert "Powys" not in html


def test_bad_values_in_addresses_are_no_error(client: Client, an_event: Make) -> None:
    section = an_event().en.get_parent().url
    for query in ("month=9999-99", "page=1e400", "area=%22", "past=2", "group=" + "f" * 400):
        assert client.get(f"{section}?{query}").status_code == 200
        assert client.get(f"{reverse('event_calendar')}?{query}").status_code == 200
