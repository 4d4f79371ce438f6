"""What must hold for every page type, in both languages and every state."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from bilingual import door, pairs
from bilingual.models import PairedPage, path_in
from bilingual.switch import absolute
from tests.factories.pairs import first_pair, is_planted, label_of, make_pair, page_types

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing")]
LANGUAGES = ("en", "cy")
TYPES = [pytest.param(model, id=label_of(model)) for model in page_types()]
MADE = [pytest.param(m, id=label_of(m)) for m in page_types() if not is_planted(m)]


class Outline(HTMLParser):
    """The parts of a page that the contract speaks about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang = self.main_lang = self.title = ""
        self.h1 = self.mains = 0
        self.alternates: dict[str, str] = {}
        self.canonical = ""
        self.robots = ""
        self.sources: list[str] = []
        self.inline: list[str] = []
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = values.get("lang", "")
        elif tag == "main":
            self.mains += 1
            self.main_lang = values.get("lang", "")
        elif tag == "h1":
            self.h1 += 1
        elif tag == "title":
            self._in_title = True
        elif tag == "link" and values.get("rel") == "alternate" and "hreflang" in values:
            self.alternates[values["hreflang"]] = values["href"]
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values["href"]
        elif tag == "meta" and values.get("name") == "robots":
            self.robots = values.get("content", "")
        is_data = values.get("type") == "application/ld+json"  # read by machines, never run
        loads = not is_data and tag in (
            "script",
            "img",
            "link",
            "source",
            "iframe",
            "video",
            "audio",
        )
        if loads and values.get("rel") not in ("alternate", "canonical"):
            self.sources.append(values.get("src") or values.get("href") or "")
        if "style" in values:
            self.inline.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def look_at(client: Client, path: str) -> tuple[Any, Outline]:
    response = client.get(path)
    return response, Outline(response.content.decode())


def of_language(pair: tuple[PairedPage, PairedPage], language: str) -> PairedPage:
    return next(page for page in pair if page.locale.language_code == language)


def take_down(page: Page) -> None:
    """One language is not live: the state that only a recorded exception may bring about."""
    with door.opened():
        page.unpublish()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", TYPES)
def test_a_live_pair_names_itself_and_its_twin(
    client: Client, model: type[PairedPage], language: str
) -> None:
    pair = first_pair(model)
    page = of_language(pair, language)
    response, outline = look_at(client, page.url)
    assert response.status_code == 200
    assert outline.lang == outline.main_lang == language
    assert outline.h1 == outline.mains == 1
    assert page.title in outline.title or outline.title.strip()
    assert outline.canonical == absolute(page.url)
    assert outline.alternates["en"] == absolute(of_language(pair, "en").url)
    assert outline.alternates["cy"] == absolute(of_language(pair, "cy").url)
    assert "x-default" in outline.alternates
    assert "noindex" not in outline.robots


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", TYPES)
def test_a_visitor_gets_no_cookie_and_no_request_leaves_the_site(
    client: Client, model: type[PairedPage], language: str
) -> None:
    page = of_language(first_pair(model), language)
    response, outline = look_at(client, page.url)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert all(source.startswith("/") for source in outline.sources), outline.sources
    assert not outline.inline
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", TYPES)
def test_the_switch_leads_to_the_same_page_and_keeps_the_query(
    client: Client, model: type[PairedPage], language: str
) -> None:
    pair = first_pair(model)
    other = "cy" if language == "en" else "en"
    html = client.get(of_language(pair, language).url + "?topic=schools&page=2").content.decode()
    links = re.findall(r'<a class="lang" href="([^"]+)" lang="(\w+)" hreflang="(\w+)"', html)
    assert links, "no switch on the page"
    for url, lang, hreflang in links:
        assert (lang, hreflang) == (other, other)
        assert url == of_language(pair, other).url + "?topic=schools"


@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize("model", MADE)
def test_a_fallback_shows_the_other_language_under_the_readers_interface(
    client: Client, model: type[PairedPage], asked: str
) -> None:
    pair = first_pair(model)
    missing, shown = of_language(pair, asked), of_language(pair, "cy" if asked == "en" else "en")
    own_address = missing.url
    take_down(missing)
    shown = Page.objects.get(pk=shown.pk).specific
    fallback = path_in(shown, asked)
    assert client.get(own_address)["Location"] == fallback
    response, outline = look_at(client, fallback)
    assert response.status_code == 200
    assert outline.lang == asked
    assert outline.main_lang == shown.locale.language_code
    assert outline.canonical == absolute(shown.url)
    assert "noindex" in outline.robots
    assert not outline.alternates
    assert fallback not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("model", MADE)
def test_a_draft_pair_is_found_nowhere(client: Client, model: type[PairedPage]) -> None:
    pair = make_pair(model, publish=False)
    sitemap = client.get("/sitemap.xml").content.decode()
    for language in LANGUAGES:
        page = of_language(pair, language)
        response, outline = look_at(client, page.get_url())
        assert response.status_code == 404
        assert outline.lang == language
        assert page.title not in response.content.decode()
        assert page.url not in sitemap


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_is_answered_in_the_language_of_its_prefix(
    client: Client, language: str
) -> None:
    response, outline = look_at(client, f"/{language}/nowhere/at-all/")
    assert response.status_code == 404
    assert outline.lang == language
    assert outline.h1 == 1


@pytest.mark.parametrize("model", TYPES)
def test_a_page_type_declares_where_it_stands_and_what_it_shares(model: type[PairedPage]) -> None:
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)
    assert str(model.page_description).strip()
    assert model.shared_fields
    names = {field.name for field in model._meta.get_fields()}
    assert set(model.shared_fields) <= names
    assert not [
        field.name for field in model._meta.many_to_many if field.name != "wagtail_admin_comments"
    ]


@pytest.mark.parametrize("model", TYPES)
def test_parents_and_children_agree_where_a_page_may_be_added(model: type[PairedPage]) -> None:
    """What only one of two types names is a place that the editor is never offered."""
    assert model.clean_parent_page_models() == model.allowed_parent_page_models()
    assert model.clean_subpage_models() == model.allowed_subpage_models()
    assert Page not in model.clean_parent_page_models() or label_of(model) == "home.HomePage"


@pytest.mark.parametrize("model", MADE)
def test_a_scheduled_pair_is_hidden_until_its_time_and_gone_after_its_end(
    client: Client, model: type[PairedPage]
) -> None:
    pair = make_pair(model, publish=False)
    now = timezone.now()
    pairs.schedule_pair(pair[0], now + timedelta(hours=1), now + timedelta(hours=3))
    assert answers(client, pair) == {404}
    for hours, expected in ((2, 200), (4, 404)):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            call_command("publish_scheduled")
        assert answers(client, pair) == {expected}
    sitemap = client.get("/sitemap.xml").content.decode()
    assert not [page for page in pair if page.get_url() in sitemap]


def answers(client: Client, pair: tuple[PairedPage, PairedPage]) -> set[int]:
    """How both languages are answered now, under the addresses that they have now."""
    now = Page.objects.filter(pk__in=[page.pk for page in pair])
    return {client.get(page.get_url()).status_code for page in now}
