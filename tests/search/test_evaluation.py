"""Search measured on word pairs, through the public page of the engine in use.

A file of pairs has the columns query, document, same_lemma, category. For each document form one
Welsh page that holds only this form is published; a pair counts as found when its page is among
the results of its query. The pairs are never copied into this repository: their file is named by
WELSH_PAIRS or lies beside the checkout, and without it these tests are skipped.
"""

import os
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from wagtail.models import Page

from bilingual import door
from core.vocabulary import COUNTIES
from home.models import StandardPage
from search import texts
from tests.welsh.test_words import PLACES
from welsh.mutations import mutated_forms

pytestmark = pytest.mark.django_db
CY, EN = "/cy/chwilio/", "/en/search/"
BESIDE = Path(__file__).parents[3] / "shared" / "data" / "welsh" / "welsh-dev.tsv"
NOT_SCORED = {"preposition", "function-word"}  # function words: left out by design


@dataclass(frozen=True)
class Pair:
    query: str
    document: str
    category: str

    @property
    def is_scored(self) -> bool:
        return not self.category.startswith("neg-") and self.category not in NOT_SCORED


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """All pairs of the file. One that is there and cannot be read is an error."""
    named = os.environ.get("WELSH_PAIRS")
    path = Path(named) if named else BESIDE
    if not named and not path.exists():
        warnings.warn("No file of Welsh word pairs: search is not measured.", stacklevel=1)
        pytest.skip("no file of word pairs (WELSH_PAIRS)")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert rows[0][:2] == ["query", "document"]
    return [Pair(query, document, category) for query, document, _same, category in rows[1:]]


@pytest.fixture
def without_limit(monkeypatch):
    monkeypatch.setattr("search.views.SEARCHES_A_MINUTE", 10**9)
    monkeypatch.setattr("search.in_vain.MOST_AN_HOUR", 0)


def publish(home: Page, documents: list[str], language: str = "cy") -> None:
    """A live page for each document form; its title and address are only its number."""
    parent = StandardPage(title="Geirfa", slug="geirfa", locale=home.locale, live=True)
    ids = []
    with door.opened():
        Page.objects.get(pk=home.pk).add_child(instance=parent)
        for number, document in enumerate(documents):
            page = StandardPage(
                title=f"x{number}x", slug=f"x{number}x", summary=document, locale=home.locale,
                live=True,
            )  # fmt: skip
            parent.add_child(instance=page)
            ids.append(page.pk)
    texts.remember(ids)


def numbers_found(client, query: str, address: str = CY) -> set[int]:
    """The numbers of all result pages, read from the public page and those after it."""
    found: set[int] = set()
    for page in range(1, 101):
        html = client.get(address, {"q": query, "page": page}).content.decode()
        found |= {int(number) for number in re.findall(r'href="/\w\w/geirfa/x(\d+)x/"', html)}
        if f"page={page + 1}" not in html:
            break
    return found


def measured(client, home: Page, pairs: list[Pair]) -> dict[str, float]:
    """Per cent of pairs found for each category, and “all” for the scored ones together."""
    documents = sorted({pair.document for pair in pairs})
    number_of = {document: number for number, document in enumerate(documents)}
    publish(home, documents)
    answers = {query: numbers_found(client, query) for query in {pair.query for pair in pairs}}
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for pair in pairs:
        for group in {pair.category, "all" if pair.is_scored else pair.category}:
            asked[group] += 1
            found[group] += number_of[pair.document] in answers[pair.query]
    return {group: 100 * found[group] / asked[group] for group in sorted(asked)}


def test_a_sample_of_the_word_pairs_is_found(client, site_trees, pairs, without_limit):
    figures = measured(client, site_trees["cy"], pairs[:: len(pairs) // 80])
    assert figures["all"] >= 90
    assert figures.get("neg-random", 0) == 0
    assert figures.get("neg-near", 0) <= 10


@pytest.mark.slow
def test_all_word_pairs_pass_the_gates(client, site_trees, pairs, without_limit):
    figures = measured(client, site_trees["cy"], pairs)
    scored = {pair.category for pair in pairs if pair.is_scored}
    print("\nWelsh word pairs: " + ", ".join(f"{k} {v:.1f} %" for k, v in figures.items()))
    assert figures["all"] >= 93
    assert min(figures[category] for category in scored) >= 75
    assert figures["neg-near"] <= 4
    assert figures["neg-nonradical"] <= 5
    assert figures["neg-random"] == 0


@pytest.mark.slow
def test_places_are_found_in_every_mutation_through_the_page(client, site_trees, without_limit):
    names = [name.split()[0] for name in [*(row[2] for row in COUNTIES), *PLACES]]
    names = sorted({name for name in names if name != "Sir"})
    written = [form for name in names for form in (name, *_mutated(name))]
    publish(site_trees["cy"], [f"gwaith {form}" for form in written])
    number, tried, found = 0, 0, 0
    for name in names:
        forms = (name, *_mutated(name))
        own = set(range(number, number + len(forms)))
        number += len(forms)
        for form in forms:
            tried += len(own)
            found += len(own & numbers_found(client, form))
    print(f"\nWelsh places in all mutations, through the page: {100 * found / tried:.1f} %")
    assert found >= 0.98 * tried


def _mutated(name: str) -> list[str]:
    return [form.capitalize() for form in mutated_forms(name.lower())]


def test_the_pages_of_the_terms_are_found_from_the_other_language(client, make_pair, without_limit):
    """Cross-language search on pairs made from the site's own vocabulary."""
    from core.vocabulary import TERMS

    names = {(row[1], row[2]) for row in COUNTIES} | {(row[2], row[3]) for row in TERMS}
    pairs = {english: make_pair(english, welsh) for english, welsh in sorted(names)[::5]}
    tried = found = 0
    for english, welsh in pairs.values():
        for asked, wanted, address in ((english, welsh, CY), (welsh, english, EN)):
            tried += 1
            html = "".join(
                client.get(address, {"q": asked.title, "page": page}).content.decode()
                for page in (1, 2)
            )
            found += f'href="{wanted.url}"' in html
    print(f"\nFound from the other language: {100 * found / tried:.1f} %")
    assert found >= 0.98 * tried
