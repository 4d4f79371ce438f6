"""Places are exact when everybody asks at once; bookings say little and delete themselves."""

from datetime import date, time, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from bilingual import pairs
from core import visitor_forms
from events import booking, dates, mails
from events.models import EventMail, EventPage, Occurrence, Registration
from tests.events.conftest import LINK, VENUE, Make

BOOKINGS = "/admin/bookings/"


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
    for values in (
        {"status": "cancelled"},
        {"status": "postponed"},
        {"registration": "none", "release_to": "nobody"},
    ):
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
    call_command("send_event_mail")
    assert not mail.outbox  # the first pause is not over
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        call_command("send_event_mail")
        call_command("send_event_mail")
    assert [message.to for message in mail.outbox] == [["p1@example.org"]]
    assert "Mae gennych le" in mail.outbox[0].subject


def test_a_mail_says_what_holds_when_it_is_sent(an_event: Make) -> None:
    one = the_date(an_event(capacity=1))
    sign_up(one, 1)
    waits = sign_up(one, 2)
    booking.give_up(one.registrations.get(number=1))
    call_command("send_event_mail")
    assert [message.to[0] for message in mail.outbox] == [waits.email]
    assert "Mae gennych le" in mail.outbox[0].subject


def test_the_mail_of_a_cancelled_date_promises_nothing(an_event: Make) -> None:
    pair = an_event(capacity=1)
    for number in (1, 2):
        sign_up(the_date(pair), number)
    call_command("send_event_mail")
    mail.outbox.clear()
    Occurrence.objects.update(status="cancelled")
    dates.tell_of_change(Registration.objects.all())
    call_command("send_event_mail")
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert "Wedi’i ganslo" in message.body or "Canslwyd" in message.body, message.body
        assert "/place/" not in message.body and "rhestr aros" not in message.body
        assert "cadarnhau" not in message.body


def test_a_day_that_is_over_keeps_its_people_when_the_event_is_used_again(an_event: Make) -> None:
    pair = an_event()
    old = the_date(pair)
    sign_up(old, 1)
    with time_machine.travel(old.ends + timedelta(days=3)):
        EventPage.objects.filter(translation_key=pair.en.translation_key).update(
            starts_on=timezone.localdate() + timedelta(days=40)
        )
        dates.write_dates(EventPage.objects.get(pk=pair.en.pk))
    old.refresh_from_db()
    assert old.registrations.count() == 1
    assert Occurrence.objects.exclude(pk=old.pk).get().registrations.count() == 0


