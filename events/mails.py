"""Mails to people who booked: owed in the database, sent when mail works.

`send_event_mail` runs every few minutes; a booking also tries at once. The words are made when a
mail is sent, in the language of the booking, and ask `events.disclosure` like every other output.
A mail that fails is tried ten times in a day and a half; then the health page and the list of
bookings say so, where staff can have it tried again.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bilingual.switch import absolute
from core.terms import PageTerm, TermKind
from events.dates import change_in_words, when_in_words
from events.disclosure import Audience, Shown, what_may_be_shown
from events.models import (
    LONGEST_RELEASE,
    EventMail,
    EventPage,
    Occurrence,
    Registration,
    Status,
)

logger = logging.getLogger(__name__)
TAKEN_FOR = timedelta(minutes=10)  # a sender that died gives its mail back after this time
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=12)
MOST_TRIES = 10
Kind = EventMail.Kind


def owe(booking: Registration) -> None:
    """Owe the mail that says what a booking is, and try it after the commit.

    A mail that said so before and has not gone out is owed no longer.
    """
    kind = Kind.PLACE if booking.state == Registration.State.PLACE else Kind.WAITING
    booking.mails.filter(kind__in=(Kind.PLACE, Kind.WAITING), sent_at=None).delete()
    mail = EventMail.objects.create(registration=booking, kind=kind)
    transaction.on_commit(partial(send, [mail.pk]))


def owe_addresses() -> int:
    """Owe where it is to all who may know it now and were not told it as it stands.

    Whoever is owed another mail, or could not be reached by the last one, is owed nothing more:
    each mail names the place to those who may know it.
    """
    now = timezone.now()
    dates = Occurrence.objects.filter(
        ends__gt=now, starts__lte=now + timedelta(days=LONGEST_RELEASE)
    )
    events = {
        page.translation_key: page
        for page in EventPage.objects.live().filter(
            translation_key__in=dates.values("translation_key"),
            release_to=EventPage.Release.BOOKED,
        )
    }
    of_booking = EventMail.objects.filter(registration=OuterRef("pk"))
    number = 0
    for one in dates.filter(translation_key__in=events):
        place = what_may_be_shown(events[one.translation_key], (), Audience.APPROVED, one, now)
        if not place.mark:
            continue
        ignorant = one.registrations.filter(
            ~Exists(of_booking.filter(Q(sent_at=None) | Q(place_told=place.mark))),
            state=Registration.State.PLACE,
            approved_at__isnull=False,
        )
        number += len(
            EventMail.objects.bulk_create(
                EventMail(registration=booking, kind=Kind.ADDRESS) for booking in ignorant
            )
        )
    return number


def _due(now: datetime) -> "QuerySet[EventMail]":
    """What may be tried now: a mail waits while its event is hidden, and is too late afterwards."""
    public = EventPage.objects.live().values("translation_key")
    return EventMail.objects.filter(
        sent_at=None, given_up_at=None, due_at__lte=now,
        registration__occurrence__ends__gt=now,
        registration__occurrence__translation_key__in=public,
    )  # fmt: skip


def send_owed(most: int = 500) -> int:
    """Send what is owed, the oldest first; the number that went out."""
    return send(list(_due(timezone.now()).values_list("pk", flat=True)[:most]))


def send(keys: Iterable[int]) -> int:
    """Send these mails, each put off first so that no other sender has it; failures stay owed."""
    sent = 0
    for key in keys:
        now = timezone.now()
        if not _due(now).filter(pk=key).update(due_at=now + TAKEN_FOR):
            continue
        mail = EventMail.objects.select_related("registration__occurrence").filter(pk=key).first()
        if mail is None:
            continue  # the booking was given up a moment ago
        booking = mail.registration
        event = booking.occurrence.event_in(booking.language)
        if event is None:
            continue  # hidden a moment ago
        try:
            place = _place(booking, event)
            _message(mail, event, place).send()
        except (
            OSError,
            SMTPException,
            ValueError,
        ) as error:  # ValueError: an address as no mail has
            # Without the traceback: it ends in the address of the person.
            logger.error("A mail about an event was not sent: %s", type(error).__name__)
            _put_off(mail, now)
            continue
        EventMail.objects.filter(pk=key).update(sent_at=timezone.now(), place_told=place.mark)
        sent += 1
    return sent


def _put_off(mail: EventMail, now: datetime) -> None:
    """Try again later, each time after twice the pause; at the last try give up and tell staff."""
    EventMail.objects.filter(pk=mail.pk).update(  # the booking may be gone by now
        tries=mail.tries + 1,
        due_at=now + min(FIRST_PAUSE * 2**mail.tries, LONGEST_PAUSE),
        given_up_at=now if mail.tries + 1 >= MOST_TRIES else None,
    )


def try_again(booking: Registration) -> None:
    """Mails that were given up are owed anew."""
    booking.mails.exclude(given_up_at=None).update(given_up_at=None, tries=0, due_at=timezone.now())


def health_line() -> tuple[str, bool, str]:
    """For the health page: whether mails about dates to come were given up."""
    lost = EventMail.objects.filter(
        given_up_at__isnull=False, registration__occurrence__ends__gt=timezone.now()
    )
    return "E-byst am archebion", not lost.exists(), "Mails about bookings"


def _place(booking: Registration, event: EventPage) -> Shown:
    """Where it is, as this person may know it now."""
    may_know = booking.state == Registration.State.PLACE and booking.approved_at is not None
    audience = Audience.APPROVED if may_know else Audience.KEPT
    with translation.override(booking.language):
        areas = _areas(event, booking.language)
        return what_may_be_shown(event, areas, audience, booking.occurrence)


def _message(mail: EventMail, event: EventPage, place: Shown) -> EmailMessage:
    """The mail in the language of the booking."""
    booking, one = mail.registration, mail.registration.occurrence
    with translation.override(booking.language):
        when = when_in_words(one, event.is_all_day)
        is_waiting = booking.state == Registration.State.WAITING
        state = _("You are on the waiting list") if is_waiting else _("You have a place")
        headings = {Kind.ADDRESS: _("Where it is"), Kind.CHANGED: _("Something changed")}
        heading = headings.get(Kind(mail.kind), state)
        lines = [
            f"{event.title}\n{when}\n{place.area}",
            change_in_words(one, event.note_in(booking.language), booking.language),
            _waiting(booking) if is_waiting and one.is_on else "",
            *_place_lines(place),
            absolute(event.url or ""),
            _give_up_line(booking) if one.status != Status.CANCELLED else "",
            _("We delete your email address %(days)s days after the event.")
            % {"days": settings.EVENT_BOOKING_DAYS},
        ]
    return EmailMessage(
        subject=f"{heading}: {event.title}",
        body="\n\n".join(line for line in lines if line),
        to=[booking.email],
    )


def _give_up_line(booking: Registration) -> str:
    address = absolute(reverse("event_place", args=[booking.token]))
    return _("If you cannot come, give your place to somebody else here:") + "\n" + address


def _waiting(booking: Registration) -> str:
    ahead = booking.occurrence.registrations.filter(
        state=Registration.State.WAITING, number__lt=booking.number
    ).count()
    return _(
        "People before you on the waiting list: %(number)s. We write when a place is free."
    ) % {"number": ahead}


def _place_lines(place: Shown) -> list[str]:
    if not (place.venue or place.joining_link):
        return [place.promise]
    return [place.venue, place.joining_link, _("Please do not post this online.")]


def _areas(event: EventPage, language: str) -> list[str]:
    links = PageTerm.objects.filter(page=event, term__kind=TermKind.COUNTY).select_related("term")
    return [link.term.name_in(language) for link in links.order_by("sort_order", "pk")]
