"""The library: words, filters, order and pages, in a fixed number of queries."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from bilingual.models import is_restricted, path_in
from core.facets import Band, BandFacet, ColumnFacet, Facet, FacetSet, TermFacet
from core.terms import TermKind
from resources.downloads import formats_of
from resources.models import ResourceFile, ResourcePage, ResourceVersion, ResourceVideo
from resources.models.resource import Licence
from resources.plans import people_in_words, time_in_words
from search.pagination import clamped_page
from search.query import parse
from search.results import ids_matching

PAGE_SIZE = 12
FORMATS = ("pdf", "docx", "pptx", "odt", "odp", "csv", "srt", "vtt")
ORDERS = {
    "match": _("best match"),
    "newest": _("newest"),
    "shortest": _("shortest"),
}


def newest_files() -> "QuerySet[ResourceFile]":
    """Files of the newest version of their resource."""
    newer = ResourceVersion.objects.filter(
        page_id=OuterRef("page_id"), number__gt=OuterRef("version")
    )
    return ResourceFile.objects.filter(~Exists(newer)).order_by()


def _with_file(**conditions: Any) -> Q:
    return Q(pk__in=newest_files().filter(**conditions).values("page_id"))


def _with_film(**conditions: Any) -> Q:
    return Q(pk__in=ResourceVideo.objects.filter(**conditions).order_by().values("page_id"))


def _fits_group(people: int) -> Q:
    """A group of this size is neither too small nor too large."""
    return (Q(least_people=None) | Q(least_people__lte=people)) & (
        Q(most_people=None) | Q(most_people__gte=people)
    )


def library_facets() -> list[Facet]:
    """The facets of the library, the most used first."""
    material = ~Q(material="[]") & ~Q(material="")
    return [
        BandFacet("lang", _("Language"), (
            Band("cy", _("In Welsh"), _with_file(document__language__in=["cy", "both"])),
            Band("en", _("In English"), _with_file(document__language__in=["en", "both"])),
            Band("other", _("In another language"), _with_file(document__language="other")),
        )),
        TermFacet("programme", _("Programme"), TermKind.PROGRAMME),
        ColumnFacet("kind", _("Type"), "kind", tuple(ResourcePage.Kind.choices)),
        BandFacet("time", _("Time you have"), (
            Band("15", _("Up to 15 minutes"), Q(minutes__lte=15)),
            Band("30", _("Up to 30 minutes"), Q(minutes__lte=30)),
            Band("60", _("Up to 1 hour"), Q(minutes__lte=60)),
            Band("90", _("Up to 90 minutes"), Q(minutes__lte=90)),
            Band("120", _("Up to 2 hours"), Q(minutes__lte=120)),
            Band("long", _("More than 2 hours"), Q(minutes__gt=120)),
        )),
        BandFacet("people", _("Size of group"), (
            Band("5", _("About 5 people"), _fits_group(5)),
            Band("12", _("About 12 people"), _fits_group(12)),
            Band("20", _("About 20 people"), _fits_group(20)),
            Band("30", _("30 people or more"), Q(most_people=None) | Q(most_people__gte=30)),
        )),
        TermFacet("for", _("Audience"), TermKind.AUDIENCE),
        TermFacet("setting", _("Setting"), TermKind.SETTING),
        TermFacet("topic", _("Topics"), TermKind.TOPIC),
        TermFacet("how", _("Way of running it"), TermKind.DELIVERY),
        TermFacet("stream", _("Stream"), TermKind.STREAM),
        TermFacet("principle", _("Principle"), TermKind.PRINCIPLE),
        BandFacet("format", _("Format"), tuple(
            Band(name, name.upper(), _with_file(document__file__iendswith=f".{name}"))
            for name in FORMATS
        )),
        BandFacet("access", _("Accessibility"), (
            Band("web", _("As a web page"), material),
            Band("captions", _("Captions"),
                 _with_file(role=ResourceFile.Role.CAPTIONS) | _with_film(is_captioned=True)),
            Band("transcript", _("Transcript"), _with_film(transcript__isnull=False)),
            Band("bsl", _("British Sign Language"), _with_film(is_signed=True)),
            Band("easy", _("Easy read"), _with_file(is_easy_read=True)),
            Band("large", _("Large print"), _with_file(is_large_print=True)),
        )),
        ColumnFacet("licence", _("Licence"), "licence", tuple(Licence.choices)),
    ]  # fmt: skip


def resources_for(language: str) -> "QuerySet[ResourcePage]":
    """One live page for each resource: in `language`, else the one that is live."""
    own = ResourcePage.objects.filter(
        live=True, locale__language_code=language, translation_key=OuterRef("translation_key")
    )
    live = ResourcePage.objects.filter(~is_restricted(), live=True)
    return live.filter(Q(locale__language_code=language) | ~Exists(own))


def library_list(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What the library shows: rows, filters with counts, chips, order, pager, ways out."""
    language = page.locale.language_code
    query = parse({"q": request.GET.get("q")}, language)
    resources = resources_for(language)
    # Engines outside the database know plain filters only: the rest is asked of what they find.
    matching = ids_matching(query, ResourcePage.objects.live()) if query else None
    if matching is not None:
        resources = resources.filter(pk__in=matching)
    facets = FacetSet(library_facets(), request.GET, language)
    counts = facets.count(resources)
    order = _order(request.GET.get("sort"), matching is not None)
    place = clamped_page(counts.total, request.GET, PAGE_SIZE)
    shown = list(
        _sorted(facets.narrow(resources), order, matching or [])
        .select_related("locale")
        .defer_streamfields()[place.start : place.stop]
    )
    words = [("q", query.text)] if query.text else []
    kept = [*words, *([("sort", order)] if request.GET.get("sort") else [])]
    return {
        "query": query.text,
        "search_failed": bool(query) and matching is None,
        "resources": library_rows(shown, language),
        "total": counts.total,
        "facets": facets.groups(counts),
        "facet_hidden": [{"name": name, "value": value} for name, value in kept],
        "active_filters": facets.chips(kept),
        "clear_url": _address(page, kept),
        "ways_out": facets.ways_out(counts, kept) if not counts.total else [],
        "without_words": _address(page, facets.pairs()) if query.text else "",
        "orders": _orders(order, matching is not None, [*words, *facets.pairs()]),
        "pager": place.pager,
    }


