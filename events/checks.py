"""What an event needs before it is public, beyond its own fields: rows that fit its dates."""

from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events import recurrence
from events.models import EventChange, EventPage, Status


def changes_fit_the_series(page: Any) -> list[str]:
    """Each changed day is one of the series, and the clocks show its new time."""
    if not isinstance(page, EventPage) or page.starts_on is None or not page.is_series:
        return []
    said = []
    pattern = page.pattern
    for change in page.changes.all():  # type: ignore[attr-defined]
        day = {"day": date_format(change.day)}
        if change.status == EventChange.LEFT_OUT:
            continue
        starts = recurrence.starts_of(pattern, change.day, change.day + timedelta(days=1))
        if not starts:
            said.append(_("%(day)s is changed but is no day of the series.") % day)
        elif change.status == Status.RESCHEDULED:
            new_start, new_end = change.new_time(starts[0], pattern.lasts)
            if recurrence.is_skipped(new_start):
                said.append(
                    _("%(day)s is moved to a time that the clocks skip. Choose another time.") % day
                )
            if new_end <= new_start:
                said.append(_("%(day)s is moved, but it ends before it begins.") % day)
        if bool(change.note_cy) != bool(change.note_en):
            said.append(_("The note for %(day)s is there in one language only.") % day)
    return said


def details_are_in_both_languages(page: Any) -> list[str]:
    """Words about access stand in both languages or in none."""
    if not isinstance(page, EventPage):
        return []
    return [
        _("The detail about “%(fact)s” is there in one language only.")
        % {"fact": row.get_fact_display()}
        for row in page.access_facts.all()  # type: ignore[attr-defined]
        if bool(row.detail_cy) != bool(row.detail_en)
    ]