def test_a_mail_that_fails_for_days_is_given_up_shown_to_staff_and_tried_again_at_their_wish(
    an_event: Make,
    admin_client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    booked = sign_up(the_date(an_event()), 1)
    tries = []

    def down(*args: Any) -> int:
        tries.append(timezone.now())
        raise SMTPRecipientsRefused({"p1@example.org": (550, b"no such user")})

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", down)
        for _hour in range(72):
            with time_machine.travel(timezone.now() + timedelta(hours=_hour)):
                call_command("send_event_mail")
    assert len(tries) == mails.MOST_TRIES
    assert "SMTPRecipientsRefused" in caplog.text
    assert "p1@example.org" not in caplog.text
    assert not mails.health_line()[1]
    assert "Could not be sent" in admin_client.get(BOOKINGS).content.decode()
    assert not mail.outbox
    admin_client.post(f"{BOOKINGS}edit/{booked.pk}/", {"try_again": "on"})
    assert mails.health_line()[1]
    call_command("send_event_mail")
    assert [message.to for message in mail.outbox] == [["p1@example.org"]]


def test_a_mail_of_a_hidden_event_waits_until_it_is_public_again(an_event: Make) -> None:
    pair = an_event()
    sign_up(the_date(pair), 1)
    EventPage.objects.filter(translation_key=pair.en.translation_key).update(live=False)
    call_command("send_event_mail")
    assert not mail.outbox
    assert EventMail.objects.get().sent_at is None
    EventPage.objects.filter(pk=pair.cy.pk).update(live=True)
    call_command("send_event_mail")
    assert pair.cy.title in mail.outbox[0].subject


def mails_with(words: str) -> list[str]:
    return [message.to[0] for message in mail.outbox if words in message.body]


def test_only_confirmed_people_with_a_place_are_sent_the_address_and_only_when_its_time_has_come(
    an_event: Make, admin_user: Any
) -> None:
    one = the_date(an_event(capacity=2))
    booked = [sign_up(one, number) for number in range(3)]
    for number in (0, 2):  # the second has a place but nobody confirmed it; the third waits
        booking.approve(booked[number], admin_user)
    call_command("send_event_mail")
    assert not mails_with(VENUE)
    with time_machine.travel(one.starts - timedelta(days=1)):
        call_command("send_event_mail")
        call_command("send_event_mail")
        assert mails_with(VENUE) == ["p0@example.org"]
        booking.approve(booked[1], admin_user)
        call_command("send_event_mail")
    assert mails_with(VENUE) == ["p0@example.org", "p1@example.org"]
    assert not mails_with(LINK)


@pytest.mark.parametrize(
    "change", [{"venue": "Neuadd Arall"}, {"mode": "both"}, {"mode": "online"}, {"venue": ""}]
)
def test_whoever_was_told_the_place_is_told_once_when_it_changes(
    an_event: Make, admin_user: Any, change: dict[str, str]
) -> None:
    pair = an_event()
    one = the_date(pair)
    told, waits_for_it = sign_up(one, 0), sign_up(one, 1)
    booking.approve(told, admin_user)
    with time_machine.travel(one.starts - timedelta(days=1)):
        call_command("send_event_mail")
        mail.outbox.clear()
        EventPage.objects.filter(translation_key=pair.en.translation_key).update(**change)
        for _twice in range(2):
            dates.write_dates(EventPage.objects.get(pk=pair.en.pk))
            call_command("send_event_mail")
        assert [message.to for message in mail.outbox] == [["p0@example.org"]]
        new = {"mode": LINK}.get(next(iter(change)), change.get("venue", ""))
        assert new in mail.outbox[0].body
        assert "Mae rhywbeth wedi newid" in mail.outbox[0].subject
        assert waits_for_it.mails.filter(kind="changed").count() == 0


@pytest.mark.parametrize(
    ("where", "written_to"),
    [({"mode": "room"}, []), ({"mode": "room", "status": "online"}, ["p0@example.org"]),
     ({"mode": "both"}, ["p0@example.org"])],
)  # fmt: skip
def test_a_changed_link_is_told_only_to_those_who_join_by_it(
    an_event: Make, admin_user: Any, where: dict[str, str], written_to: list[str]
) -> None:
    pair = an_event(**where)
    one = the_date(pair)
    booking.approve(sign_up(one, 0), admin_user)
    with time_machine.travel(one.starts - timedelta(days=1)):
        call_command("send_event_mail")
        mail.outbox.clear()
        page = EventPage.objects.get(pk=pair.en.pk)
        page.joining_link = f"{LINK}-other"
        dates.write_dates(page)
        told = EventMail.objects.filter(kind="changed").values_list("registration__email")
        assert [address for (address,) in told] == written_to


def test_the_last_place_told_is_the_true_one_even_after_a_change_back(
    an_event: Make, admin_user: Any
) -> None:
    pair = an_event()
    one = the_date(pair)
    booking.approve(sign_up(one, 0), admin_user)
    with time_machine.travel(one.starts - timedelta(days=1)):
        for venue in (VENUE, "Neuadd Arall", VENUE):
            EventPage.objects.filter(translation_key=pair.en.translation_key).update(venue=venue)
            dates.write_dates(EventPage.objects.get(pk=pair.en.pk))
            call_command("send_event_mail")
            assert venue in mail.outbox[-1].body
    assert len(mail.outbox) == 4 - 1


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


def test_a_series_that_moves_to_another_hour_takes_its_bookings_with_it(an_event: Make) -> None:
    pair = an_event(repeats="week", starts_on=timezone.localdate() - timedelta(days=14))
    all_dates = Occurrence.objects.filter(translation_key=pair.en.translation_key)
    before, one = list(all_dates), all_dates.filter(starts__gt=timezone.now()).first()
    assert one is not None
    sign_up(one, 1)
    page = EventPage.objects.get(pk=pair.en.pk)
    page.starts_at, page.ends_at = time(14), time(16)
    dates.write_dates(page)
    after = list(all_dates)
    assert [row.pk for row in after] == [row.pk for row in before]
    assert {row.status for row in after} == {"scheduled"}
    assert dates.wall(after[0].starts).hour == 11  # what is over took place when it took place
    assert dates.wall(all_dates.get(pk=one.pk).starts).hour == 14
    call_command("send_event_mail")
    assert "2pm" in mail.outbox[-1].body
    assert "Mae rhywbeth wedi newid" in mail.outbox[-1].subject


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
    path = reverse("event_place", args=[sign_up(one, 1).token])
    assert client.get(path).status_code == 200
    assert one.registrations.exists()
    assert client.post(path).status_code == 200
    assert not one.registrations.exists()
    assert client.get(path).status_code == 410
    assert client.get(path[:-3] + "xx/").status_code == 410


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [("en", "is not on the site at the moment", "10 January 2030"),
     ("cy", "ar y wefan ar hyn o bryd", "10 Ionawr 2030")],
)  # fmt: skip
def test_a_place_on_a_hidden_event_can_still_be_given_up(
    client: Client, an_event: Make, language: str, words: str, day: str
) -> None:
    pair = an_event(starts_on=date(2030, 1, 10))
    with translation.override(language):
        path = reverse("event_place", args=[sign_up(the_date(pair), 1).token])
    pairs.unpublish_pair(pair.en)
    html = client.get(path).content.decode()
    assert words in html and day in html and "<form" in html
    assert pair.en.title not in html and pair.cy.title not in html
    html = client.post(path).content.decode()
    assert not Registration.objects.exists() and "<form" not in html
    assert client.get(path).status_code == 410


