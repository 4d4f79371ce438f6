"""Both languages in numbers: for staff page by page, for readers in sum."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bilingual import pairs, parity
from bilingual.exceptions import GoAhead
from bilingual.models import LanguageException
from resources.models import ResourcePage, ResourceVideo
from tests.bilingual.conftest import new_page
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(homes: Any) -> pairs.Pair:
    """“=First” is public in English, and the Welsh is due."""
    pair = pairs.create_pair(homes["en"], new_page("=First"), new_page("Cyntaf", "cy"))
    pairs.publish_alone(pair.en, GoAhead("alone", "Urgent"))
    return pair


def test_the_report_lists_what_is_behind_first_and_counts_all(alone, live_pair) -> None:
    found = parity.rows()
    assert (found[0].state, found[0].titles) == ("english", {"en": "=First"})
    counted = parity.summary()
    assert counted.only_english == 1
    assert counted.complete == counted.pairs - 1
    assert counted.share < 100


def test_the_report_filters_and_gives_a_file_without_formulas(client, administrator, alone) -> None:
    client.force_login(administrator)
    address = reverse("parity_report")
    page = client.get(address, {"state": "english", "kind": "nonsense"})
    assert [row.titles["en"] for row in page.context["rows"]] == ["=First"]
    file = client.get(address, {"state": "english", "export": "csv"}).content.decode("utf-8-sig")
    header, row = csv.reader(file.splitlines())
    assert row[:2] == ["", "'=First"]
    assert len(header) == len(row)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/en/welsh-and-english/", "Only in English"),
        ("/cy/cymraeg-a-saesneg/", "Yn Saesneg yn unig"),
    ],
)
def test_readers_see_the_numbers_in_their_language_and_no_title(
    client, alone, address, says
) -> None:
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page
    assert "=First" not in page.partition("<main")[2].partition("</main>")[0]
    assert 'hreflang="cy"' in page
    assert not answer.cookies


def test_the_numbers_are_counted_once_and_anew_when_a_pair_changes(
    client, homes, alone, django_assert_max_num_queries, django_capture_on_commit_callbacks
) -> None:
    before = client.get("/en/welsh-and-english/").context["summary"]
    with django_assert_max_num_queries(5):
        client.get("/cy/cymraeg-a-saesneg/")
    with django_capture_on_commit_callbacks(execute=True):
        pairs.publish_pair(alone.en)
    after = client.get("/en/welsh-and-english/").context["summary"]
    assert (before.only_english, after.only_english) == (1, 0)
    assert after.complete == before.complete + 1


def test_the_numbers_agree_with_the_rows_and_cost_the_same_for_many(
    homes, alone, django_assert_max_num_queries
) -> None:
    for number in range(5):
        pairs.create_pair(homes["en"], new_page(f"P {number}"), new_page(f"T {number}", "cy"),
                          publish=True)  # fmt: skip
    behind = pairs.create_pair(homes["en"], new_page("Old"), new_page("Hen", "cy"), publish=True)
    draft = pairs.latest_draft(behind.cy)
    draft.title = "Newydd"
    draft.save_revision()
    pairs.publish_pair(
        behind.cy, go_ahead=GoAhead("newer", "Urgent", timezone.localdate() - timedelta(days=2))
    )
    LanguageException.objects.filter(kind="newer").update(
        opened_at=timezone.now() - timedelta(days=9)
    )
    found = parity.rows()  # content types are known from here on
    parity.summary()
    with django_assert_max_num_queries(5):
        counted = parity.summary()
    states = [row.state for row in found]
    assert (counted.pairs, counted.complete) == (len(found), states.count("both"))
    assert (counted.only_english, counted.only_welsh) == (1, 0)
    assert (counted.behind, counted.overdue, counted.oldest) == (1, 1, 9)


def test_films_with_captions_are_counted_by_language(client, administrator, homes) -> None:
    page, _twin = make_pair(ResourcePage)
    for side in ResourcePage.objects.filter(translation_key=page.translation_key):
        ResourceVideo.objects.create(
            page=side,
            address="https://film.example/1", language="cy", title_cy="Ffilm", title_en="Film",
            is_captioned=True,
        )  # fmt: skip
    [films] = [row for row in parity.summary().figures if row.label == "Films with captions"]
    assert (films.english, films.welsh, films.both) == (0, 1, 0)
    client.force_login(administrator)
    assert "Films with captions" in client.get(reverse("parity_report")).content.decode()
