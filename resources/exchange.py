"""The library for others: a table (CSV), a feed of what is new (Atom). Records: `resources.oai`."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bilingual.switch import absolute
from core import feeds
from core.spreadsheets import safe_cell
from core.terms import PageTerm, TermKind
from resources.downloads import download_of
from resources.library import newest_files, resources_for
from resources.licences import licence_of
from resources.models import ResourceIndexPage, ResourcePage


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
    rows_of_files = newest_files().filter(page__in=ids).select_related("document")
    for file in rows_of_files.defer("document__text").order_by("pk"):
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


def newest_resources(language: str) -> Any:
    """What the feed lists."""
    pages = resources_for(language).select_related("locale")
    return pages.order_by("-first_published_at", "pk")[: feeds.NEWEST]


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
    """The newest resources as an Atom feed, in the language of the address."""
    return feeds.section_feed(ResourceIndexPage, reverse("library_feed"), newest_resources)
