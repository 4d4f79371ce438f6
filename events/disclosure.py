"""What may be told of where an event is. Nothing else reads `venue` and `joining_link`.

Pages, linked data, calendars, the search index, feeds, cards, papers and mails all ask
`what_may_be_shown`; a test plants an address and looks for it in every one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import EventPage, Occurrence, Status


class Audience(Enum):
    """Who will read it."""

    PUBLIC = "public"  # an answer made for this request: a page, a calendar
    KEPT = "kept"  # a copy that cannot be taken back: paper, card, index, feed of news
    APPROVED = "approved"  # has a place on this date, and one of the staff said they may know


@dataclass(frozen=True)
class Shown:
    """The place as this audience may know it; `promise` says how one learns the rest."""

    area: str
    is_online: bool
    venue: str = ""
    joining_link: str = ""
    promise: str = ""

    @property
    def sentence(self) -> str:
        """The public place in a few words, for lists, calendars and papers."""
        return self.venue or self.area

    @property
    def mark(self) -> str:
        """What stands for the hidden place that is shown here; empty where none is."""
        return _mark(self.venue, self.joining_link) if self.venue or self.joining_link else ""


def _mark(*parts: str) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def _is_online(event: EventPage, status: str) -> bool:
    return event.mode == EventPage.Mode.ONLINE or status == Status.ONLINE


def _hidden_place(event: EventPage, status: str) -> tuple[str, str]:
    """Address and link to join, each where it is of use at a date of this status."""
    is_online = _is_online(event, status)
    return (
        "" if is_online else event.venue.strip(),
        event.joining_link if is_online or event.mode == EventPage.Mode.BOTH else "",
    )


def mark_of(event: EventPage, occurrence: Occurrence) -> str:
    """Stands for the whole hidden place of one date, without saying it."""
    return _mark(*_hidden_place(event, occurrence.status))


def released_at(event: EventPage, occurrence: Occurrence) -> datetime:
    """From when on the address of this date is told to whom it is told at all."""
    return occurrence.starts - timedelta(days=event.release_days)


def what_may_be_shown(
    event: EventPage,
    areas: Sequence[str],
    audience: Audience,
    occurrence: Occurrence | None = None,
    now: datetime | None = None,
) -> Shown:
    """The place of an event for an audience; of one date of it where the date is given.

    `areas` are the names of its counties in the active language. An address is told only between
    its release and the end of the date, and never of a date that does not take place.
    """
    status = event.status if occurrence is None else occurrence.status
    is_online = _is_online(event, status)
    place = _("Online") if is_online else ", ".join(areas) or _("Wales")
    if not is_online and event.mode == EventPage.Mode.BOTH:
        place = _("%(place)s, and online") % {"place": place}
    is_on = status not in (Status.CANCELLED, Status.POSTPONED)
    promise = _promise(event, is_online) if is_on else ""
    if occurrence is None or not _may_know(event, audience):
        return Shown(place, is_online, promise=promise)
    now = now or timezone.now()
    if not (released_at(event, occurrence) <= now < occurrence.ends and is_on):
        return Shown(place, is_online, promise=promise)
    venue, joining_link = _hidden_place(event, status)
    return Shown(place, is_online, venue, joining_link, promise)


def _may_know(event: EventPage, audience: Audience) -> bool:
    if event.release_to == EventPage.Release.EVERYBODY:
        return audience != Audience.KEPT
    return event.release_to == EventPage.Release.BOOKED and audience == Audience.APPROVED


def _promise(event: EventPage, is_online: bool) -> str:
    days = event.release_days
    if event.release_to == EventPage.Release.NOBODY:
        return (
            _("We tell people ourselves how to join.")
            if is_online
            else _("We tell people ourselves where it is.")
        )
    if event.release_to == EventPage.Release.EVERYBODY:
        return ngettext(
            "It is shown here %(days)s day before.",
            "It is shown here %(days)s days before.",
            days,
        ) % {"days": days}
    if is_online:
        return ngettext(
            "We send the link only to people whose place we have confirmed, %(days)s day before.",
            "We send the link only to people whose place we have confirmed, %(days)s days before.",
            days,
        ) % {"days": days}
    return ngettext(
        "We send the address only to people whose place we have confirmed, %(days)s day before.",
        "We send the address only to people whose place we have confirmed, %(days)s days before.",
        days,
    ) % {"days": days}
