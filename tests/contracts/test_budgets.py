"""Budgets of queries and bytes: equal for both languages, independent of how much there is."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bilingual.models import PairedPage
from case_studies.models import CaseStudyPage
from facts.models import FactPage
from home.models import HomePage
from tests.contracts.test_every_page import LANGUAGES, TYPES, of_language, take_down
from tests.factories.pairs import label_of, make_pair

pytestmark = pytest.mark.django_db
ARTICLE_QUERIES, LIST_QUERIES = 6, 12
LISTS = {
    "home.HomePage", "case_studies.StoryIndexPage", "facts.FactIndexPage", "network.NearYouPage",
    "network.CountyPage", "network.GroupPage", "network.StreamPage", "network.NetworkPage",
    "events.EventIndexPage",
}  # fmt: skip
FIRST_VISIT_BYTES, FURTHER_PAGE_BYTES = 50 * 1024, 8 * 1024
SCRIPT_BYTES = 1536


def queries_of(client: Client, path: str) -> int:
    """Queries of a warm view: the first request fills what a process keeps."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def static_bytes(name: str, compress: bool) -> int:
    content = Path(str(finders.find(name))).read_bytes()
    return len(gzip.compress(content, 6) if compress else content)


@pytest.mark.parametrize("model", TYPES)
def test_queries_stay_within_the_budget_and_are_equal_in_both_languages(
    client: Client, model: type[PairedPage]
) -> None:
    pair = make_pair(model)
    counts = {code: queries_of(client, of_language(pair, code).url) for code in LANGUAGES}
    assert counts["en"] == counts["cy"]
    assert counts["en"] <= (LIST_QUERIES if label_of(model) in LISTS else ARTICLE_QUERIES), counts


def test_a_list_asks_as_often_for_one_story_as_for_eleven(client: Client) -> None:
    make_pair(CaseStudyPage)
    home = HomePage.objects.get(locale__language_code="cy").url
    one = queries_of(client, home + "straeon/"), queries_of(client, home)
    for _ in range(10):
        make_pair(CaseStudyPage)
    assert (queries_of(client, home + "straeon/"), queries_of(client, home)) == one


def test_a_list_asks_as_often_for_one_page_of_the_other_language_as_for_four(
    client: Client,
) -> None:
    lists = [f"/cy/{slug}/" for slug in ("straeon", "ffeithiau")]
    for model in (CaseStudyPage, FactPage):
        take_down(of_language(make_pair(model), "cy"))
    one = [queries_of(client, path) for path in lists]
    for model in (CaseStudyPage, FactPage):
        for _ in range(3):
            take_down(of_language(make_pair(model), "cy"))
    assert [queries_of(client, path) for path in lists] == one
    assert max(one) <= LIST_QUERIES + 2


@pytest.mark.parametrize("model", TYPES)
def test_a_first_visit_weighs_less_than_a_letter(client: Client, model: type[PairedPage]) -> None:
    pair = make_pair(model)
    sizes = {
        code: len(gzip.compress(client.get(of_language(pair, code).url).content, 6))
        for code in LANGUAGES
    }
    shared = (
        static_bytes("css/site.css", compress=True)
        + static_bytes("fonts/text.woff2", compress=False)
        + static_bytes("fonts/display.woff2", compress=False)
        + static_bytes("js/page.js", compress=True)
    )
    assert abs(sizes["cy"] - sizes["en"]) <= 0.05 * max(sizes.values())
    for size in sizes.values():
        assert size <= FURTHER_PAGE_BYTES
        assert size + shared <= FIRST_VISIT_BYTES


@pytest.mark.parametrize("model", TYPES)
def test_a_first_visit_makes_at_most_five_requests_with_the_quick_exit_too(
    client: Client, model: type[PairedPage]
) -> None:
    """The page, its sheet, two fonts, one script; the icon is counted apart, as in the design."""
    pair = make_pair(model)
    model.objects.filter(pk__in=[page.pk for page in pair]).update(quick_exit=True)
    for language in LANGUAGES:
        html = client.get(of_language(pair, language).url).content.decode()
        asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
        icons = set(re.findall(r'<link rel="icon" href="([^"]+)"', html))
        assert 'class="exit__go"' in html
        assert len(icons) == 1
        assert 1 + len(asked - icons) <= 5, asked
    assert settings.STATIC_URL == "/static/"


def test_the_script_of_every_page_is_light() -> None:
    page = static_bytes("js/page.js", compress=True)
    assert 0 < page <= SCRIPT_BYTES
    suggestions = static_bytes("js/suggestions.js", compress=True)  # on the first use of the field
    assert 0 < suggestions <= 3 * 1024 - page


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unchanged_page_is_not_sent_twice_and_is_the_same_for_everybody(
    client: Client, language: str
) -> None:
    first = client.get(f"/{language}/")
    assert client.get(f"/{language}/").content == first.content
    again = client.get(f"/{language}/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
