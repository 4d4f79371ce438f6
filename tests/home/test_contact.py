"""The contact form: words are never lost, machines are held back, nothing is kept too long."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from home.contact import MESSAGES_PER_HOUR, new_token
from home.models import ContactMessage

pytestmark = pytest.mark.django_db
PATH = "/cy/cysylltu/"


def answers(**changes: str) -> dict[str, str]:
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        token = new_token()
    filled = {"email": "someone@example.org", "language": "cy", "message": "Helo"}
    return {**filled, "token": token, **changes}


def test_a_message_is_kept_and_mail_says_only_that_there_is_one(client: Client) -> None:
    response = client.post(PATH, answers())
    assert response.status_code == 200
    assert ContactMessage.objects.get().message == "Helo"
    assert "Helo" not in mail.outbox[0].body
    assert not response.cookies


def test_a_mistake_is_said_in_welsh_and_the_words_stay(client: Client) -> None:
    response = client.post(PATH, answers(email="nobody"))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Rhowch gyfeiriad e-bost ag @ ynddo" in html
    assert "Helo" in html
    assert not ContactMessage.objects.exists()


def test_a_machine_is_thanked_and_nothing_is_kept(client: Client) -> None:
    assert client.post(PATH, answers(website="spam")).status_code == 200
    assert not ContactMessage.objects.exists()


def test_who_is_too_quick_is_asked_to_send_again_and_loses_nothing(client: Client) -> None:
    response = client.post(PATH, answers(token=new_token()))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Roedd hynny’n gyflym iawn" in html and "Helo" in html
    assert not ContactMessage.objects.exists()
    again = re.search(r'name="token" value="([^"]+)"', html)
    assert again
    assert client.post(PATH, answers(token=unescape(again[1]))).status_code == 200
    assert ContactMessage.objects.exists()


def test_another_site_cannot_send_the_form(client: Client) -> None:
    response = client.post(PATH, answers(), headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert not ContactMessage.objects.exists()


def test_a_flood_is_stopped_with_a_sentence(client: Client) -> None:
    for _ in range(MESSAGES_PER_HOUR):
        assert client.post(PATH, answers()).status_code == 200
    assert client.post(PATH, answers()).status_code == 429
    assert ContactMessage.objects.count() == MESSAGES_PER_HOUR


def test_mail_that_is_down_loses_no_message(client: Client, monkeypatch: Any) -> None:
    def refuse(self: object) -> None:
        raise OSError("no mail server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert client.post(PATH, answers()).status_code == 200
    assert ContactMessage.objects.exists()


def test_messages_are_deleted_after_their_day(client: Client) -> None:
    client.post(PATH, answers())
    ContactMessage.objects.update(keep_until=date.today() - timedelta(days=1))
    call_command("purge_messages")
    assert not ContactMessage.objects.exists()
