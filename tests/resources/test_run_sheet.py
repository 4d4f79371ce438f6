"""The run-sheet: one session on a phone, in both languages, with a script that nobody needs."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.resources.material import TEXTS, resource

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "end"), [("en", "run/"), ("cy", "cynnal/")])
def test_the_run_sheet_has_the_plan_the_notes_and_the_cards(
    client: Client, language: str, end: str
) -> None:
    pair = resource()
    side = pair.side(language)
    assert f'href="{side.url}{end}"' in client.get(side.url).content.decode()
    answer = client.get(f"{side.url}{end}")
    page = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies
    assert page.count('class="plan__step ') == 2
    notes = TEXTS[language]["notes"]
    assert notes in page and TEXTS[language]["card"] in page
    other = {"en": ("cy", "cynnal/"), "cy": ("en", "run/")}[language]
    assert f'href="{pair.side(other[0]).url}{other[1]}"' in page


def test_a_resource_without_a_plan_has_no_run_sheet(client: Client) -> None:
    pair = resource(rich=False)
    assert client.get(f"{pair.en.url}run/").status_code == 404
    assert "run/" not in client.get(pair.en.url).content.decode()


def test_the_scripts_of_a_page_weigh_three_kilobytes_at_most_when_sent(client: Client) -> None:
    """Every page has one script; a run-sheet has two more, the pages with a search field one."""
    folder = Path(settings.BASE_DIR) / "static" / "js"
    weight = {path.name: len(gzip.compress(path.read_bytes())) for path in folder.glob("*.js")}
    sheet = weight.pop("run-sheet.js") + weight.pop("run-sheet-worker.js")
    assert weight.pop("page.js") + max(sheet, weight.pop("suggestions.js")) <= 3 * 1024
    assert weight == {}  # a new script is given its page here
    answer = client.get("/run-sheet-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
