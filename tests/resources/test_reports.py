"""A session report: five answers, no name, public only after approval."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from core.visitor_forms import new_token
from resources.models import ResourcePage, SessionReport
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
PATHS = ("/en/workshops/report/", "/cy/gweithdai/adroddiad/")


def send(client: Client, path: str, **changes: Any) -> Any:
    page = make_pair(ResourcePage)[0]
    with time_machine.travel(1_780_000_000):
        token = new_token()
    answers = {
        "subject": str(page.translation_key), "month": "2026-05", "county": "powys",
        "people": "12", "committed": "7", "token": token, **changes,
    }  # fmt: skip
    with time_machine.travel(1_780_000_060):
        return client.post(path, answers)


@pytest.mark.parametrize("path", PATHS)
def test_a_report_counts_only_once_staff_have_approved_it(client: Client, path: str) -> None:
    assert send(client, path).status_code == 200
    report = SessionReport.objects.get()
    assert (report.people, report.committed, report.status) == (12, 7, "waiting")
    assert "Powys. " not in client.get(path).content.decode()
    SessionReport.objects.update(status="approved")
    assert "Powys. " in client.get(path).content.decode()


@pytest.mark.parametrize(
    "changes",
    [{"people": "0"}, {"people": "-5"}, {"people": "1" * 22}, {"committed": "13"},
     {"month": "2099-01"}, {"month": "x"}, {"county": "Mars"}, {"subject": "x"}, {"token": "x"}],
)  # fmt: skip
def test_a_slip_is_said_and_nothing_is_lost(client: Client, changes: dict[str, str]) -> None:
    response = send(client, PATHS[0], **changes)
    assert response.status_code == 422
    assert not SessionReport.objects.exists()


def test_a_machine_that_fills_the_hidden_field_is_not_counted(client: Client) -> None:
    assert send(client, PATHS[0], website="x").status_code == 200
    assert not SessionReport.objects.exists()
