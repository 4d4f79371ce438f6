"""The calendar of events: filters, dates by month, past apart, and the same filters as a feed."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Replace
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from wagtail.models import Page

from bilingual.models import addresses_in, shown_to_readers_of
from core.facets import ConditionFacet, Filters, RowFacet, Source, of_column, of_rows, of_terms
from core.models import RelatedPage
from core.terms import PageTerm, TermKind
from events.calendars import Entry
from events.dates import change_in_words, wall, when_in_words
from events.disclosure import Audience, what_may_be_shown
from events.models import AccessFact, Calendar, EventAccess, EventPage, Occurrence
from events.recurrence import LONDON
from search.pagination import address_with, address_without, clamped_page

PAGE_SIZE = 12  # dates; the page stays below 8 KB with all filters
MOST_SERIES = 500  # in one feed
MONTHS_TO_CHOOSE = 6
DAYS_IN_FEED = 60  # that a subscriber keeps after an event


def events_for(language: str) -> "QuerySet[EventPage]":
    """One live page for each event: in `language`, else the one that is live."""
    return shown_to_readers_of(language, EventPage.objects.all())


def with_dates(pages: "QuerySet[EventPage]", **conditions: Any) -> "QuerySet[EventPage]":
    """Events that have a date of this kind."""
    dates = Occurrence.objects.filter(translation_key=OuterRef("translation_key"), **conditions)
    return pages.filter(Exists(dates))


def _months(today: date) -> dict[str, tuple[datetime, datetime]]:
    """The next months as key → (first moment, first moment after), on the clocks of Wales."""
    found, month = {}, today.replace(day=1)
    for _number in range(MONTHS_TO_CHOOSE):
        after = (month + timedelta(days=32)).replace(day=1)
        begins, ends = (
            datetime.combine(day, time.min).replace(tzinfo=LONDON) for day in (month, after)
        )
        found[f"{month:%Y-%m}"] = (begins, ends)
        month = after
    return found


def event_filters(language: str) -> list[Source]:
    """Filters of the calendar, the most used first; labels in the active language."""
    months = {
        key: (
            format_date(begins, "F Y"),
            Q(
                translation_key__in=Occurrence.objects.filter(
                    starts__gte=begins, starts__lt=ends
                ).values("translation_key")
            ),
        )
        for key, (begins, ends) in _months(timezone.localdate()).items()
    }
    return [
        of_terms("area", _("Where"), TermKind.COUNTY),
        of_column("kind", _("What"), EventPage, "kind", EventPage.Kind.choices),
        of_rows("access", _("Access"), EventAccess.objects.filter(answer="yes"), "fact",
                AccessFact.choices),
        ConditionFacet("lang", _("Languages"), {
            "cy": (_("In Welsh"), Q(spoken__in=["cy", "both"])),
            "en": (_("In English"), Q(spoken__in=["en", "both"])),
        }),
        ConditionFacet("how", _("Way of taking part"), {
            "room": (_("In a room"), Q(mode__in=["room", "both"])),
            "online": (_("Online"), Q(mode__in=["online", "both"])),
        }),
        ConditionFacet("month", _("Month"), months),
        RowFacet("group", _("Who holds it"), _organised(), "organiser", "page",
                 names=_organisers(language)),
        of_terms("stream", _("Stream"), TermKind.STREAM),
    ]  # fmt: skip


def _organised() -> "QuerySet[RelatedPage]":
    """Which event points at which group; a pair has one key without dashes on every database."""
    key = Replace(
        Cast(F("target__translation_key"), CharField(max_length=40)), Value("-"), Value("")
    )
    return RelatedPage.objects.filter(relation=RelatedPage.Relation.ABOUT_GROUP).annotate(
        organiser=key
    )


def _organisers(language: str) -> dict[str, str]:
    """Groups that hold an event, by key, in the reader’s language."""
    pointed = RelatedPage.objects.filter(
        relation=RelatedPage.Relation.ABOUT_GROUP, page__in=EventPage.objects.live().values("pk")
    )
    groups = shown_to_readers_of(
        language, Page.objects.filter(translation_key__in=pointed.values("target__translation_key"))
    )
    return {group.translation_key.hex: group.title for group in groups.order_by("title")}


def event_list(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What the calendar shows: dates by month, filters with counts, chips, pager, feeds."""
    language = page.locale.language_code
    now = timezone.now()
    is_past = request.GET.get("past") == "1"
    when = {"ends__lte": now} if is_past else {"ends__gt": now}
    pages = with_dates(events_for(language), **when)
    filters = Filters(event_filters(language), request.GET, language)
    fitting = filters.narrow(pages)
    dates = _dates(fitting, filters).filter(**when)
    total = dates.count()
    place = clamped_page(total, request.GET, PAGE_SIZE)
    order = ("-starts", "pk") if is_past else ("starts", "pk")
    shown = list(dates.order_by(*order)[place.start : place.stop])
    query = QueryDict(mutable=True)
    for name, keys in filters.ticked.items():
        query.setlist(name, keys)
    ticked = query.urlencode()
    return {
        "months": by_month(date_rows(shown, language)),
        "total": total,
        "is_past": is_past,
        "other_time_url": address_without(request.GET, "past", "1")
        if is_past
        else address_with(request.GET, past="1", page=""),
        "facets": filters.facets(pages),
        "facet_hidden": [{"name": "past", "value": "1"}] if is_past else [],
        "active_filters": filters.chips(),
        "clear_url": f"{page.url}?past=1" if is_past else page.url,
        "ways_out": filters.ways_out(pages) if not total else [],
        "feed_url": reverse("event_calendar") + (f"?{ticked}" if ticked else ""),
        "pager": place.pager,
    }


