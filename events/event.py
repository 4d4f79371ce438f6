"""What the page of an event shows, gathered in a fixed number of queries."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.linked_data import as_script
from core.related import related_to
from core.terms import TermKind
from events import papers
from events.dates import (
    MOST_DATES,
    change_in_words,
    planned_occurrences,
    shown_dates,
    wall,
    when_in_words,
)
from events.disclosure import Audience, what_may_be_shown
from events.linked_data import event_data
from events.models import AccessFact, EventAccess, EventPage, Occurrence

ICONS = {
    AccessFact.STEP_FREE: "accessibility", AccessFact.TOILET: "toilet", AccessFact.LOOP: "ear",
    AccessFact.QUIET: "door-open", AccessFact.PRAYER: "door-open", AccessFact.CHILDREN: "baby",
    AccessFact.CHILDCARE: "baby", AccessFact.BUS: "bus", AccessFact.TRAVEL: "bus",
    AccessFact.WELSH: "languages", AccessFact.INTERPRETERS: "languages",
    AccessFact.BSL: "languages",
}  # fmt: skip


def event_context(event: EventPage, is_preview: bool = False) -> dict[str, Any]:
    """Dates, place, access, booking, organiser and papers in the page's own language."""
    language = event.locale.language_code
    areas = [
        link.term.name_in(language)
        for link in event.page_terms.select_related("term")
        if link.term.kind == TermKind.COUNTY
    ]
    dates = dates_of(event, is_preview)
    first = dates[0] if dates else None
    related = related_to(event, language)
    groups = [item for item in related if item.model._meta.app_label == "network"]
    is_over = first is not None and first.ends <= timezone.now()
    place = what_may_be_shown(event, areas, Audience.PUBLIC, first)
    return {
        "opens_with_cloth": True,
        "first": _date(event, areas, first, language) if first else None,
        "dates": [_date(event, areas, one, language) for one in dates] if event.is_series else [],
        "place": place,
        "is_over": is_over,
        "booking_url": booking_link(event, first) if first else "",
        "calendar_url": reverse("event_file", args=[event.translation_key]),
        "key_facts": key_facts(event),
        "access": access_items(event, language),
        "has_text": {"what_happens": bool(strip_tags(event.what_happens).strip())},
        "groups": groups,
        "related": [item for item in related if item not in groups],
        "papers": paper_rows(event, language),
        "linked_data": as_script(event_data(event, areas, dates)),
    }  # fmt: skip


def paper_rows(event: EventPage, language: str) -> list[dict[str, str]]:
    """Papers in this language or in both."""
    rows = papers.SHELF.shown_of(event.translation_key)
    return [
        {
            "label": str(row.get_kind_display()),
            "url": row.document.url,
            "format": row.document.file_extension.upper(),
        }
        for row in rows
        if row.document is not None and row.language in (language, "both")
    ]


def dates_of(event: EventPage, is_preview: bool = False) -> list[Occurrence]:
    """The next dates, or the last one where all are over; those of a draft are not stored yet."""
    shown = [] if is_preview or not event.live else shown_dates(event.translation_key)
    if shown or event.starts_on is None:
        return shown
    today = max(timezone.localdate(), event.starts_on)
    planned = planned_occurrences(event, today, today + timedelta(days=400))
    return planned[:MOST_DATES] or planned_occurrences(
        event, event.starts_on, event.starts_on + timedelta(days=1)
    )


def _date(event: EventPage, areas: list[str], one: Occurrence, language: str) -> dict[str, Any]:
    return {
        "starts": wall(one.starts),
        "when": when_in_words(one, event.is_all_day),
        "place": what_may_be_shown(event, areas, Audience.PUBLIC, one).sentence,
        "change": change_in_words(one, event.status_note, language),
        "booking_url": booking_link(event, one),
    }


def booking_link(event: EventPage, one: Occurrence) -> str:
    """Where a place on this date is asked for; empty where that is not possible."""
    if not one.is_on or one.ends <= timezone.now():
        return ""
    if event.registration == EventPage.Registration.EXTERNAL:
        return event.registration_link
    if event.registration == EventPage.Registration.FORM and one.pk and one.starts > timezone.now():
        return reverse("event_booking", args=[one.pk])
    return ""


def key_facts(event: EventPage) -> list[dict[str, str]]:
    """Labels and values beside the text; what is not known is left out."""
    rows = [
        (_("Who it is for"), event.audience),
        (_("Cost"), event.cost),
        (_("Travel"), event.travel),
        (_("Food"), event.food),
        (_("Languages"), str(event.get_spoken_display())),
        (_("Interpreters"), event.interpreters),
        (_("Photographs"), event.photo_policy),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def access_items(event: EventPage, language: str) -> list[dict[str, Any]]:
    """What the place offers and what it does not, in the order of the editor."""
    words = {
        EventAccess.Answer.YES: "",
        EventAccess.Answer.NO: _("No."),
        EventAccess.Answer.ASK: _("Ask us."),
    }
    return [
        {
            "icon": "x" if row.answer == EventAccess.Answer.NO
            else ICONS.get(AccessFact(row.fact), "check"),
            "need": str(AccessFact(row.fact).label),
            "detail": " ".join(
                part
                for part in (words[EventAccess.Answer(row.answer)], row.detail_in(language))
                if part
            ),
        }
        for row in event.access_facts.all()  # type: ignore[attr-defined]
    ]  # fmt: skip
