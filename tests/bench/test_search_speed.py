"""How fast the whole results page is, against an uncached story and stock modelsearch.

    make proof                       # 5,000 pages
    SEARCH_PAGES=50000 make proof    # and how the time grows from 5,000 to 50,000

Everything is measured in one process in turns, so that the ratios hold on any machine. Each
database measures itself and a real Elasticsearch.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from case_studies.models import CaseStudyPage
from search import rebuild
from search.backends.elasticsearch import breaker
from search.query import parse
from tests.bench.many_pages import plant, vocabulary
from tests.factories import pairs
from tests.search.engines import DATABASE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SMALL, PAGES = 5_000, int(os.environ.get("SEARCH_PAGES", "5000"))
TURNS = 40
MOST_QUERIES = 12
STOCK = {
    "sqlite": ("modelsearch.backends.database.sqlite.sqlite", 40),
    "postgresql": ("modelsearch.backends.database.postgres.postgres", 5),
}
STORY_TIMES = 5
GROWTH = {"elasticsearch": 2, "sqlite": 5, "postgresql": 5}


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def words(count: int) -> list[str]:
    """Half of them among the thirty most frequent, half anywhere; one or two words."""
    chance = random.Random(9)
    known, counts = vocabulary("cy")
    frequent = [word for _count, word in sorted(zip(counts, known, strict=True))[-30:]]
    one = [chance.choice(frequent if number % 2 else known) for number in range(count)]
    return [f"{word} {chance.choice(known)}" if n % 3 == 0 else word for n, word in enumerate(one)]


def timed(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


class Bench:
    def __init__(self, client: Any, settings: Any, url: str) -> None:
        from tests.search.engines import backends

        self.client, self.settings = client, settings
        self.vendor = connection.vendor
        self.engines = {self.vendor: {"default": DATABASE}, "elasticsearch": backends(url)}
        _english, self.story = pairs.make_pair(CaseStudyPage)

    def use(self, engine: str) -> None:
        self.settings.WAGTAILSEARCH_BACKENDS = self.engines[engine]
        breaker.close()

    def fill(self, pairs_more: int) -> None:
        self.use("elasticsearch")
        plant(pairs_more, seed=pairs_more)
        begun = time.perf_counter()
        rebuild.rebuild(say=lambda line: None)
        get_search_backend().refresh_indexes()
        if self.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        print(f"\nindexed for both engines in {time.perf_counter() - begun:.0f} s")

    def results_page(self, text: str) -> None:
        answer = self.client.get("/cy/chwilio/", {"q": text})
        assert answer.status_code == 200 and not answer.context["results"].failed

    def story_page(self) -> None:
        assert self.client.get(self.story.url).status_code == 200

    def measure(self) -> dict[str, float]:
        """p95 in seconds of a story and of the results page of each engine."""
        times: dict[str, list[float]] = {"story": [], **{engine: [] for engine in self.engines}}
        for engine in self.engines:
            self.use(engine)
            for text in words(6):
                self.results_page(text)
        for text in words(TURNS):
            times["story"].append(timed(self.story_page))
            for engine in self.engines:
                self.use(engine)
                times[engine].append(timed(lambda text=text: self.results_page(text)))
                assert not breaker.is_open(), "the database answered for Elasticsearch"
        return {name: p95(seconds) for name, seconds in times.items()}

    def asked(self, module: str, turns: int) -> float:
        """p95 of the hits, the count and the facet of the same queries, asked of one backend."""
        backend = get_search_backend(module, SEARCH_CONFIG="simple")
        live = Page.objects.live().filter(locale=self.story.locale)

        def ask(text: str) -> None:
            query = parse({"q": text}, "cy").for_engine()
            found = backend.search(query, live)
            list(found[:20]), found.count(), found.facet("content_type_id")

        return p95([timed(lambda text=text: ask(text)) for text in words(turns)])


def test_results_are_quick_on_each_engine(site_trees, client, settings, node, patient, monkeypatch):
    monkeypatch.setattr("search.views.SEARCHES_A_MINUTE", 10**9)
    monkeypatch.setattr("search.in_vain.MOST_AN_HOUR", 0)
    bench = Bench(client, settings, node.url)
    bench.fill(SMALL // 2)
    small = bench.measure()
    for engine in bench.engines:
        ratio = small[engine] / small["story"]
        print(f"{SMALL} pages, {engine}: p95 {small[engine] * 1000:.0f} ms, {ratio:.1f} × a story")
    module, least = STOCK[bench.vendor]
    ours, stock = bench.asked(DATABASE["BACKEND"], 20), bench.asked(module, 20)
    print(f"{SMALL} pages, {bench.vendor}: stock modelsearch takes {stock / ours:.0f} × as long")
    for engine in bench.engines:
        bench.use(engine)
        for text in ("gan", "zzzz"):
            bench.results_page(text)  # menus and settings are remembered for a while only
            with CaptureQueriesContext(connection) as queries:
                bench.results_page(text)
            assert len(queries) <= MOST_QUERIES, "\n".join(q["sql"][:300] for q in queries)
    grown = {}
    if PAGES > SMALL:
        bench.fill((PAGES - SMALL) // 2)
        large = bench.measure()
        print(f"a story: {large['story'] / small['story']:.1f} × that at {SMALL} pages")
        for engine in bench.engines:
            grown[engine] = large[engine] / small[engine]
            print(
                f"{PAGES} pages, {engine}: p95 {large[engine] * 1000:.0f} ms, "
                f"{grown[engine]:.1f} × that at {SMALL}"
            )
    for engine in bench.engines:
        assert small[engine] <= STORY_TIMES * small["story"], engine
    assert stock >= least * ours
    for engine, ratio in grown.items():
        assert ratio <= GROWTH[engine], engine
