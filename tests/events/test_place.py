"""A planted address is looked for in everything that is public, and is found nowhere."""

import json
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models import RelatedPage
from core.registries import private_fields
from events import booking, dates, papers
from events.disclosure import Audience, what_may_be_shown
from events.models import EventChange, EventPage, Occurrence
from home.models import StandardPage
from tests.events.conftest import VENUE, Make
from tests.factories.pairs import make_pair

PLANTED = ("Plannwyd", "Heol Gudd", "planted-room", "meet.example.org")
LANGUAGES = ("en", "cy")


def four_addresses(pair: Any) -> list[str]:
    """Page, list, calendar of all and of one: what says where an event is."""
    found = []
    for language in LANGUAGES:
        page = pair.side(language)
        with translation.override(language):
            found += [
                page.url, page.get_parent().url, reverse("event_calendar"),
                reverse("event_file", args=[page.translation_key]),
            ]  # fmt: skip
    return found


def addresses(pair: Any) -> list[str]:
    """Everything that anybody may ask for about an event, and what is asked about everything."""
    found = ["/", "/sitemap.xml", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/-/health"]
    for language in LANGUAGES:
        page = pair.side(language)
        one = Occurrence.objects.filter(translation_key=page.translation_key).earliest("starts")
        with translation.override(language):
            section = page.get_parent().url
            found += [
                page.url, section, f"{section}?past=1", f"{section}?area=powys&access=step-free",
                f"/{language}/", reverse("event_calendar"), reverse("event_feed"),
                reverse("event_calendar") + "?area=powys",
                reverse("event_file", args=[page.translation_key]),
                reverse("event_booking", args=[one.pk]), reverse("event_place", args=["no"]),
                f"{page.url}nowhere/", reverse("event_booking", args=[1]),
                *(f"{reverse('search')}?q={word}" for word in ("Plannwyd", "Gudd", "planted")),
                f"{reverse('search')}?q={page.title.split()[0]}",
            ]  # fmt: skip
    from core.short_links import short_path

    return [*found, short_path(pair.en.translation_key)]


def leaks(text: str) -> list[str]:
    return [word for word in PLANTED if word.casefold() in text.casefold()]


def crawl(client: Client, pair: Any, asked: Iterable[str]) -> tuple[int, list[str]]:
    """How many answers were read, and the addresses of those that hold what was planted."""
    read, found = 0, []
    for address in asked:
        response = client.get(address, follow=True)
        content = b"".join(response) if response.streaming else response.content
        said = content.decode("utf-8", "replace")
        if "search" in address or "chwilio" in address:
            said = said.replace("Plannwyd", "").replace("planted", "")  # the question itself
        read += 1
        if leaks(said + str(response.headers)):
            found.append(address)
    for row in papers.SHELF.made_of(pair.en.translation_key):
        content = row.document.file.read()
        if row.document.file_extension == "pdf":
            reader = pypdf.PdfReader(BytesIO(content))
            said = "".join(part.extract_text() for part in reader.pages) + str(reader.metadata)
        else:
            said = content.decode("latin-1")
        read += 1
        if leaks(said + row.document.title + row.document.text):
            found.append(row.document.url)
    return read, found


def index_rows() -> str:
    """Every cell of every table in which search keeps words."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if "indexentry" in name or name in ("search_pagetext", "search_siteword")
        ]
        assert tables
        said = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [str(row) for row in cursor.fetchall()]
    return "\n".join(said)


def pages_that_point_at(event: EventPage) -> list[str]:
    """Pages with the event in a block of their body and in a row of related pages."""
    block = {
        "type": "call_to_action",
        "value": {"kind": "take_part", "text": "Come", "page": event.pk},
    }
    pointing = make_pair(
        StandardPage,
        body=json.dumps([block]),
        related_pages=lambda: [RelatedPage(target=event)],
    )
    return [page.url for page in pointing]


@pytest.fixture
def planted(an_event: Make, admin_user: Any) -> Any:
    """A series whose address its people know by now, changed dates, papers, and who has booked."""
    first = timezone.localdate() + timedelta(days=10)
    pair = an_event(
        mode="both",
        repeats="week",
        changes=lambda: [EventChange(day=first + timedelta(days=7), status="online")],
    )
    papers.make_papers(pair)
    for one in Occurrence.objects.filter(translation_key=pair.en.translation_key)[:2]:
        person = booking.book(
            one.pk, language="en", email="plannwyd@example.org", name="Plannwyd",
            needs="Heol Gudd",
        )  # fmt: skip
        booking.approve(person, admin_user)
    return pair


def test_a_planted_venue_joining_link_and_person_are_found_in_nothing_public(
    client: Client, planted: Any
) -> None:
    pointing = pages_that_point_at(planted.en)
    call_command("update_index", verbosity=0)
    for one in Occurrence.objects.filter(translation_key=planted.en.translation_key)[:2]:
        with time_machine.travel(one.starts - timedelta(hours=1)):
            call_command("send_event_mail", verbosity=0)
            told = [message.body for message in mail.outbox if leaks(message.body)]
            assert told  # who has booked and is confirmed knows it by now
            read, found = crawl(client, planted, addresses(planted) + pointing)
            assert not found
    assert not leaks(index_rows())
    print(f"answers without the planted address: {read} of {read}")


@pytest.mark.parametrize("mode", ["room", "online", "both"])
@pytest.mark.parametrize("status", ["scheduled", "cancelled", "online"])
def test_no_way_of_taking_part_and_no_status_tells_the_place(
    client: Client, an_event: Make, mode: str, status: str
) -> None:
    pair = an_event(mode=mode, status=status)
    one = Occurrence.objects.get(translation_key=pair.en.translation_key)
    with time_machine.travel(one.starts - timedelta(hours=1)):
        assert crawl(client, pair, four_addresses(pair)) == (8, [])


def test_the_crawl_finds_what_a_careless_page_would_say(client: Client, an_event: Make) -> None:
    pair = an_event()
    EventPage.objects.filter(pk=pair.en.pk).update(summary=f"Come to {VENUE}")
    assert pair.en.url in crawl(client, pair, four_addresses(pair))[1]


@pytest.mark.parametrize("release", ["booked", "nobody"])
def test_the_public_is_never_told_what_is_for_others(an_event: Make, release: str) -> None:
    pair = an_event(release_to=release)
    one = Occurrence.objects.get(translation_key=pair.en.translation_key)
    for audience in (Audience.PUBLIC, Audience.KEPT):
        shown = what_may_be_shown(pair.en, [], audience, one, one.starts)
        assert not (shown.venue or shown.joining_link)


def test_everybody_is_told_between_the_release_and_the_end_and_no_paper_says_it(
    client: Client, an_event: Make
) -> None:
    pair = an_event(release_to="everybody", release_days=2, repeats="week")
    one = Occurrence.objects.filter(translation_key=pair.en.translation_key).earliest("starts")
    calendar = reverse("event_file", args=[pair.en.translation_key])
    for hours, told in ((-49, False), (-47, True), (5, False)):
        with time_machine.travel(one.starts + timedelta(hours=hours), tick=False):
            assert bool(leaks(client.get(calendar).content.decode().replace("\r\n ", ""))) is told
            if hours < 0:
                assert bool(leaks(client.get(pair.en.url).content.decode())) is told
            assert not leaks(str(papers.face_of(pair.en)))
            html = client.get(pair.en.get_parent().url).content.decode()
            assert bool(leaks(html)) is (told and hours < 0)


def test_what_is_private_is_registered(db: Any) -> None:
    assert {("events.EventPage", "venue"), ("events.EventPage", "joining_link"),
            ("events.Registration", "email")} <= set(private_fields)  # fmt: skip
    searched = {field.field_name for field in EventPage.searched_parts()}
    assert not searched & {"venue", "joining_link"}


def test_a_mail_about_a_change_says_nothing_before_its_time(an_event: Make) -> None:
    pair = an_event()
    one = Occurrence.objects.get(translation_key=pair.en.translation_key)
    booking.book(one.pk, language="en", email="a@example.org")
    dates.tell_of_change(one.registrations.all())
    call_command("send_event_mail")
    assert len(mail.outbox) == 2
    assert not any(leaks(message.subject + message.body) for message in mail.outbox)
