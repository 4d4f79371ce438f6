"""Mails to people who booked: owed in the database, sent when mail works, never lost.

`send_event_mail` runs every few minutes; a booking also tries at once. The words are made when a
mail is sent, in the language of the booking, and ask `events.disclosure` like every other output.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bilingual.switch import absolute
from core.terms import PageTerm, TermKind
from events.dates import change_in_words, when_in_words
from events.disclosure import Audience, Shown, released_at, what_may_be_shown
from events.models import EventMail, EventPage, Occurrence, Registration

logger = logging.getLogger(__name__)
TAKEN_FOR = timedelta(minutes=10)  # a sender that died gives its mail back after this time
Kind = EventMail.Kind


def owe(booking: Registration) -> None:
    """Owe the mail that says what a booking is, and try it after the commit."""
    kind = Kind.PLACE if booking.state == Registration.State.PLACE else Kind.WAITING
    mail = EventMail.objects.create(registration=booking, kind=kind)
    transaction.on_commit(partial(send, [mail.pk]))


def owe_addresses() -> int:
    """Owe the address to everybody who has a place on a date whose release has come."""
    now = timezone.now()
    dates = Occurrence.objects.filter(
        ends__gt=now, starts__lte=now + timedelta(days=60), registrations__state="place"
    ).distinct()
    events = {
        page.translation_key: page
        for page in EventPage.objects.live().filter(
            translation_key__in=dates.values("translation_key"), release_to="booked"
        )
    }
    number = 0
    for one in dates:
        event = events.get(one.translation_key)
        if event is None or not one.is_on or released_at(event, one) > now:
            continue
        if not (event.venue.strip() or event.joining_link):
            continue
        booked = one.registrations.filter(state="place").exclude(mails__kind=Kind.ADDRESS)
        number += len(
            EventMail.objects.bulk_create(
                EventMail(registration=booking, kind=Kind.ADDRESS) for booking in booked
            )
        )
    return number


def send_owed(most: int = 500) -> int:
    """Send what is owed, the oldest first; the number that went out."""
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lt=now - TAKEN_FOR)
    owed = EventMail.objects.filter(free, sent_at=None).values_list("pk", flat=True)
    return send(list(owed[:most]))


def send(keys: Iterable[int]) -> int:
    """Send these mails, each taken first so that no other sender has it; failures stay owed."""
    sent = 0
    for key in keys:
        now = timezone.now()
        free = Q(taken_at=None) | Q(taken_at__lt=now - TAKEN_FOR)
        if not EventMail.objects.filter(free, pk=key, sent_at=None).update(taken_at=now):
            continue
        mail = EventMail.objects.select_related("registration__occurrence").get(pk=key)
        try:
            message = _message(mail)
            if message is not None:
                message.send()
        except (OSError, SMTPException):
            logger.exception("A mail about an event could not be sent; it is kept.")
            EventMail.objects.filter(pk=key).update(taken_at=None, tries=mail.tries + 1)
            continue
        EventMail.objects.filter(pk=key).update(sent_at=timezone.now())
        sent += 1
    return sent


def _message(mail: EventMail) -> EmailMessage | None:
    """The mail in the language of the booking; None where the event is public no longer."""
    from events.booking import event_of, token_of

    booking, one = mail.registration, mail.registration.occurrence
    event = event_of(one, booking.language)
    if event is None:
        return None
    with translation.override(booking.language):
        when = when_in_words(one, event.is_all_day)
        place = what_may_be_shown(event, _areas(event, booking.language), _audience(booking), one)
        heading = {
            Kind.PLACE: _("You have a place"),
            Kind.WAITING: _("You are on the waiting list"),
            Kind.ADDRESS: _("Where it is"),
            Kind.CHANGED: _("Something changed"),
        }[Kind(mail.kind)]
        lines = [
            f"{event.title}\n{when}\n{place.area}",
            change_in_words(one, event.status_note, booking.language),
            _waiting(booking) if booking.state == Registration.State.WAITING else "",
            *_place_lines(place),
            absolute(event.url or ""),
            _("If you cannot come, give your place to somebody else here:")
            + "\n"
            + absolute(reverse("event_place", args=[token_of(booking)])),
            _("We delete your email address %(days)s days after the event.")
            % {"days": settings.EVENT_BOOKING_DAYS},
        ]
    return EmailMessage(
        subject=f"{heading}: {event.title}",
        body="\n\n".join(line for line in lines if line),
        to=[booking.email],
    )


def _audience(booking: Registration) -> Audience:
    has_place = booking.state == Registration.State.PLACE
    return Audience.BOOKED if has_place else Audience.KEPT


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
