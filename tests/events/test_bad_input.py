"""What an editor may slip into the form of an event is answered in words, and nothing is lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from events import papers
from events.models import EventIndexPage, EventPage, Occurrence
from events.recurrence import EARLIEST, LATEST
from tests.events.conftest import Make

CLOCKS = date(2030, 3, 31)  # at one in the morning it is two
SLIPS = {
    "end of the calendar": (
        {"starts_on": "9999-12-31"},
        {"en": "Choose a day between 2000 and 2099.", "cy": "Dewiswch ddiwrnod rhwng 2000 a 2099."},
    ),
    "beginning of the calendar": (
        {"starts_on": "0001-01-01", "repeats": "week"},
        {"en": "Choose a day between 2000 and 2099.", "cy": "Dewiswch ddiwrnod rhwng 2000 a 2099."},
    ),
    "the hour the clocks skip": (
        {"starts_on": str(CLOCKS), "starts_at": "01:30", "ends_at": "04:00"},
        {"en": "The clocks go forward", "cy": "Mae’r clociau"},
    ),
    "no place at all": (
        {"capacity": "0"},
        {"en": "Give at least one place", "cy": "Rhowch o leiaf un lle"},
    ),
    "a number of places that no hall has": (
        {"capacity": "9" * 30},
        {"en": "Give at most 10000.", "cy": "Rhowch 10000 ar y mwyaf."},
    ),
    "a rule that is none": (
        {"repeats": "rule", "rule": "FREQ=SECONDLY"},
        {"en": "This is no rule of days", "cy": "Nid yw hon yn rheol"},
    ),
}


def composer(language: str) -> str:
    section = EventIndexPage.objects.get(locale__language_code="en")
    return reverse("compose_new_pair", args=["events", "eventpage", section.pk])


def filled(client: Client, **values: str) -> dict[str, str]:
    """The form as it opens, with titles in both languages and these shared values."""
    soup = BeautifulSoup(client.get(composer("en")).content, "html.parser")
    posted = {
        str(field["name"]): str(field.get("value", ""))
        for field in soup.select("#pair-form [name]:not([type=checkbox]):not(button)")
    }
    for choice in soup.select("#pair-form select[name]"):
        chosen = choice.select_one("option[selected]")
        posted[str(choice["name"])] = str(chosen["value"]) if chosen else ""
    for language, title in (("en", "Open day"), ("cy", "Diwrnod agored")):
        posted |= {f"{language}-title": title, f"{language}-summary": f"{title}."}
    posted |= {"both-starts_on": "2030-06-15", "press": "publish"}
    return {**posted, **{f"both-{name}": value for name, value in values.items()}}


@pytest.fixture
def editor(admin_client: Client, admin_user: Any, request: Any) -> Client:
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = request.param
    profile.save()
    return admin_client


@pytest.mark.parametrize("editor", ["en", "cy"], indirect=True)
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_answered_at_its_field_in_the_editors_language_and_nothing_is_lost(
    editor: Client, slip: str, request: Any
) -> None:
    language = request.node.callspec.params["editor"]
    values, sentences = SLIPS[slip]
    answer = editor.post(composer("en"), filled(editor, **values))
    html = answer.content.decode().replace("&#x27;", "’")
    assert answer.status_code in (200, 422)
    assert sentences[language] in html
    assert "Open day" in html and "Diwrnod agored" in html
    assert not EventPage.objects.filter(title="Open day", live=True).exists()


@pytest.mark.parametrize("editor", ["en"], indirect=True)
def test_a_rule_that_never_ends_is_published_and_written_down_for_two_years(
    editor: Client, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "make_papers", lambda pair: None)  # they cost a second
    today = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(composer("en"), filled(editor, repeats="week", starts_on=str(today)))
    event = EventPage.objects.get(title="Open day", live=True)
    dates = Occurrence.objects.filter(translation_key=event.translation_key)
    assert event.until is None
    assert 95 < dates.count() < 3 * 53


def test_a_series_that_begins_beyond_the_written_dates_has_its_first_one(an_event: Make) -> None:
    event = an_event(starts_on=timezone.localdate() + timedelta(days=1200), repeats="week").en
    assert Occurrence.objects.filter(translation_key=event.translation_key).count() == 1


@pytest.mark.parametrize("day", [EARLIEST, LATEST])
def test_the_first_and_the_last_day_that_may_be_given_are_shown_everywhere(
    an_event: Make, client: Client, day: date
) -> None:
    pair = an_event(starts_on=day, starts_at=None, ends_at=None)
    for page in pair:
        assert papers.face_of(page).facts
        assert str(day.year) in client.get(page.url).content.decode()
    file = client.get(reverse("event_file", args=[pair.en.translation_key])).content.decode()
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in file
