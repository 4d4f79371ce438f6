"""The dates of a pair, written down for lists, calendars and booking."""

import uuid
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256

from django.core.cache import cache
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from events.disclosure import mark_of
from events.models import (
    Calendar,
    EventChange,
    EventMail,
    EventPage,
    Occurrence,
    Registration,
    Status,
)
from events.recurrence import LONDON, YEARS_AHEAD, Pattern, instant, starts_of

DAYS_BACK = 366  # of a series that began long ago
TIMES_AND_PLACE = ("planned", "starts", "ends", "previous_start", "place")
WORDS = ("status", "note_en", "note_cy")
MOST_DATES = 12  # of one event on its page
CACHE_SECONDS = 60  # another process may have changed a date: a minute at most until it shows


def horizon(today: date) -> date:
    """The first day that is not written down yet; `refresh_events` moves it on every night."""
    return date(today.year + YEARS_AHEAD, today.month, 1)


def planned_occurrences(event: EventPage, after: date, before: date) -> list[Occurrence]:
    """The dates of an event as its page says them, not stored."""
    pattern = event.pattern
    rows = event.changes.all() if event.is_series else []  # type: ignore[attr-defined]
    changes = {row.day: row for row in rows if row.status != EventChange.LEFT_OUT}
    found = [
        _occurrence(event, pattern, start, changes.get(start.date()))
        for start in starts_of(pattern, after, before)
    ]
    return sorted(found, key=lambda one: (one.starts, one.planned))


def _occurrence(
    event: EventPage, pattern: Pattern, start: datetime, change: EventChange | None
) -> Occurrence:
    one = Occurrence(
        translation_key=event.translation_key,
        planned=instant(start),
        starts=instant(start),
        ends=instant(start + pattern.lasts),
        status=event.status,
    )
    if change is not None:
        one.status, one.note_en, one.note_cy = change.status, change.note_en, change.note_cy
        if change.status == Status.RESCHEDULED:
            new_start, new_end = change.new_time(start, pattern.lasts)
            one.previous_start = one.starts
            one.starts, one.ends = instant(new_start), instant(new_end)
    elif event.status == Status.RESCHEDULED and event.previous_on:
        wall = datetime.combine(event.previous_on, event.previous_at or start.time())
        one.previous_start = instant(wall)
    one.place = mark_of(event, one)
    # The hour that is skipped can swallow an end; a date always lasts.
    one.ends = max(one.ends, one.starts + timedelta(minutes=1))
    return one


@transaction.atomic
def write_dates(event: EventPage) -> None:
    """Store the dates of a published event; tell people who have booked what changed for them.

    A date is known by its day on the clocks of Wales: a series that moves from 11 to 14 takes its
    bookings with it. A date that people have booked is never deleted: it is cancelled. What is over
    stays as it was.
    """
    Calendar.objects.get_or_create(translation_key=event.translation_key)
    calendar = Calendar.objects.select_for_update().get(translation_key=event.translation_key)
    today = timezone.localdate()
    wanted = {
        _day(one): one
        for one in planned_occurrences(event, today - timedelta(days=DAYS_BACK), horizon(today))
    }
    begins = event.starts_on
    if not wanted and begins is not None and (not event.is_series or begins > today):
        first = planned_occurrences(event, begins, begins + timedelta(days=1))
        wanted = {_day(one): one for one in first}  # out of reach, but the only one or the first
    stored = {
        _day(one): one for one in Occurrence.objects.filter(translation_key=event.translation_key)
    }
    if not event.is_series and len(stored) == len(wanted) == 1 and stored.keys() != wanted.keys():
        (only,), (day,) = stored.values(), wanted
        if only.ends > timezone.now():
            stored = {day: only}  # the one date moved; whoever has booked moves with it
    fresh = [one for day, one in wanted.items() if day not in stored]
    Occurrence.objects.bulk_create(fresh, batch_size=200)
    for day, one in wanted.items():
        if day in stored:
            _change(stored[day], one, event.is_series)
    _take_out([one for day, one in stored.items() if day not in wanted])
    fingerprint = _fingerprint(event)
    if calendar.fingerprint != fingerprint:
        calendar.sequence += 1 if calendar.fingerprint else 0
        calendar.changed_at = timezone.now()
    calendar.fingerprint = fingerprint
    calendar.save()
    transaction.on_commit(partial(cache.delete, _cache_key(event.translation_key)))


def _day(one: Occurrence) -> date:
    return wall(one.planned).date()


def _change(stored: Occurrence, wanted: Occurrence, is_series: bool) -> None:
    now = timezone.now()
    is_history = is_series and stored.ends <= now and wanted.ends <= now
    names = WORDS if is_history else TIMES_AND_PLACE + WORDS
    before = {name: getattr(stored, name) for name in names}
    after = {name: getattr(wanted, name) for name in names}
    if before == after:
        return
    for name, value in after.items():
        setattr(stored, name, value)
    stored.save()
    booked = Registration.objects.filter(occurrence=stored)
    if any(before.get(name) != after.get(name) for name in ("starts", "ends", "status")):
        tell_of_change(booked)
    elif before.get("place") != after.get("place") and before["place"] and stored.is_on:
        told = EventMail.objects.filter(registration=OuterRef("pk")).exclude(place_told="")
        tell_of_change(booked.filter(Exists(told)))  # what they were told holds no longer


