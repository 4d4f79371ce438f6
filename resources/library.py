"""The library: words, filters, order and pages, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from bilingual.models import addresses_in, shown_to_readers_of
from core.facets import ConditionFacet, Filters, Source, of_column, of_rows, of_terms
from core.terms import TermKind
from files.models import public_documents
from resources.builder import pack_link, wish_of
from resources.downloads import formats_of
from resources.models import ResourceFile, ResourcePage, ResourceVersion, ResourceVideo
from resources.models.resource import Licence
from resources.plans import people_in_words, time_in_words
from search.pagination import address_with, clamped_page
from search.query import parse
from search.results import library_pages

PAGE_SIZE = 8  # with all filters the page stays below 8 KB
FORMATS = ("pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "csv", "txt", "srt", "vtt")
ORDERS = {
    "match": gettext_lazy("best match"),
    "newest": gettext_lazy("newest"),
    "shortest": gettext_lazy("shortest"),
}


def newest_files() -> "QuerySet[ResourceFile]":
    """Files of the newest version of their resource that everybody may have."""
    newer = ResourceVersion.objects.filter(
        page_id=OuterRef("page_id"), number__gt=OuterRef("version")
    )
    public = public_documents().values("pk")
    return ResourceFile.objects.filter(~Exists(newer), document__in=public).order_by()


def _with_file(**conditions: Any) -> Q:
    return Q(pk__in=newest_files().filter(**conditions).values("page_id"))


def _with_film(**conditions: Any) -> Q:
    return Q(pk__in=ResourceVideo.objects.filter(**conditions).order_by().values("page_id"))


def _fits_group(people: int) -> Q:
    """A group of this size is neither too small nor too large."""
    return (Q(least_people=None) | Q(least_people__lte=people)) & (
        Q(most_people=None) | Q(most_people__gte=people)
    )


def library_filters() -> list[Source]:
    """The filters of the library, the most used first; labels in the active language."""
    return [
        ConditionFacet("lang", _("Language"), {
            "cy": (_("In Welsh"), _with_file(document__language__in=["cy", "both"])),
            "en": (_("In English"), _with_file(document__language__in=["en", "both"])),
            "other": (_("In another language"), _with_file(document__language="other")),
        }),
        of_terms("programme", _("Programme"), TermKind.PROGRAMME),
        of_column("kind", _("Kind"), ResourcePage, "kind", ResourcePage.Kind.choices),
        ConditionFacet("time", _("Time you have"), {
            "15": (_("Up to 15 minutes"), Q(minutes__lte=15)),
            "30": (_("Up to 30 minutes"), Q(minutes__lte=30)),
            "60": (_("Up to 1 hour"), Q(minutes__lte=60)),
            "90": (_("Up to 90 minutes"), Q(minutes__lte=90)),
            "120": (_("Up to 2 hours"), Q(minutes__lte=120)),
            "long": (_("More than 2 hours"), Q(minutes__gt=120)),
        }),
        ConditionFacet("people", _("Size of group"), {
            "5": (_("About 5 people"), _fits_group(5)),
            "12": (_("About 12 people"), _fits_group(12)),
            "20": (_("About 20 people"), _fits_group(20)),
            "30": (_("30 people or more"), Q(most_people=None) | Q(most_people__gte=30)),
        }),
        of_terms("for", _("Audience"), TermKind.AUDIENCE),
        of_terms("setting", _("Setting"), TermKind.SETTING),
        of_terms("topic", _("Topics"), TermKind.TOPIC),
        of_terms("how", _("Way of running it"), TermKind.DELIVERY),
        of_terms("stream", _("Stream"), TermKind.STREAM),
        of_terms("principle", _("Principle"), TermKind.PRINCIPLE),
        of_rows("format", _("Format"), newest_files(), "document__format",
                [(name, name.upper()) for name in FORMATS]),
        ConditionFacet("access", _("Accessibility"), {
            "web": (_("As a web page"), ~Q(material=[])),
            "tagged": (_("Tagged PDF"), _with_file(document__is_tagged=True)),
            "captions": (_("Captions"), _with_file(role=ResourceFile.Role.CAPTIONS)
                         | _with_film(is_captioned=True)),
            "transcript": (_("Transcript"), _with_film(transcript__isnull=False)),
            "bsl": (_("British Sign Language"), _with_film(is_signed=True)),
            "easy": (_("Easy read"), _with_file(is_easy_read=True)),
            "large": (_("Large print"), _with_file(is_large_print=True)),
        }),
        of_column("licence", _("Licence"), ResourcePage, "licence", Licence.choices),
    ]  # fmt: skip


def resources_for(language: str) -> "QuerySet[Any]":
    """One live page for each resource: in `language`, else the one that is live."""
    return shown_to_readers_of(language, ResourcePage.objects.defer_streamfields())


def library_list(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What the library shows: rows, filters with counts, chips, order, pager, ways out."""
    language = page.locale.language_code
    query = parse({"q": request.GET.get("q")}, language)
    resources = resources_for(language)
    matching: list[int] = []
    is_answered = False
    if query:
        own = ResourcePage.objects.live().filter(locale_id=page.locale_id)
        matching, is_answered = library_pages(query, own)
    if is_answered:
        resources = resources.filter(pk__in=matching)
    filters = Filters(library_filters(), request.GET, language)
    fitting = filters.narrow(resources)
    total = fitting.count()
    order = _order(request.GET.get("sort"), is_answered)
    place = clamped_page(total, request.GET, PAGE_SIZE)
    shown = _sorted(fitting, order, matching).select_related("locale")
    wish = wish_of(request.GET)  # the pack goes along while a trainer filters
    kept = {"q": query.text, "sort": request.GET.get("sort", "") and order}
    cleared = urlencode({name: value for name, value in kept.items() if value})
    return {
        "query": query.text,
        "search_failed": bool(query) and not is_answered,
        "resources": [
            {**row, "pack": pack_link(request.GET, row["key"])}
            for row in library_rows(list(shown[place.start : place.stop]), language)
        ],
        "packed": len(wish.keys),
        "pack_url": wish.address(),
        "total": total,
        "facets": filters.facets(resources),
        "facet_hidden": [
            *({"name": name, "value": value} for name, value in kept.items() if value),
            *({"name": "r", "value": key.hex} for key in wish.keys),
        ],
        "search_hidden": [
            *(
                {"name": name, "value": value}
                for name, keys in filters.ticked.items()
                for value in keys
            ),
            *({"name": "r", "value": key.hex} for key in wish.keys),
        ],
        "active_filters": filters.chips(),
        "clear_url": f"{page.url}?{cleared}" if cleared else page.url,
        "ways_out": filters.ways_out(resources) if not total else [],
        "without_words": address_with(request.GET, q="", page="") if query.text else "",
        "orders": _orders(order, is_answered, request),
        "pager": place.pager,
    }


