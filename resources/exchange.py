"""The library for others: a table (CSV), a feed of what is new (Atom). Records: `resources.oai`."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bilingual.switch import absolute
from core.terms import PageTerm, TermKind
from resources.downloads import download_of
from resources.library import newest_files, resources_for
from resources.licences import licence_of
from resources.linked_data import PUBLISHER
from resources.models import ResourceIndexPage, ResourcePage

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 30  # entries of the feed
# Spreadsheets take a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Record:
    """One resource as other systems take it, in one language."""

    page: ResourcePage
    address: str
    language: str
    kind: str
    topics: tuple[str, ...]
    audience: tuple[str, ...]
    programme: tuple[str, ...]
    files: tuple[str, ...]
    formats: tuple[str, ...]
    licence: str
    changed: datetime


def records_of(pages: "QuerySet[Any] | list[Any]", language: str) -> list[Record]:
    """Pages as records, with terms and files in two more queries."""
    rows = list(pages)
    ids = [page.pk for page in rows]
    terms: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for link in PageTerm.objects.filter(page__in=ids).select_related("term").order_by("pk"):
        terms[link.page_id][link.term.kind].append(link.term.name_in(language))
    files: dict[int, list[Any]] = defaultdict(list)
    for file in newest_files().filter(page__in=ids).select_related("document").order_by("pk"):
        files[file.page_id].append(download_of(file))
    return [
        Record(
            page=page,
            address=absolute(page.url or ""),
            language=page.locale.language_code,
            kind=str(page.get_kind_display()),
            topics=tuple(terms[page.pk][TermKind.TOPIC]),
            audience=tuple(terms[page.pk][TermKind.AUDIENCE]),
            programme=tuple(terms[page.pk][TermKind.PROGRAMME]),
            files=tuple(absolute(file.url) for file in files[page.pk]),
            formats=tuple(dict.fromkeys(file.format for file in files[page.pk])),
            licence=licence.address if (licence := licence_of(page.licence)) else "",
            changed=page.last_published_at or page.first_published_at or timezone.now(),
        )
        for page in rows
    ]


def library_csv(language: str) -> bytes:
    """The whole library as a table in one language, for a spreadsheet (UTF-8 with its mark)."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        [_("Title"), _("Address"), _("Language"), _("Summary"), _("Kind"), _("Programme"),
         _("Topics"), _("Audience"), _("Minutes"), _("Fewest people"), _("Most people"),
         _("Format"), _("Licence"), _("Files")]
    )  # fmt: skip
    pages = resources_for(language).select_related("locale").order_by("path")
    for record in records_of(pages, language):
        page = record.page
        cells = (
            page.title, record.address, record.language, page.summary, record.kind,
            "; ".join(record.programme), "; ".join(record.topics), "; ".join(record.audience),
            page.minutes, page.least_people, page.most_people, "; ".join(record.formats),
            record.licence, " ".join(record.files),
        )  # fmt: skip
        rows.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet runs: a leading apostrophe takes away the formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def library_feed(section: ResourceIndexPage) -> bytes:
    """The newest resources as an Atom feed (RFC 4287) in the language of the section."""
    language = section.locale.language_code
    pages = resources_for(language).select_related("locale").order_by("-first_published_at", "pk")
    records = records_of(pages[:NEWEST], language)
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    address = absolute(section.url or "")
    _text(feed, "id", address)
    _text(feed, "title", f"{PUBLISHER[language]}: {section.title}")
    latest = max((record.changed for record in records), default=section.last_published_at)
    _text(feed, "updated", (latest or timezone.now()).isoformat(timespec="seconds"))
    ET.SubElement(feed, f"{{{ATOM}}}link", href=address, rel="alternate", hreflang=language)
    ET.SubElement(feed, f"{{{ATOM}}}link", href=absolute(reverse("library_feed")), rel="self")
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", PUBLISHER[language])
    for record in records:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        if record.language != language:
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", record.language)
        _text(entry, "id", f"urn:uuid:{record.page.translation_key}")
        _text(entry, "title", record.page.title)
        _text(entry, "updated", record.changed.isoformat(timespec="seconds"))
        _text(entry, "summary", record.page.summary)
        ET.SubElement(
            entry, f"{{{ATOM}}}link",
            href=record.address, rel="alternate", hreflang=record.language,
        )  # fmt: skip
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The library as a table, in the language of the address."""
    language = get_language() or "en"
    name = "adnoddau.csv" if language == "cy" else "resources.csv"
    return HttpResponse(
        library_csv(language),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Language": language,
        },
    )


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest resources as a feed, in the language of the address.

    Raises:
        Http404: the section is not public in this language.
    """
    section = (
        ResourceIndexPage.objects.live()
        .filter(locale__language_code=get_language() or "en")
        .select_related("locale")
        .first()
    )
    if section is None:
        raise Http404
    return HttpResponse(library_feed(section), content_type="application/atom+xml; charset=utf-8")
