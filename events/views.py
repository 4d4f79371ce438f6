"""Calendars, the feed of news, and the two forms of a booking."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.throttle import asks_too_often
from bilingual.models import path_in
from core.feeds import NEWEST, section_feed
from core.furniture import crumbs
from core.visitor_forms import VisitorForm, comes_from_this_site, new_token, with_new_token
from events import booking as places
from events.calendars import icalendar
from events.dates import wall, when_in_words
from events.disclosure import Audience, what_may_be_shown
from events.listing import areas_of, entries_of, events_for, feed_entries, newest_events
from events.models import EventIndexPage, EventPage, Occurrence

BOOKINGS_PER_HOUR = 10
LARGEST_KEY = 2**31 - 1
ONE_LINE = {"max_length": gettext_lazy("Write at most %(limit_value)s characters.")}


def _language() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en"


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Content-Language"] = _language()
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All events, or those of the filters in the address: one feed to subscribe to."""
    name = "digwyddiadau" if _language() == "cy" else "events"
    return _ics(icalendar(feed_entries(request.GET, _language()), _language()), name)


@require_safe
def event_file(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One event with all its dates.

    Raises:
        Http404: the pair is not public.
    """
    pages = events_for(_language()).filter(translation_key=key).select_related("locale")
    entries = entries_of(pages, _language())
    if not entries:
        raise Http404
    event = entries[0].event
    return _ics(icalendar(entries, _language(), event.title), event.slug)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest events as Atom."""
    return section_feed(EventIndexPage, request.path, lambda lang: newest_events(lang)[:NEWEST])


class BookingForm(VisitorForm):
    """An email address, and only what a person wants to add."""

    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter an email address with an @"),
            "invalid": gettext_lazy("Enter an email address with an @"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=gettext_lazy("What should we call you?"),
        help_text=gettext_lazy("Any name you like"),
        required=False,
        max_length=60,
        error_messages=ONE_LINE,
    )
    needs = forms.CharField(
        label=gettext_lazy("What do you need to take part?"),
        help_text=gettext_lazy("For example an interpreter and for which language, or food"),
        required=False,
        max_length=300,
        error_messages=ONE_LINE,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language shall we write?"),
        choices=[("cy", "Cymraeg"), ("en", "English")],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a language"),
            "invalid_choice": gettext_lazy("Choose a language"),
        },
    )


@csrf_exempt  # signed token and origin check, as every form of a visitor
def booking(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for a place on one date; what was written is never lost.

    Raises:
        Http404: there is no such date, or its event is not public.
    """
    occurrence = Occurrence.objects.filter(pk=number).first() if number <= LARGEST_KEY else None
    event = occurrence.event_in(_language()) if occurrence else None
    if occurrence is None or event is None:
        raise Http404
    fresh = BookingForm(initial={"token": new_token(), "language": _language()})
    if not places.takes_bookings(event, occurrence):
        return _form(request, event, occurrence, fresh, is_closed=True)
    if request.method != "POST":
        return _form(request, event, occurrence, fresh)
    form = BookingForm(request.POST)
    if not comes_from_this_site(request):
        form.add_error(None, _("This form was sent from another page. Check it and send it again."))
        return _form(request, event, occurrence, with_new_token(form), status=403)
    if not form.is_valid():
        return _form(request, event, occurrence, with_new_token(form), status=422)
    if asks_too_often("event_booking", request, BOOKINGS_PER_HOUR, 3600):
        form.add_error(None, _("Too many messages came from here. Please try again in an hour."))
        return _form(request, event, occurrence, with_new_token(form), status=429)
    if form.is_from_a_machine():
        return _form(request, event, occurrence, form, is_sent=True)
    answers = form.cleaned_data
    try:
        places.book(
            occurrence.pk, language=answers["language"], email=answers["email"],
            name=answers["name"], needs=answers["needs"],
        )  # fmt: skip
    except places.NoBooking:
        return _form(request, event, occurrence, with_new_token(form), is_closed=True)
    # The same words for a first and a second booking, for a place and for the queue: else a full
    # date would tell whoever writes somebody's address whether that person has a place.
    return _form(request, event, occurrence, form, is_sent=True)


def _form(
    request: HttpRequest,
    event: EventPage,
    occurrence: Occurrence,
    form: BookingForm,
    status: int = 200,
    **state: bool,
) -> HttpResponse:
    context = {
        **_about(event, occurrence),
        "form": form,
        "is_sent": False,
        "is_closed": False,
        "meta": _meta(_("Book a place")),
        **state,
    }
    response = render(request, "pages/events/booking.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt
def place(request: HttpRequest, token: str) -> HttpResponse:
    """Give up a place: a page with one button, so that no program gives it up by looking."""
    found = places.behind(token)
    context: dict[str, Any] = {
        "meta": _meta(_("Your booking")),
        "cloth": "digwyddiadau",
        "crumbs": [{"title": _("Home"), "url": f"/{_language()}/", "lang": ""}],
        "is_gone": found is None,
        "is_given_up": False,
    }
    if found is not None:
        event = found.occurrence.event_in(_language())
        if event is not None:
            context.update(_about(event, found.occurrence))
        else:  # of a hidden event nothing is told but the day, which tells bookings apart
            context["day"] = date_format(wall(found.occurrence.starts), "DATE_FORMAT")
        if request.method == "POST" and comes_from_this_site(request):
            places.give_up(found)
            context["is_given_up"] = True
    status = 410 if found is None else 200
    response = render(request, "pages/events/place.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _about(event: EventPage, occurrence: Occurrence) -> dict[str, Any]:
    language = event.locale.language_code
    areas = areas_of([event], _language())[event.pk]
    here = {
        "title": event.title,
        "url": path_in(event, _language()) or event.url or "",
        "lang": "" if language == _language() else language,
    }
    return {
        "event": here,
        "crumbs": [*crumbs(event, _language()), here],
        "when": when_in_words(occurrence, event.is_all_day),
        "place": what_may_be_shown(event, areas, Audience.KEPT, occurrence),
        "cloth": "digwyddiadau",
    }


def _meta(title: str) -> dict[str, Any]:
    return {"title": title, "description": "", "canonical": "", "alternates": [], "noindex": True}
