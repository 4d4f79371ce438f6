"""Events as iCalendar (RFC 5545): one pair, or a feed of everything that fits the filters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar as ICalendar
from icalendar import Event as IEvent
from icalendar import vRecur

from bilingual.models import language_of
from bilingual.switch import absolute
from core.linked_data import PUBLISHER
from events.dates import change_in_words, planned_occurrences, wall
from events.disclosure import Audience, what_may_be_shown
from events.models import Calendar, EventChange, EventPage, Occurrence, Status
from events.recurrence import LONDON, instant, starts_of

STATUSES = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}
PRODID = "-//Dinas Noddfa yng Nghymru//Noddfa//CY"


@dataclass(frozen=True)
class Entry:
    """An event with what a calendar needs of other tables: counties, what was told, next dates."""

    event: EventPage
    areas: tuple[str, ...]
    calendar: Calendar | None
    coming: tuple[Occurrence, ...] = ()


def icalendar(entries: Iterable[Entry], language: str, name: str = "") -> bytes:
    """A calendar in the active language; the bytes are equal as long as nothing changed."""
    book = ICalendar()
    book.add("prodid", PRODID)
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", name or PUBLISHER[language])
    book.add("x-wr-timezone", "Europe/London")
    for entry in entries:
        for component in _components(entry, language):
            book.add_component(component)
    book.add_missing_timezones()
    return bytes(book.to_ical())


def _components(entry: Entry, language: str) -> Iterable[IEvent]:
    """The series, then each of its dates that differs from it."""
    event, pattern = entry.event, entry.event.pattern
    whole = _component(entry, language, pattern.starts, pattern.starts + pattern.lasts)
    _say_status(whole, event.status)
    place = what_may_be_shown(event, entry.areas, Audience.PUBLIC)
    if pattern.rule:
        until: dict[str, Any] = {}
        if pattern.until is not None:
            last = instant(datetime.combine(pattern.until, time(23, 59, 59)))
            until = {"UNTIL": pattern.until if event.is_all_day else last}
        rule = vRecur.from_ical(pattern.rule)
        rule.update(until)
        whole.add("rrule", rule)
        for day in sorted(pattern.left_out):
            wall_time = datetime.combine(day, pattern.starts.time())
            whole.add("exdate", _moment(event, wall_time))
    single = None
    if not event.is_series:
        days = (pattern.starts.date(), pattern.starts.date() + timedelta(days=1))
        single = next(iter(planned_occurrences(event, *days)), None)
        released = next(iter(entry.coming), None)
        place = what_may_be_shown(event, entry.areas, Audience.PUBLIC, released or single)
    _say_place(whole, place.sentence, place.joining_link)
    _describe(
        whole, event, change_in_words(single, event.note_in(language), language) if single else ""
    )
    yield whole
    if event.is_series:
        yield from _changed(entry, language)


def _changed(entry: Entry, language: str) -> Iterable[IEvent]:
    event, pattern = entry.event, entry.event.pattern
    changes = {
        change.day: change
        for change in event.changes.all()  # type: ignore[attr-defined]
        if change.status != EventChange.LEFT_OUT
    }
    coming = {one.planned: one for one in entry.coming}
    days = sorted(set(changes) | {wall(planned).date() for planned in coming})
    for day in days:
        for start in starts_of(pattern, day, day + timedelta(days=1)):
            planned = coming.get(instant(start))
            one = planned_occurrences(event, day, day + timedelta(days=1))[0]
            place = what_may_be_shown(event, entry.areas, Audience.PUBLIC, planned or one)
            if day not in changes and not (place.venue or place.joining_link):
                continue
            new = (start, start + pattern.lasts)
            if day in changes and one.status == Status.RESCHEDULED:
                new = changes[day].new_time(start, pattern.lasts)
            component = _component(entry, language, *new)
            component.add("recurrence-id", _moment(event, start))
            _say_status(component, one.status)
            _say_place(component, place.sentence, place.joining_link)
            _describe(component, event, change_in_words(one, event.note_in(language), language))
            yield component


def _component(entry: Entry, language: str, start: datetime, end: datetime) -> IEvent:
    event, told = entry.event, entry.calendar
    component = IEvent()
    component.add("uid", f"{event.translation_key}@noddfa")
    stamp = (told and told.changed_at) or event.last_published_at or instant(start)
    component.add("dtstamp", stamp.replace(microsecond=0))
    component.add("last-modified", stamp.replace(microsecond=0))
    component.add("sequence", told.sequence if told else 0)
    component.add("summary", event.title, parameters={"language": language_of(event)})
    component.add("url", absolute(event.url or ""))
    component.add("dtstart", _moment(event, start))
    component.add("dtend", _moment(event, end))
    component.add("transp", "OPAQUE")
    return component


def _moment(event: EventPage, start: datetime) -> datetime | date:
    """All-day events have dates; the others the time on the wall with its zone.

    A time in the hour that is skipped is written as the clocks will show it (RFC 5545, 3.3.5).
    """
    return start.date() if event.is_all_day else start.replace(tzinfo=LONDON)


def _say_status(component: IEvent, status: str) -> None:
    component.add("status", STATUSES.get(Status(status), "CONFIRMED"))


def _say_place(component: IEvent, place: str, joining_link: str) -> None:
    component.add("location", place)
    if joining_link:
        component.add("conference", joining_link, parameters={"value": "URI"})


def _describe(component: IEvent, event: EventPage, change: str) -> None:
    component.add("description", "\n".join(part for part in (change, event.summary) if part))
