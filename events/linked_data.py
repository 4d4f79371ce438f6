"""An event as schema.org Event for search engines: public place, status, previous start."""

from collections.abc import Sequence
from typing import Any

from bilingual.switch import absolute
from core.linked_data import PUBLISHER
from events.dates import wall
from events.disclosure import Audience, what_may_be_shown
from events.models import EventPage, Occurrence, Status

STATUSES = {
    Status.SCHEDULED: "EventScheduled", Status.POSTPONED: "EventPostponed",
    Status.RESCHEDULED: "EventRescheduled", Status.CANCELLED: "EventCancelled",
    Status.ONLINE: "EventMovedOnline",
}  # fmt: skip
MODES = {
    EventPage.Mode.ROOM: "OfflineEventAttendanceMode",
    EventPage.Mode.ONLINE: "OnlineEventAttendanceMode",
    EventPage.Mode.BOTH: "MixedEventAttendanceMode",
}
SPOKEN = {EventPage.Spoken.BOTH: ["cy", "en"], EventPage.Spoken.CY: ["cy"],
          EventPage.Spoken.EN: ["en"]}  # fmt: skip


def event_data(
    event: EventPage, areas: Sequence[str], dates: Sequence[Occurrence]
) -> dict[str, Any]:
    """One date as an Event, several as an EventSeries of Events."""
    own = [_one(event, areas, one) for one in dates]
    if not event.is_series:
        return {"@context": "https://schema.org", **(own[0] if own else {"@type": "Event"})}
    return {
        "@context": "https://schema.org",
        "@type": "EventSeries",
        "name": event.title,
        "description": event.summary,
        "url": absolute(event.url or ""),
        "inLanguage": SPOKEN[EventPage.Spoken(event.spoken)],
        "subEvent": own,
    }


def _one(event: EventPage, areas: Sequence[str], one: Occurrence) -> dict[str, Any]:
    place = what_may_be_shown(event, areas, Audience.PUBLIC, one)
    address = absolute(event.url or "")
    mode = EventPage.Mode.ONLINE if place.is_online else EventPage.Mode(event.mode)
    found = {
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": address,
        "startDate": wall(one.starts).isoformat(),
        "endDate": wall(one.ends).isoformat(),
        "previousStartDate": wall(one.previous_start).isoformat() if one.previous_start else "",
        "eventStatus": f"https://schema.org/{STATUSES[Status(one.status)]}",
        "eventAttendanceMode": f"https://schema.org/{MODES[mode]}",
        "location": {"@type": "VirtualLocation", "url": place.joining_link or address}
        if place.is_online
        else {
            "@type": "Place",
            "name": place.sentence,
            "address": {
                "@type": "PostalAddress", "addressRegion": place.area, "addressCountry": "GB",
                **({"streetAddress": place.venue} if place.venue else {}),
            },
        },
        "organizer": {
            "@type": "Organization",
            "name": PUBLISHER[event.locale.language_code],
            "url": absolute("/"),
        },
        "inLanguage": SPOKEN[EventPage.Spoken(event.spoken)],
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in ("", [])}
