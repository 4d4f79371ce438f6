"""A session report: five answers, no name, public only after approval."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.terms import Term
from core.visitor_forms import new_token
from network.models import CountyPage
from resources.models import ResourcePage, SessionReport, WorkshopPage, WorkshopResource
from tests.factories.pairs import make_pair
from tests.resources.material import resource

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


def held_on(client: Client, url: str) -> list[str]:
    """The numbers under “Training sessions held” of a page."""
    page = client.get(url).content.decode()
    _before, found, after = page.partition('id="sessions-held"')
    return re.findall(r"<dd>(\d+)</dd>", after.partition("</section>")[0]) if found else []


@pytest.mark.parametrize("path", PATHS)
def test_a_report_counts_only_once_staff_have_approved_it(client: Client, path: str) -> None:
    assert send(client, path).status_code == 200
    report = SessionReport.objects.get()
    assert (report.people, report.committed, report.status) == (12, 7, "waiting")
    assert "Powys. " not in client.get(path).content.decode()
    county = CountyPage.objects.get(county__key="powys", locale__language_code=path[1:3])
    assert not held_on(client, county.url)
    report.status = report.Status.APPROVED
    report.save()
    assert "Powys. " in client.get(path).content.decode()
    assert held_on(client, county.url) == ["1", "12", "7"]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_workshop_shows_what_was_approved_and_leads_to_its_run_sheet(
    client: Client, language: str
) -> None:
    material = resource()
    pair = make_pair(
        WorkshopPage, packed_resources=lambda: [WorkshopResource(resource=material.en)]
    )
    side = next(page for page in pair if page.locale.language_code == language)
    for status, people in (("approved", 10), ("approved", 5), ("waiting", 90), ("refused", 80)):
        SessionReport.objects.create(
            page=pair[0], month=date(2026, 5, 1), status=status, people=people, committed=3,
            county=Term.objects.get(kind="county", key="powys"),
        )  # fmt: skip
    assert held_on(client, side.url) == ["2", "15", "6"]
    sheet = material.side(language).url + {"en": "run/", "cy": "cynnal/"}[language]
    assert f'href="{sheet}"' in client.get(side.url).content.decode()
    assert client.get(sheet).status_code == 200


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
