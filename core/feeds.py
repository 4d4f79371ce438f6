"""Atom feeds (RFC 4287): what is new in a section, in one language."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from bilingual.models import language_of
from bilingual.switch import absolute
from core.linked_data import PUBLISHER

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NEWEST = 30  # entries of a feed


def section_feed(
    model: type[Page], own_path: str, newest: Callable[[str], Iterable[Any]]
) -> HttpResponse:
    """The feed of the section page of this type in the active language.

    `newest` gives at most `NEWEST` pages for a reader of a language, the newest first; `own_path`
    is where the feed itself is fetched.

    Raises:
        Http404: the section is not public in this language.
    """
    language = get_language() or "en"
    section = (
        model._default_manager.filter(live=True, locale__language_code=language)
        .select_related("locale")
        .first()
    )
    if section is None:
        raise Http404
    return HttpResponse(
        atom(section, own_path, list(newest(language))),
        content_type="application/atom+xml; charset=utf-8",
    )


def atom(section: Page, own_path: str, pages: Sequence[Any]) -> bytes:
    """Pages as entries, each under its own address and with the id of its pair."""
    language = language_of(section)
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {LANG: language})
    address = absolute(section.url or "")
    _text(feed, "id", address)
    _text(feed, "title", f"{PUBLISHER[language]}: {section.title}")
    latest = max(map(_changed, pages), default=section.last_published_at)
    _text(feed, "updated", _time(latest or timezone.now()))
    ET.SubElement(feed, f"{{{ATOM}}}link", href=address, rel="alternate", hreflang=language)
    ET.SubElement(feed, f"{{{ATOM}}}link", href=absolute(own_path), rel="self")
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", PUBLISHER[language])
    for page in pages:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        its_language = language_of(page)
        if its_language != language:
            entry.set(LANG, its_language)
        _text(entry, "id", f"urn:uuid:{page.translation_key}")
        _text(entry, "title", page.title)
        _text(entry, "updated", _time(_changed(page)))
        if page.summary:
            _text(entry, "summary", page.summary)
        ET.SubElement(
            entry, f"{{{ATOM}}}link",
            href=absolute(page.url or ""), rel="alternate", hreflang=its_language,
        )  # fmt: skip
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _changed(page: Any) -> datetime:
    changed: datetime = page.last_published_at or page.first_published_at or timezone.now()
    return changed


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
