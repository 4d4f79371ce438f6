"""When a series takes place: RFC 5545 rules in the wall-clock time of Wales.

A time on the wall is kept as date and time, never as an instant, so that a Welcome Day at 11 stays
at 11 when the clocks change. `dateutil` reads the rules; nothing here is expanded without an end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

LONDON = ZoneInfo("Europe/London")
MOST = 1500  # dates of one series that are ever looked at in one go
YEARS_AHEAD = 2  # that are written down for lists; the rule itself may never end
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)  # a day beyond is a slip of the finger
FREQUENCIES = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)")
KNOWN_PARTS = re.compile(
    r"(?:(?:FREQ|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|WKST)=[A-Z0-9,+-]+(?:;|$)"
    r"|(?:INTERVAL|COUNT)=[1-9][0-9]{0,2}(?:;|$))+"
)
# A part that no day fits is looked for up to the year 9999: quick by months and years, not by days.
OFTEN = re.compile(r"FREQ=(?:DAILY|WEEKLY)(?:;|$)")
OF_MONTHS = re.compile(r"BYMONTH|BYMONTHDAY|BYSETPOS")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Pattern:
    """A series as its page says it. Ends are nominal: `lasts` is the difference on the clock."""

    starts: datetime  # on the wall, without a zone
    lasts: timedelta
    rule: str = ""  # an RRULE without UNTIL; empty: once
    until: date | None = None  # the last day on which it may start
    left_out: frozenset[date] = frozenset()


def weekly(weeks: int) -> str:
    """Every week or every second one, on the weekday of the first time."""
    return "FREQ=WEEKLY" if weeks == 1 else f"FREQ=WEEKLY;INTERVAL={weeks}"


def monthly(first: date) -> str:
    """Every month on the same weekday: its first to fourth, or its last where it is the fifth."""
    place = (first.day - 1) // 7 + 1
    return f"FREQ=MONTHLY;BYDAY={place if place < 5 else -1}{WEEKDAYS[first.weekday()]}"


def instant(wall: datetime) -> datetime:
    """The moment of a time on the wall, in UTC.

    RFC 5545, 3.3.5: the hour that comes twice is its first one; a time in the hour that is
    skipped is read with the offset from before, one hour later on the wall.
    """
    return wall.replace(tzinfo=LONDON, fold=0).astimezone(UTC)


def is_skipped(wall: datetime) -> bool:
    """The clocks jump over this time."""
    return instant(wall).astimezone(LONDON).replace(tzinfo=None) != wall


def demand_on_the_clock(wall: datetime) -> None:
    """Raises ValidationError for a time that does not exist, in words that say what to do."""
    if is_skipped(wall):
        raise ValidationError(
            _("The clocks go forward on %(day)s: there is no %(time)s. Choose another time.")
            % {"day": date_format(wall.date()), "time": date_format(wall, "TIME_FORMAT")}
        )


def is_in_reach(day: date | None) -> bool:
    """A day of our time, so that no sum of days leaves the calendar; no day is in reach too."""
    return day is None or EARLIEST <= day <= LATEST


def demand_in_reach(day: date) -> None:
    """Raises ValidationError for a day such as 31 December 9999."""
    if not is_in_reach(day):
        raise ValidationError(
            _("Choose a day between %(first)d and %(last)d.")
            % {"first": EARLIEST.year, "last": LATEST.year}
        )


def starts_of(pattern: Pattern, after: date, before: date) -> list[datetime]:
    """Starts on the wall from the day `after` up to the day `before` without it; at most `MOST`."""
    if not pattern.rule:
        found: Iterable[datetime] = [pattern.starts]
    else:
        last = datetime.combine(before, time.min) - timedelta(seconds=1)
        if pattern.until is not None:
            last = min(last, datetime.combine(pattern.until, time.max))
        rule = rrulestr(pattern.rule, dtstart=pattern.starts).replace(until=last)
        found = islice(rule.xafter(datetime.combine(after, time.min), inc=True), MOST)
    return [
        start
        for start in found
        if after <= start.date() < before and start.date() not in pattern.left_out
    ]


def check_rule(pattern: Pattern) -> None:
    """Raises ValidationError for a rule that nobody could follow, in words for the editor."""
    rule = pattern.rule
    if not FREQUENCIES.search(rule) or not KNOWN_PARTS.fullmatch(rule):
        raise ValidationError(
            _("This is no rule of days, weeks, months or years, such as FREQ=MONTHLY;BYDAY=2SA.")
        )
    if "COUNT=" in rule and pattern.until is not None:
        raise ValidationError(_("Give a number of times or a last day, not both."))
    if OFTEN.search(rule) and OF_MONTHS.search(rule):
        raise ValidationError(
            _("Months and days of the month go with FREQ=MONTHLY or FREQ=YEARLY only.")
        )
    try:
        horizon = pattern.starts.date() + timedelta(days=366 * YEARS_AHEAD)
        first = next(iter(starts_of(pattern, pattern.starts.date(), horizon)), None)
    except (ValueError, OverflowError, TypeError):
        raise ValidationError(_("This rule has a part that does not fit.")) from None
    if first is None:
        raise ValidationError(_("This rule gives no date in its first two years."))
    if first != pattern.starts and pattern.starts.date() not in pattern.left_out:
        raise ValidationError(
            _("The first day does not follow the rule. The first one that does is %(day)s.")
            % {"day": date_format(first.date())}
        )