def _order(asked: str | None, has_words: bool) -> str:
    if asked in ORDERS and (asked != "match" or has_words):
        return str(asked)
    return "match" if has_words else "newest"


def _orders(chosen: str, has_words: bool, request: HttpRequest) -> list[dict[str, Any]]:
    """The orders that make sense, each with its address; the chosen one has none."""
    return [
        {
            "label": label,
            "url": "" if key == chosen else address_with(request.GET, sort=key, page=""),
        }
        for key, label in ORDERS.items()
        if key != "match" or has_words
    ]


def _sorted(resources: "QuerySet[Any]", order: str, matching: list[int]) -> "QuerySet[Any]":
    if order == "match":
        ranks = [When(pk=pk, then=Value(rank)) for rank, pk in enumerate(matching)]
        rank = Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())
        return resources.order_by(rank if ranks else "pk", "pk")
    if order == "shortest":
        return resources.order_by(F("minutes").asc(nulls_last=True), "-first_published_at", "pk")
    return resources.order_by("-first_published_at", "pk")


def library_rows(resources: list[ResourcePage], language: str) -> list[dict[str, Any]]:
    """Resources as components/resource_entry.html shows them, with their files in one query."""
    files: dict[int, list[ResourceFile]] = defaultdict(list)
    rows = newest_files().filter(page__in=[resource.pk for resource in resources])
    for file in (
        rows.select_related("document").defer("document__text").order_by("sort_order", "pk")
    ):
        files[file.page_id].append(file)
    return [
        {**row, "versions": formats_of(files[resource.pk], language)}
        for resource, row in zip(resources, resource_rows(resources, language), strict=True)
    ]


def resource_rows(resources: Sequence[ResourcePage], language: str) -> list[dict[str, Any]]:
    """Resources in a list, without their files, for a reader of `language`.

    Those that are live in the other language alone take two queries together.
    """
    addresses = addresses_in(resources, language)
    return [_row(one, language, addresses[one.pk]) for one in resources]


def _row(resource: ResourcePage, language: str, url: str) -> dict[str, Any]:
    own = resource.locale.language_code == language
    meta = (
        resource.get_kind_display(),
        time_in_words(resource.minutes) if resource.minutes else "",
        people_in_words(resource.least_people, resource.most_people),
    )
    return {
        "title": resource.title,
        "url": url,
        "text": resource.summary,
        "seed": resource.seed,
        "kind": resource.kind,
        "key": resource.key,
        "lang": "" if own else resource.locale.language_code,
        "meta": [str(part) for part in meta if part],
    }