def _order(asked: str | None, has_words: bool) -> str:
    if asked in ORDERS and (asked != "match" or has_words):
        return str(asked)
    return "match" if has_words else "newest"


def _orders(
    chosen: str, has_words: bool, parameters: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    """The orders that make sense, each with its address; the chosen one has none."""
    return [
        {
            "label": label,
            "url": "" if key == chosen else "?" + urlencode([*parameters, ("sort", key)]),
        }
        for key, label in ORDERS.items()
        if key != "match" or has_words
    ]


def _sorted(
    resources: "QuerySet[ResourcePage]", order: str, matching: list[int]
) -> "QuerySet[ResourcePage]":
    if order == "match":
        ranks = [When(pk=pk, then=Value(rank)) for rank, pk in enumerate(matching)]
        return resources.order_by(
            Case(*ranks, default=Value(len(ranks)), output_field=IntegerField()), "pk"
        )
    if order == "shortest":
        return resources.order_by(F("minutes").asc(nulls_last=True), "-first_published_at", "pk")
    return resources.order_by("-first_published_at", "pk")


def _address(page: Page, parameters: list[tuple[str, str]]) -> str:
    return f"{page.url}?{urlencode(parameters)}" if parameters else str(page.url)


def library_rows(resources: list[ResourcePage], language: str) -> list[dict[str, Any]]:
    """Resources as components/resource_entry.html shows them, with their files in one query."""
    files: dict[int, list[ResourceFile]] = defaultdict(list)
    rows = newest_files().filter(page__in=[resource.pk for resource in resources])
    for file in rows.select_related("document").order_by("sort_order", "pk"):
        files[file.page_id].append(file)
    return [
        {**resource_row(resource, language), "versions": formats_of(files[resource.pk], language)}
        for resource in resources
    ]


def resource_row(resource: ResourcePage, language: str) -> dict[str, Any]:
    """A resource in a list, without its files, for a reader of `language`."""
    own = resource.locale.language_code == language
    meta = (
        resource.get_kind_display(),
        time_in_words(resource.minutes) if resource.minutes else "",
        people_in_words(resource.least_people, resource.most_people),
    )
    return {
        "title": resource.title,
        "url": (resource.url if own else path_in(resource, language)) or "",
        "text": resource.summary,
        "seed": resource.seed,
        "kind": resource.kind,
        "key": resource.key,
        "lang": "" if own else resource.locale.language_code,
        "meta": [str(part) for part in meta if part],
    }
