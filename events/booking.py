"""Places and the queue behind them: exact when a hundred people ask at once.

Everything that counts places holds the row of the date: a row lock on PostgreSQL; on SQLite the
transaction begins IMMEDIATE and is alone. Mails are owed in the same transaction (`events.mails`).
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from events import mails
from events.models import (
    SIGNER,
    Calendar,
    EventMail,
    EventPage,
    Occurrence,
    Registration,
    Status,
)

logger = logging.getLogger(__name__)
Kind, State = EventMail.Kind, Registration.State


class NoBooking(Exception):
    """This date takes no bookings: it is over, cancelled, or its event is not public."""


def takes_bookings(event: EventPage | None, occurrence: Occurrence) -> bool:
    return (
        event is not None
        and event.registration == EventPage.Registration.FORM
        and occurrence.is_on
        and occurrence.starts > timezone.now()
    )


@transaction.atomic
def book(
    occurrence_id: int, *, language: str, email: str, name: str = "", needs: str = ""
) -> Registration:
    """A place, or the next number in the queue. The same address gets the same answer again.

    Raises:
        NoBooking: there is nothing to be had.
    """
    occurrence = Occurrence.objects.select_for_update().filter(pk=occurrence_id).first()
    event = occurrence.event_in(language) if occurrence is not None else None
    if occurrence is None or event is None or not takes_bookings(event, occurrence):
        raise NoBooking
    email = email.strip().lower()
    known: Registration | None = occurrence.registrations.filter(email=email).first()
    if known is not None:
        mails.owe(known)  # a person who books twice has perhaps lost the first mail
        return known
    taken = occurrence.registrations.filter(state=State.PLACE).count()
    last = occurrence.registrations.aggregate(last=Max("number"))["last"] or 0
    is_free = event.capacity is None or taken < event.capacity
    booking = Registration.objects.create(
        occurrence=occurrence,
        number=last + 1,
        state=State.PLACE if is_free else State.WAITING,
        language=language,
        name=name.strip(),
        email=email,
        needs=needs.strip(),
    )
    mails.owe(booking)
    return booking


def who_has_booked(pages: Iterable[Page]) -> str:
    """What staff have to know before they take these pages and all below them off the site.

    Empty where nobody has booked a date to come, or all those dates are cancelled.
    """
    below = Page.objects.none()
    for page in pages:
        below |= page.get_descendants(inclusive=True)
    events = EventPage.objects.filter(pk__in=below.values("pk"))
    number = (
        Registration.objects.filter(
            occurrence__translation_key__in=events.values("translation_key"),
            occurrence__ends__gt=timezone.now(),
        )
        .exclude(occurrence__status=Status.CANCELLED)
        .count()
    )
    if not number:
        return ""
    return _(
        "People who have booked dates to come: %(number)s. Nobody writes to them when an event "
        "is taken off the site. To tell them, set its status to “Cancelled” and publish it; take "
        "it off some minutes later, when the mails have gone out."
    ) % {"number": number}


def behind(token: str) -> Registration | None:
    """The booking of a link; None for a false or an old one."""
    try:
        number = int(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return Registration.objects.select_related("occurrence").filter(pk=number).first()


def approve(booking: Registration, user: Any) -> None:
    """One of the staff says that this person may be told where it is; the first one is kept."""
    Registration.objects.filter(pk=booking.pk, approved_at=None).update(
        approved_at=timezone.now(), approved_by=user
    )


def take_back(booking: Registration) -> None:
    """This person is told nothing more of where it is; what was told cannot be taken back."""
    Registration.objects.filter(pk=booking.pk).update(approved_at=None, approved_by=None)


@transaction.atomic
def give_up(booking: Registration) -> None:
    """Delete the booking; the first in the queue gets the place."""
    occurrence = Occurrence.objects.select_for_update().get(pk=booking.occurrence_id)
    Registration.objects.filter(pk=booking.pk).delete()
    fill(occurrence)


def fill(occurrence: Occurrence) -> None:
    """Give free places to the queue in its order; the caller holds the row of the date."""
    event = occurrence.event_in("cy")
    if not takes_bookings(event, occurrence):
        return
    assert event is not None
    taken = occurrence.registrations.filter(state=State.PLACE).count()
    queue = occurrence.registrations.filter(state=State.WAITING).order_by("number")
    free = None if event.capacity is None else max(0, event.capacity - taken)
    for booking in queue[:free]:
        booking.state = State.PLACE
        booking.save(update_fields=["state"])
        mails.owe(booking)


def fill_all(event: EventPage) -> None:
    """After a publication the capacity may be greater than before."""
    waiting = Occurrence.objects.filter(
        translation_key=event.translation_key, registrations__state=State.WAITING
    )
    for one in waiting.distinct():
        with transaction.atomic():
            fill(Occurrence.objects.select_for_update().get(pk=one.pk))


def purge() -> int:
    """Delete bookings of dates that ended `EVENT_BOOKING_DAYS` ago; their number.

    What was written down for pairs that were deleted goes with them.
    """
    over = timezone.now() - timedelta(days=settings.EVENT_BOOKING_DAYS)
    pairs = EventPage.objects.values("translation_key")
    Occurrence.objects.exclude(translation_key__in=pairs).delete()
    Calendar.objects.exclude(translation_key__in=pairs).delete()
    old = Registration.objects.filter(occurrence__ends__lt=over)
    number = old.count()
    old.delete()
    return number