@pytest.fixture
def publisher(client: Client, db: Any) -> Client:
    user = get_user_model().objects.create_user(email="c@example.org", password="x" * 20)
    user.groups.add(Group.objects.get(name__endswith="· Publishers"))
    client.force_login(user)
    return client


def test_a_publisher_sees_names_and_needs_and_no_address_of_anybody(
    publisher: Client, an_event: Make
) -> None:
    pair = an_event()
    booked = sign_up(the_date(pair), 1, needs="Ramp", name="Mari")
    for path in (BOOKINGS, f"{BOOKINGS}?mail_failed=false&is_open=true", f"{BOOKINGS}?q=Mari",
                 f"{BOOKINGS}edit/{booked.pk}/"):  # fmt: skip
        html = publisher.get(path).content.decode()
        assert "Ramp" in html
        assert "p1@example.org" not in html
    assert f'href="{BOOKINGS}edit/{booked.pk}/"' in publisher.get(BOOKINGS).content.decode()


def test_a_publisher_confirms_and_takes_back_and_no_booking_is_made_by_staff(
    publisher: Client, an_event: Make
) -> None:
    booked = sign_up(the_date(an_event()), 1)
    path = f"{BOOKINGS}edit/{booked.pk}/"
    publisher.post(path, {"is_approved": "on"})
    booked.refresh_from_db()
    assert str(booked.approved_by.email) == "c@example.org"
    publisher.post(path, {"try_again": "on"})  # opened before it was confirmed
    booked.refresh_from_db()
    assert booked.approved_at
    publisher.post(path, {"initial-is_approved": "True"})
    booked.refresh_from_db()
    assert (booked.approved_at, booked.approved_by) == (None, None)
    publisher.get(f"{BOOKINGS}new/")
    publisher.post(f"{BOOKINGS}new/", {})
    assert Registration.objects.count() == 1


def test_a_booking_that_staff_delete_gives_its_place_to_the_queue(
    publisher: Client, an_event: Make
) -> None:
    one = the_date(an_event(capacity=1))
    first, second = sign_up(one, 1), sign_up(one, 2)
    publisher.post(f"{BOOKINGS}delete/{first.pk}/")
    assert [(row.pk, row.state) for row in one.registrations.all()] == [(second.pk, "place")]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "have booked dates to come: 2."), ("cy", "dyddiadau i ddod: 2.")]
)
def test_whoever_takes_an_event_off_the_site_is_told_of_the_people_who_have_booked(
    admin_client: Client, admin_user: Any, an_event: Make, language: str, words: str
) -> None:
    UserProfile.objects.create(user=admin_user, preferred_language=language)
    pair = an_event()
    one = the_date(pair)
    sign_up(one, 1), sign_up(one, 2)
    screens = [f"/admin/pages/{page.pk}/{screen}/" for page in (pair.cy, pair.en.get_parent())
               for screen in ("unpublish", "delete")]  # fmt: skip
    in_bulk = [f"/admin/bulk/wagtailcore/page/{action}/?id={pair.en.pk}&next=/admin/"
               for action in ("unpublish", "delete")]  # fmt: skip
    for address in screens:
        assert words in admin_client.get(address).content.decode()
    for address in in_bulk:
        assert words in admin_client.post(address, follow=True).content.decode()
        assert EventPage.objects.live().count() == 2
    Occurrence.objects.update(status="cancelled")  # they were told
    for address in screens:
        assert words not in admin_client.get(address).content.decode()
    admin_client.post(in_bulk[0])
    assert not EventPage.objects.live().exists()


@pytest.mark.parametrize("role", ["Authors", "Translators: Welsh", "Library", "Administrators"])
def test_others_of_the_staff_see_no_bookings(client: Client, an_event: Make, role: str) -> None:
    booked = sign_up(the_date(an_event()), 1, name="Mari")
    user = get_user_model().objects.create_user(email="c@example.org", password="x" * 20)
    user.groups.add(Group.objects.get(name__endswith=f"· {role}"))
    client.force_login(user)
    for path in (BOOKINGS, f"{BOOKINGS}edit/{booked.pk}/", f"{BOOKINGS}delete/{booked.pk}/"):
        assert "Mari" not in client.get(path).content.decode()
        client.post(path, {"is_approved": "on"})
    booked.refresh_from_db()
    assert booked.approved_at is None
