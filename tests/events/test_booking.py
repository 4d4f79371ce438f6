"""Places are exact when everybody asks at once; bookings say little and delete themselves."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core import visitor_forms
from events import booking, dates
from events.models import EventMail, EventPage, Occurrence, Registration
from tests.events.conftest import LINK, VENUE, Make


def the_date(pair: Any) -> Occurrence:
    return Occurrence.objects.filter(translation_key=pair.en.translation_key).earliest("starts")


def sign_up(occurrence: Occurrence, number: int, **more: Any) -> Registration:
    return booking.book(
        occurrence.pk, language="cy", email=f"p{number}@example.org", **{"name": "", **more}
    )


def test_places_then_the_queue_and_the_first_in_it_follows(an_event: Make) -> None:
    one = the_date(an_event(capacity=2))
    states = [sign_up(one, number).state for number in range(4)]
    assert states == ["place", "place", "waiting", "waiting"]
    booking.give_up(one.registrations.get(email="p0@example.org"))
    assert [row.state for row in one.registrations.order_by("number")] == [
        "place", "place", "waiting",
    ]  # fmt: skip
    assert one.registrations.get(email="p2@example.org").state == "place"


def test_the_same_address_has_one_place(an_event: Make) -> None:
    one = the_date(an_event(capacity=2))
    first = sign_up(one, 1)
    again = booking.book(one.pk, language="en", email="P1@Example.ORG ")
    assert again.pk == first.pk
    assert one.registrations.count() == 1


def test_a_cancelled_a_past_and_a_hidden_date_take_no_bookings(an_event: Make) -> None:
    for values in ({"status": "cancelled"}, {"status": "postponed"}, {"registration": "none"}):
        with pytest.raises(booking.NoBooking):
            sign_up(the_date(an_event(**values)), 1)
    one = the_date(an_event())
    with time_machine.travel(one.starts), pytest.raises(booking.NoBooking):
        sign_up(one, 1)
    with pytest.raises(booking.NoBooking):
        booking.book(2**31 - 1, language="en", email="a@example.org")


def test_more_places_reach_the_queue_when_the_event_is_published_again(an_event: Make) -> None:
    pair = an_event(capacity=1)
    one = the_date(pair)
    for number in range(3):
        sign_up(one, number)
    EventPage.objects.filter(translation_key=pair.en.translation_key).update(capacity=2)
    booking.fill_all(EventPage.objects.get(pk=pair.en.pk))
    assert one.registrations.filter(state="place").count() == 2


def test_bookings_delete_themselves_fourteen_days_after_the_end(an_event: Make) -> None:
    one = the_date(an_event())
    sign_up(one, 1)
    with time_machine.travel(one.ends + timedelta(days=13)):
        call_command("purge_bookings")
        assert Registration.objects.count() == 1
    with time_machine.travel(one.ends + timedelta(days=15)):
        call_command("purge_bookings")
    assert not Registration.objects.exists()
    assert not EventMail.objects.exists()


def test_mail_that_is_down_loses_nothing(an_event: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    one = the_date(an_event())
    sign_up(one, 1)

    def down(*args: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", down)
        call_command("send_event_mail")
    assert not mail.outbox
    call_command("send_event_mail")
    call_command("send_event_mail")
    assert [message.to for message in mail.outbox] == [["p1@example.org"]]
    assert "Mae gennych le" in mail.outbox[0].subject


def test_only_people_with_a_place_are_sent_the_address_and_only_when_its_time_has_come(
    an_event: Make,
) -> None:
    one = the_date(an_event(capacity=1))
    for number in range(2):
        sign_up(one, number)
    call_command("send_event_mail")
    assert not any(VENUE in message.body for message in mail.outbox)
    with time_machine.travel(one.starts - timedelta(days=1)):
        call_command("send_event_mail")
        call_command("send_event_mail")
    told = [message.to[0] for message in mail.outbox if VENUE in message.body]
    assert told == ["p0@example.org"]
    assert not any(LINK in message.body for message in mail.outbox)


def test_a_moved_date_keeps_its_bookings_and_tells_them(an_event: Make) -> None:
    pair = an_event()
    one = the_date(pair)
    sign_up(one, 1)
    page = EventPage.objects.get(pk=pair.en.pk)
    page.previous_on, page.status = page.starts_on, "rescheduled"
    page.starts_on += timedelta(days=7)
    dates.write_dates(page)
    moved = the_date(pair)
    assert (moved.pk, moved.status, moved.previous_start) == (one.pk, "rescheduled", one.starts)
    assert EventMail.objects.filter(kind="changed").count() == 1


def test_a_day_that_is_taken_out_is_cancelled_where_people_have_booked(an_event: Make) -> None:
    pair = an_event(repeats="week")
    rows = list(Occurrence.objects.filter(translation_key=pair.en.translation_key)[:2])
    sign_up(rows[0], 1)
    page = EventPage.objects.get(pk=pair.en.pk)
    page.starts_on += timedelta(days=3)
    dates.write_dates(page)
    assert Occurrence.objects.get(pk=rows[0].pk).status == "cancelled"
    assert not Occurrence.objects.filter(pk=rows[1].pk).exists()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time trap of forms is tested with the forms; here nobody waits."""
    monkeypatch.setattr(visitor_forms, "FASTEST_SECONDS", -1)


