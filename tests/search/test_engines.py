"""Same words, same pages: Elasticsearch gives what the site's own database gives.

The whole suite runs on SQLite and on PostgreSQL, so that each is held to a real Elasticsearch.
"""

import random
import time
from itertools import cycle
from pathlib import Path

import pytest
from django.db import transaction
from django.test import RequestFactory, override_settings
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.models import StandardPage
from operations.search_evaluation import documents_of, publish, read_pairs
from search import rebuild
from search.backends.elasticsearch import breaker
from search.query import parse
from search.results import find
from tests.bench.many_pages import plant, vocabulary
from tests.search.bad_inputs import BAD_INPUTS
from tests.search.engines import DATABASE, backends, differences, settle

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]
PAIRS = 25
LONGEST_ANSWER = 2.0  # seconds
OWN = Path(__file__).parents[1] / "welsh" / "pairs.tsv"


@pytest.fixture(scope="module")
def filled(node, django_db_setup, django_db_blocker):
    """Pages in the database and in both engines, once for all tests here: each runs inside this
    transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant(PAIRS)
        with override_settings(WAGTAILSEARCH_BACKENDS=backends(node.url)):
            rebuild.rebuild(say=lambda line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def planted(filled, node, use_engine, patient):
    use_engine(node.url)
    settle()  # another test may have left pages in the engine


def queries(count: int, seed: int = 5) -> list[tuple[str, str]]:
    """Words of the pages, frequent and rare, alone and together, as a phrase and as a piece."""
    chance = random.Random(seed)
    made = []
    for language in ("cy", "en"):
        words, _counts = vocabulary(language)
        for _number in range(count // 2):
            some = " ".join(chance.sample(words, chance.choice((1, 1, 1, 2, 3))))
            made.append((chance.choice((some, some, some.upper(), f'"{some}"')), language))
    return made


def ids_of(backend, text, language):
    query = parse({"q": text}, language)
    pages = Page.objects.live().filter(locale__language_code=language)
    pages = Page.objects.live().filter(locale_id=pages[0].locale_id)
    return [page.pk for page in backend.search(query.for_engine(), pages)] if query else []


def test_every_query_gives_the_same_pages_in_the_same_order(planted):
    engine, database = get_search_backend(), get_search_backend("database")
    found = 0
    for text, language in queries(150):
        ours = ids_of(engine, text, language)
        assert ours == ids_of(database, text, language), (text, language)
        found += len(ours)
    assert not breaker.is_open(), "the database answered for itself"
    assert found > 200


def test_our_own_word_pairs_find_the_same_pages(elasticsearch, patient):
    """A third of them; `make proof` asks the public page for all."""
    pairs = read_pairs(OWN)[::3]
    publish(documents_of(pairs))
    rebuild.rebuild_backend("database")  # pages that migrations planted are in no index yet
    engine, database = get_search_backend(), get_search_backend("database")
    found = 0
    for text in sorted({pair.query for pair in pairs}):
        ours = ids_of(engine, text, "cy")
        assert ours == ids_of(database, text, "cy"), text
        found += bool(ours)
    assert not breaker.is_open(), "the database answered for itself"
    assert found > 100


def test_the_results_page_says_the_same(planted, settings):
    request = RequestFactory().get("/")
    asked = [
        parse({"q": text, "page": "2", "sort": sort}, language)
        for (text, language), sort in zip(queries(20, seed=6), cycle(("best", "newest")))
    ]
    by_engine = [find(query, request) for query in asked]
    assert not breaker.is_open(), "the database answered for itself"
    settings.WAGTAILSEARCH_BACKENDS = {"default": DATABASE}
    assert [find(query, request) for query in asked] == by_engine


@pytest.mark.parametrize("engine", ["elasticsearch", "database"])
def test_hostile_words_harm_no_engine_and_are_answered_in_time(
    planted, client, settings, monkeypatch, engine
):
    monkeypatch.setattr("search.views.SEARCHES_A_MINUTE", 10**9)
    if engine == "database":
        settings.WAGTAILSEARCH_BACKENDS = {"default": DATABASE}
    client.get("/cy/chwilio/", {"q": "croeso"})  # loads the dictionaries
    odd = cycle(({}, {"page": "-1"}, {"page": f"{10**22}", "kind": "nothing"}))
    for text, more in zip(BAD_INPUTS, odd, strict=False):
        bare = text[:1200].translate({0: None, 0xD800: None, 0xDFFF: None})  # others are refused
        asked = {"q": bare, "page": bare[:30], "kind": bare[:30], "topic": bare[:30]}
        begun = time.monotonic()
        answer = client.get("/cy/chwilio/", asked | more)
        assert time.monotonic() - begun < LONGEST_ANSWER, text[:50]
        assert answer.status_code == 200, text[:50]
        assert not answer.context["results"].failed, text[:50]
    assert not breaker.is_open(), "the engine refused a query"


def test_prefixes_facets_and_lists_beyond_the_window_are_the_same(planted):
    engine, database = get_search_backend(), get_search_backend("database")
    words, _counts = vocabulary("cy")
    pages = StandardPage.objects.all()
    for word in words[:40]:
        prefix = word[:4]
        ours = [page.pk for page in engine.autocomplete(prefix, pages)]
        assert ours == [page.pk for page in database.autocomplete(prefix, pages)], prefix
    for field in ("locale_id", "live", "content_type_id"):
        asked = parse({"q": words[0]}, "cy").for_engine()
        ours = dict(engine.search(asked, Page.objects.all()).facet(field))
        assert ours == dict(database.search(asked, Page.objects.all()).facet(field)), field
    assert list(engine.search(words[0], pages)[10_000:10_020]) == []
    assert not breaker.is_open(), "the engine refused a query"


def test_the_index_equals_the_database_after_a_rebuild(planted):
    assert differences() == {}
