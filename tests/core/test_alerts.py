"""The urgent banner: in both languages, in its time, in its section, purged when it changes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from core.alerts import Alert

pytestmark = pytest.mark.django_db
HEADINGS = {"/en/": "The hall is closed", "/cy/": "Mae’r neuadd ar gau"}


def alert(**changes: Any) -> Alert:
    now = timezone.now()
    values = {
        "heading_en": HEADINGS["/en/"],
        "heading_cy": HEADINGS["/cy/"],
        "start": now - timedelta(hours=1),
        "end": now + timedelta(hours=1),
    }
    return Alert(**{**values, **changes})


def page_at(slug: str) -> Page:
    return Page.objects.get(slug=slug, depth=3)


@pytest.mark.parametrize("home", HEADINGS)
def test_a_banner_stands_above_the_header_in_the_readers_language(
    client: Client, home: str
) -> None:
    assert 'class="alert"' not in client.get(home).content.decode()  # nothing is kept from before
    alert().save()
    html = client.get(home).content.decode()
    assert html.index(HEADINGS[home]) < html.index('class="masthead"')
    assert not [text for path, text in HEADINGS.items() if path != home and text in html]


def test_a_banner_that_is_deleted_is_gone_at_once(client: Client) -> None:
    made = alert()
    made.save()
    assert HEADINGS["/en/"] in client.get("/en/").content.decode()
    made.delete()
    assert HEADINGS["/en/"] not in client.get("/en/").content.decode()


@pytest.mark.parametrize(("hours", "is_shown"), [(-2, False), (0, True), (2, False)])
def test_a_banner_is_shown_from_its_start_until_its_end(
    client: Client, hours: int, is_shown: bool
) -> None:
    alert().save()
    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        cache.clear()
        assert (HEADINGS["/cy/"] in client.get("/cy/").content.decode()) == is_shown


@pytest.mark.parametrize("chosen", ["stories", "straeon"])
def test_a_banner_of_a_section_is_shown_there_in_both_languages_and_nowhere_else(
    client: Client, chosen: str
) -> None:
    alert(section=page_at(chosen)).save()
    assert HEADINGS["/en/"] in client.get("/en/stories/").content.decode()
    assert HEADINGS["/cy/"] in client.get("/cy/straeon/").content.decode()
    for path in ("/en/", "/cy/", "/en/contact/"):
        assert 'class="alert"' not in client.get(path).content.decode()


@pytest.mark.parametrize(("language", "slug"), [("en", "contact"), ("cy", "cysylltu")])
def test_its_link_leads_to_the_page_in_the_readers_language(
    client: Client, language: str, slug: str
) -> None:
    alert(link_page=page_at("contact"), link_text_en="Go", link_text_cy="Ewch").save()
    words = {"en": "Go", "cy": "Ewch"}[language]
    html = client.get(f"/{language}/").content.decode()
    assert f'<a href="/{language}/{slug}/">{words}</a>' in html


@pytest.mark.parametrize(
    "changes",
    [
        {"heading_cy": ""},
        {"text_en": "One language alone"},
        {"link_text_cy": "Un iaith yn unig"},
        {"end": timezone.now() - timedelta(days=1)},
    ],
    ids=["heading", "text", "link", "end"],
)
def test_what_is_not_whole_in_both_languages_is_refused_by_form_and_database(
    changes: dict[str, Any],
) -> None:
    with pytest.raises(ValidationError):
        alert(**changes).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        alert(**changes).save()


def test_only_a_section_can_be_chosen_as_section() -> None:
    with pytest.raises(ValidationError, match="section"):
        alert(section=Page.objects.get(slug="stories").get_parent()).full_clean()
