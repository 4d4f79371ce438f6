"""Dates from rules: as another library expands our calendar files, across both clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from django.core.exceptions import ValidationError
from django.utils import translation

from events import recurrence
from events.calendars import Entry
from events.calendars import icalendar as as_calendar
from events.models import EventChange, EventPage
from events.recurrence import LONDON, Pattern, instant, starts_of

START = datetime(2026, 1, 10, 11)
HOURS = timedelta(hours=4)
RULES = [
    "FREQ=DAILY;INTERVAL=9",
    recurrence.weekly(1),
    recurrence.weekly(2),
    recurrence.monthly(date(2026, 1, 10)),
    recurrence.monthly(date(2026, 1, 31)),
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=2SA;COUNT=30",
]
pytestmark = pytest.mark.django_db


def event(**values: Any) -> EventPage:
    page = EventPage(title="Welcome Day", starts_on=START.date(), starts_at=START.time(),
                     ends_at=time(15), **values)  # fmt: skip
    page.locale_id = 1
    return page


@pytest.mark.parametrize("hour", [time(11), time(1, 30)])
@pytest.mark.parametrize("rule", RULES)
def test_ten_years_of_dates_are_those_that_another_library_reads_in_our_calendar(
    rule: str, hour: time, site_trees: Any
) -> None:
    first = starts_of(
        Pattern(datetime.combine(START.date(), hour), HOURS, rule), START.date(), date(2028, 1, 1)
    )[0]
    page = event(repeats="rule", rule=rule)
    page.locale = site_trees["en"].locale
    page.starts_on, page.starts_at, page.ends_at = first.date(), hour, time(hour.hour + 4, 0)
    after, before = date(2026, 1, 1), date(2036, 1, 1)
    ours = [instant(start) for start in starts_of(page.pattern, after, before)]
    book = icalendar.Calendar.from_ical(as_calendar([Entry(page, (), None)], "en"))
    theirs = [
        found["DTSTART"].dt.astimezone(UTC)
        for found in recurring_ical_events.of(book).between(after, before)
    ]
    assert len(ours) >= 10
    assert ours == sorted(theirs)[: len(ours)]
    if len(ours) < recurrence.MOST:
        assert len(ours) == len(theirs)


def test_eleven_stays_eleven_when_the_clocks_change() -> None:
    weekly = Pattern(datetime(2026, 3, 21, 11), HOURS, recurrence.weekly(1))
    found = [instant(start) for start in starts_of(weekly, date(2026, 3, 21), date(2026, 11, 7))]
    assert {moment.astimezone(LONDON).hour for moment in found} == {11}
    assert {moment.hour for moment in found} == {10, 11}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_hour_that_the_clocks_skip_is_answered_with_its_day(language: str) -> None:
    page = EventPage(title="x", starts_on=date(2026, 3, 29), starts_at=time(1, 30), ends_at=time(4))
    with translation.override(language), pytest.raises(ValidationError) as refused:
        page.clean()
    said = refused.value.message_dict["starts_at"][0]
    assert "29" in said
    assert ("Mae’r clociau" in said) == (language == "cy")


def test_the_hour_that_comes_twice_is_its_first() -> None:
    twice = datetime(2026, 10, 25, 1, 30)
    assert not recurrence.is_skipped(twice)
    assert instant(twice) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_rule_that_never_ends_is_read_as_far_as_it_is_asked_for() -> None:
    daily = Pattern(START, HOURS, "FREQ=DAILY")
    assert len(starts_of(daily, date(2026, 1, 1), date(9000, 1, 1))) == recurrence.MOST
    assert len(starts_of(daily, date(2031, 1, 1), date(2031, 2, 1))) == 31


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=HOURLY;INTERVAL=1", "Saturday", "FREQ=WEEKLY;UNTIL=20300101",
        "FREQ=MONTHLY;BYDAY=9XX", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;BYMONTH=13", "FREQ=MONTHLY;BYMONTH=13",
        "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=MONTHLY\nDTSTART:20200101", "FREQ=DAILY;INTERVAL=" + "9" * 40,
    ],
)  # fmt: skip
def test_a_rule_that_nobody_can_follow_is_refused_with_a_sentence(rule: str) -> None:
    with pytest.raises(ValidationError) as refused:
        event(repeats="rule", rule=rule).clean()
    assert refused.value.message_dict["rule"][0].endswith(".")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": time(11)}, "ends_at"),
        ({"ends_at": None}, "ends_at"),
        ({"starts_at": None}, "starts_at"),
        ({"repeats": "week", "until": date(2025, 1, 1)}, "until"),
        ({"status": "rescheduled"}, "previous_on"),
        ({"registration": "external"}, "registration_link"),
        ({"capacity": 0}, "capacity"),
        ({"starts_at": None, "ends_at": None, "starts_on": date(9999, 12, 31)}, "starts_on"),
        ({"starts_at": None, "ends_at": None, "ends_on": date(9999, 12, 31)}, "ends_on"),
        ({"repeats": "week", "starts_on": date(1, 1, 1)}, "starts_on"),
        ({"repeats": "week", "until": date(9999, 12, 31)}, "until"),
        ({"status": "rescheduled", "previous_on": date(9999, 12, 31)}, "previous_on"),
        ({"release_days": 61}, "release_days"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(values: dict[str, Any], field: str) -> None:
    page = event()
    for name, value in values.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean(exclude=["path", "depth", "slug", "locale"])
    assert field in refused.value.message_dict


def test_single_days_are_left_out_and_moved() -> None:
    moved = EventChange(day=date(2026, 1, 17), status="rescheduled", new_at=time(14))
    start, end = moved.new_time(datetime(2026, 1, 17, 11), HOURS)
    assert (start.hour, end.hour) == (14, 18)
    left_out = Pattern(START, HOURS, recurrence.weekly(1), left_out=frozenset({date(2026, 1, 17)}))
    assert [s.day for s in starts_of(left_out, date(2026, 1, 1), date(2026, 2, 1))] == [10, 24, 31]


@pytest.mark.parametrize("name", ["day", "new_on"])
def test_a_change_to_the_end_of_time_is_said_at_its_field(name: str) -> None:
    row = EventChange(day=START.date(), status="rescheduled", new_at=time(14))
    setattr(row, name, date(9999, 12, 31))
    with pytest.raises(ValidationError) as refused:
        row.full_clean(exclude=["page"])
    assert name in refused.value.message_dict