def _dates(fitting: "QuerySet[EventPage]", filters: Filters) -> "QuerySet[Occurrence]":
    """The dates of these events; where months are ticked, those in them alone."""
    dates = Occurrence.objects.filter(translation_key__in=fitting.values("translation_key"))
    months = _months(timezone.localdate())
    in_months = Q()
    for key in filters.ticked["month"]:
        begins, ends = months[key]
        in_months |= Q(starts__gte=begins, starts__lt=ends)
    return dates.filter(in_months)


def by_month(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows under the month in which they start, in the order they come in."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(format_date(row["starts"], "F Y"), []).append(row)
    return [{"name": name, "key": f"m{n}", "rows": r} for n, (name, r) in enumerate(found.items())]


def date_rows(dates: Sequence[Occurrence], language: str) -> list[dict[str, Any]]:
    """Dates as components/event_row.html shows them, for a reader of `language`.

    Four queries, and two more where an event is in the other language alone.
    """
    pages = _pages_of({one.translation_key for one in dates}, language)
    areas = areas_of(list(pages.values()), language)
    access: dict[int, list[str]] = defaultdict(list)
    yes = EventAccess.objects.filter(page__in=[page.pk for page in pages.values()], answer="yes")
    for row in yes.order_by("sort_order"):
        access[row.page_id].append(str(AccessFact(row.fact).label))
    addresses = addresses_in(list(pages.values()), language)
    return [
        _row(one, page, addresses[page.pk], areas[page.pk], access[page.pk][:4], language)
        for one in dates
        if (page := pages.get(one.translation_key)) is not None
    ]


def _pages_of(keys: set[uuid.UUID], language: str) -> dict[uuid.UUID, EventPage]:
    if not keys:
        return {}
    pages = events_for(language).filter(translation_key__in=keys).select_related("locale")
    return {page.translation_key: page for page in pages}


def areas_of(pages: Sequence[Page], language: str) -> dict[int, tuple[str, ...]]:
    """Names of the counties of many events by page id, in one query."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    links = PageTerm.objects.filter(
        page__in=[page.pk for page in pages], term__kind=TermKind.COUNTY
    ).select_related("term")
    for link in links.order_by("sort_order", "pk"):
        found[link.page_id] += (link.term.name_in(language),)
    return found


def _row(
    one: Occurrence,
    page: EventPage,
    address: str,
    areas: Sequence[str],
    access: list[str],
    language: str,
) -> dict[str, Any]:
    own = page.locale.language_code == language
    place = what_may_be_shown(page, areas, Audience.PUBLIC, one)
    return {
        "title": page.title,
        "url": address,
        "lang": "" if own else page.locale.language_code,
        "starts": wall(one.starts),
        "when": when_in_words(one, page.is_all_day, with_date=False),
        "date": when_in_words(one, page.is_all_day),
        "place": place.sentence,
        "access": " · ".join(access),
        "change": change_in_words(one, page.status_note if own else "", language),
        "is_sample": page.is_sample,
    }


def next_events(language: str, most: int) -> list[dict[str, Any]]:
    """The next dates that take place, for the home page."""
    dates = Occurrence.objects.filter(
        translation_key__in=events_for(language).values("translation_key"), ends__gt=timezone.now()
    ).exclude(status__in=["cancelled", "postponed"])
    return date_rows(list(dates.order_by("starts", "pk")[:most]), language)


def feed_entries(params: QueryDict, language: str) -> list[Entry]:
    """Events for a calendar feed: those of the filters that are not long over; six queries."""
    since = timezone.now() - timedelta(days=DAYS_IN_FEED)
    filters = Filters(event_filters(language), params, language)
    fitting = filters.narrow(with_dates(events_for(language), ends__gt=since))
    pages = fitting.select_related("locale").order_by("starts_on", "pk")
    return entries_of(pages[:MOST_SERIES], language)


def entries_of(pages: "Iterable[EventPage]", language: str) -> list[Entry]:
    """Events with what a calendar needs of other tables."""
    found = list(pages)
    prefetch_related_objects(found, "changes")
    areas = areas_of(found, language)
    keys = [page.translation_key for page in found]
    told = {row.translation_key: row for row in Calendar.objects.filter(translation_key__in=keys)}
    coming: dict[uuid.UUID, tuple[Occurrence, ...]] = defaultdict(tuple)
    # Only a date whose address everybody is told by now can differ from its series.
    open_keys = [
        page.translation_key for page in found if page.release_to == EventPage.Release.EVERYBODY
    ]
    soon = timezone.now() + timedelta(days=max((p.release_days for p in found), default=0))
    for one in Occurrence.objects.filter(
        translation_key__in=open_keys, ends__gt=timezone.now(), starts__lte=soon
    ):
        coming[one.translation_key] += (one,)
    return [
        Entry(page, areas[page.pk], told.get(page.translation_key), coming[page.translation_key])
        for page in found
    ]


def newest_events(language: str) -> "QuerySet[EventPage]":
    """Events for the feed of news, the newest first."""
    return events_for(language).select_related("locale").order_by("-first_published_at", "pk")