def _take_out(gone: list[Occurrence]) -> None:
    """Dates that the rule no longer gives."""
    coming = [one for one in gone if one.ends > timezone.now()]
    booked = set(
        Occurrence.objects.filter(pk__in=[one.pk for one in coming], registrations__isnull=False)
        .values_list("pk", flat=True)
        .distinct()
    )
    Occurrence.objects.filter(pk__in=[one.pk for one in coming if one.pk not in booked]).delete()
    cancelled = [one for one in coming if one.pk in booked and one.status != Status.CANCELLED]
    for one in cancelled:
        one.status = Status.CANCELLED
        one.save(update_fields=["status"])
    tell_of_change(Registration.objects.filter(occurrence__in=cancelled))


def tell_of_change(bookings: "QuerySet[Registration]") -> None:
    """Owe a mail to those whose date is to come, once where one that is due is owed already."""
    now = timezone.now()
    owed = EventMail.objects.filter(
        registration=OuterRef("pk"), kind=EventMail.Kind.CHANGED, sent_at=None, given_up_at=None,
        due_at__lte=now,
    )  # fmt: skip
    EventMail.objects.bulk_create(
        EventMail(registration=booking, kind=EventMail.Kind.CHANGED)
        for booking in bookings.filter(~Exists(owed), occurrence__ends__gt=now)
    )


def _fingerprint(event: EventPage) -> str:
    """Everything of an event that a calendar shows and that is a change for those who come."""
    changes = sorted(
        (str(change.day), change.status, str(change.new_on), str(change.new_at),
         str(change.new_ends_at))
        for change in event.changes.all()  # type: ignore[attr-defined]
    )  # fmt: skip
    pattern = event.pattern
    said = (
        pattern.starts, pattern.lasts, pattern.rule, pattern.until, changes, event.status,
        event.mode,
    )  # fmt: skip
    return sha256(repr(said).encode()).hexdigest()


def shown_dates(key: uuid.UUID) -> list[Occurrence]:
    """The next dates of a public pair, or its last one; kept in the cache between changes."""
    now = timezone.now()
    found = cache.get(_cache_key(key))
    if found is None:
        is_over = Case(When(ends__gt=now, then=False), default=True)
        dates = Occurrence.objects.filter(translation_key=key).annotate(is_over=is_over)
        by_time = Case(When(ends__gt=now, then="starts"))
        found = list(dates.order_by("is_over", by_time, "-starts")[:MOST_DATES])
        cache.set(_cache_key(key), found, CACHE_SECONDS)
    return [one for one in found if one.ends > now] or found[:1]


def _cache_key(key: uuid.UUID) -> str:
    return f"events.dates.{key.hex}"


def wall(moment: datetime) -> datetime:
    """A moment on the clocks of Wales."""
    return moment.astimezone(LONDON)


def time_in_words(moment: datetime) -> str:
    """As the design writes times in both languages: 11am, 6.30pm."""
    there = wall(moment)
    hour, half = there.hour % 12 or 12, "am" if there.hour < 12 else "pm"
    return f"{hour}{f'.{there.minute:02}' if there.minute else ''}{half}"


def when_in_words(one: Occurrence, is_all_day: bool, with_date: bool = True) -> str:
    """“Saturday 5 December 2026, 11am to 3pm”; without the date for a list under its month."""
    first, last = wall(one.starts), wall(one.ends - timedelta(microseconds=1))
    day = format_date(first, "l j F Y" if with_date else "l")
    if is_all_day:
        if last.date() == first.date():
            return _("%(day)s, all day") % {"day": day}
        return _("%(day)s to %(last)s") % {"day": day, "last": format_date(last, "l j F Y")}
    start, end = time_in_words(one.starts), time_in_words(one.ends)
    if last.date() == first.date():
        return _("%(day)s, %(start)s to %(end)s") % {"day": day, "start": start, "end": end}
    return _("%(day)s, %(start)s to %(last)s, %(end)s") % {
        "day": day, "start": start, "end": end, "last": format_date(last, "l j F Y"),
    }  # fmt: skip


def change_in_words(one: Occurrence, note: str, language: str) -> str:
    """What became of a date, in whole sentences; empty where it goes ahead as planned."""
    with translation.override(language):
        said = {
            Status.CANCELLED: _("Cancelled."),
            Status.POSTPONED: _("Postponed. The new time is not known yet."),
            Status.ONLINE: _("Moved online."),
            Status.RESCHEDULED: _("Moved to another time."),
        }.get(Status(one.status), "")
        if one.status == Status.RESCHEDULED and one.previous_start is not None:
            said = _("Moved. Before it was %(when)s.") % {
                "when": f"{format_date(wall(one.previous_start), 'l j F Y')}, "
                        f"{time_in_words(one.previous_start)}"
            }  # fmt: skip
    own = one.note_cy if language == "cy" else one.note_en
    return " ".join(part for part in (said, own or (note if said else "")) if part)