def booking_path(one: Occurrence, language: str) -> str:
    with translation.override(language):
        return reverse("event_booking", args=[one.pk])


def answers(**more: str) -> dict[str, str]:
    return {
        "token": visitor_forms.new_token(visitor_forms.AGAIN), "email": "a@example.org",
        "language": "cy", **more,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_booking_needs_no_cookie_and_no_script_and_an_error_loses_nothing(
    client: Client, an_event: Make, language: str
) -> None:
    one = the_date(an_event(capacity=1))
    path = booking_path(one, language)
    shown = client.get(path)
    assert shown.status_code == 200
    assert not shown.cookies
    wrong = client.post(path, answers(email="nobody", needs="Dehonglydd Wcreineg"))
    assert wrong.status_code == 422
    assert "Dehonglydd Wcreineg" in wrong.content.decode()
    right = client.post(path, answers())
    assert right.status_code == 200
    assert 'role="status"' in right.content.decode()
    assert not right.cookies
    kept = one.registrations.get()
    assert (kept.email, kept.language, kept.state) == ("a@example.org", "cy", "place")
    assert VENUE not in shown.content.decode() + wrong.content.decode() + right.content.decode()


def test_a_machine_another_site_and_a_flood_get_no_place(client: Client, an_event: Make) -> None:
    one = the_date(an_event())
    path = booking_path(one, "en")
    assert client.post(path, answers(website="spam")).status_code == 200
    assert (
        client.post(path, answers(), headers={"Origin": "https://evil.example"}).status_code == 403
    )
    assert not one.registrations.exists()
    told = [
        client.post(path, answers(email=f"q{number}@example.org")).status_code
        for number in range(11)
    ]
    assert told[-1] == 429


@pytest.mark.parametrize("number", ["0", "2147483648", "9" * 30])
def test_a_date_that_is_none_is_not_found(client: Client, db: Any, number: str) -> None:
    assert client.get(f"/en/events/book/{number}/").status_code == 404


def test_a_place_is_given_up_by_a_press_and_not_by_looking(client: Client, an_event: Make) -> None:
    one = the_date(an_event())
    path = reverse("event_place", args=[booking.token_of(sign_up(one, 1))])
    assert client.get(path).status_code == 200
    assert one.registrations.exists()
    assert client.post(path).status_code == 200
    assert not one.registrations.exists()
    assert client.get(path).status_code == 410
    assert client.get(path[:-3] + "xx/").status_code == 410


def test_staff_see_names_and_needs_and_no_address_of_anybody(
    admin_client: Client, an_event: Make
) -> None:
    sign_up(the_date(an_event()), 1, needs="Ramp", name="Mari")
    html = admin_client.get("/admin/snippets/events/registration/").content.decode()
    assert "Ramp" in html
    assert "p1@example.org" not in html
