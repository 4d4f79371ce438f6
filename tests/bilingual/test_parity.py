"""Both languages in numbers: for staff page by page, for readers in sum."""

import csv
from typing import Any

import pytest
from django.urls import reverse

from bilingual import pairs, parity
from bilingual.exceptions import GoAhead
from tests.bilingual.conftest import new_page

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
    counted = parity.summary(found)
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


def test_the_numbers_cost_the_same_for_one_pair_and_for_many(
    homes, django_assert_max_num_queries
) -> None:
    for number in range(5):
        pairs.create_pair(homes["en"], new_page(f"P {number}"), new_page(f"T {number}", "cy"),
                          publish=True)  # fmt: skip
    parity.summary(parity.rows())  # content types are known from here on
    with django_assert_max_num_queries(5):
        assert parity.summary(parity.rows()).pairs >= 5
