"""Search measured on word pairs, through the public page of the engine in use.

A file of pairs has the columns query, document, same_lemma, category. For each document form one
live Welsh page that holds only this form is published; a pair counts as found when its page is
among all results of its query. Pairs of the categories neg-… are two words: each one found is an
error.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment
from wagtail.search.backends import get_search_backend

from bilingual import door
from home.models import HomePage, StandardPage
from search import queue, rebuild
from search.backends.elasticsearch import breaker

SECTION = "mesur-chwilio"  # slug of the page that all others lie below
COLUMNS = ["query", "document", "same_lemma", "category"]
ALL = "all scored"
# Reported, not scored: function words are left out by design.
NOT_SCORED = frozenset({"preposition", "function-word"})
LEAST_FOUND, LEAST_FOUND_OF_A_CATEGORY = 93.0, 75.0
MOST_ERRORS = {"neg-near": 4.0, "neg-nonradical": 5.0, "neg-random": 0.0}
FIRST_VISITOR = IPv4Address("10.0.0.1")
MOST_RESULT_PAGES = 100  # nobody reads further, and the page shows no more

Answers = Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class WordPair:
    """A word to search for and a word of a page, which shall (or shall not) be found by it."""

    query: str
    document: str
    category: str

    @property
    def is_scored(self) -> bool:
        return not self.category.startswith("neg-") and self.category not in NOT_SCORED


def read_pairs(path: Path) -> list[WordPair]:
    """The pairs of a file; lines that begin with # are comments.

    Raises:
        OSError: there is no such file.
        ValueError: it is no UTF-8 or has other columns; the message names the line.
    """
    pairs = []
    header = True
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header and cells != COLUMNS:
            raise ValueError(f"Line {number}: the columns must be {', '.join(COLUMNS)}.")
        if len(cells) != len(COLUMNS) or not all(cells):
            raise ValueError(f"Line {number}: {len(COLUMNS)} cells, none of them empty, wanted.")
        if not header:
            pairs.append(WordPair(cells[0], cells[1], cells[3]))
        header = False
    if not pairs:
        raise ValueError("The file holds no pair.")
    return pairs


def documents_of(pairs: Iterable[WordPair]) -> list[str]:
    """The different document forms; the position of one is the number of its page."""
    return sorted({pair.document for pair in pairs})


def publish(documents: Sequence[str]) -> None:
    """A live Welsh page for each text; its title and address are only its number."""
    home = HomePage.objects.select_related("locale").get(locale__language_code="cy")
    with transaction.atomic(), door.opened():
        section = StandardPage(title="Mesur", slug=SECTION, locale=home.locale, live=True)
        home.add_child(instance=section)
        for number, document in enumerate(documents):
            page = StandardPage(
                title=f"x{number}x", slug=f"x{number}x", summary=document, locale=home.locale,
                live=True,
            )  # fmt: skip
            section.add_child(instance=page)
    if queue.is_used():
        queue.flush()


def numbers_found(
    client: Client, query: str, address: str = "/cy/chwilio/", visitor: str = "127.0.0.1"
) -> frozenset[int]:
    """The numbers of all pages found, read from the results page and those after it."""
    found: set[int] = set()
    # With and without a proxy before the site this is the visitor's own address.
    sender: dict[str, Any] = {"REMOTE_ADDR": visitor, "HTTP_X_FORWARDED_FOR": visitor}
    for number in range(1, MOST_RESULT_PAGES + 1):
        answer = client.get(address, {"q": query, "page": str(number)}, secure=True, **sender)
        html = answer.content.decode()
        found |= {int(one) for one in re.findall(rf'href="/\w\w/{SECTION}/x(\d+)x/"', html)}
        if f"page={number + 1}" not in html:
            break
    return frozenset(found)


def answers_to(client: Client, queries: Iterable[str]) -> Answers:
    """What each query finds.

    Raises:
        RuntimeError: Elasticsearch did not answer in time, so that the database did for it.
    """
    # Every query from an address of its own: none is counted against the limit of another.
    answers = {
        query: numbers_found(client, query, visitor=str(FIRST_VISITOR + number))
        for number, query in enumerate(dict.fromkeys(queries))
    }
    if breaker.is_open():
        raise RuntimeError(
            "Elasticsearch did not answer each search in time, and the database answered for it: "
            "nothing is known about Elasticsearch. Try again on a quieter machine."
        )
    return answers


def found_of_each(pairs: Sequence[WordPair], answers: Answers) -> dict[str, float]:
    """Per cent of pairs found for each category, and `ALL` for the scored ones together."""
    number_of = {document: number for number, document in enumerate(documents_of(pairs))}
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for pair in pairs:
        for group in {pair.category, ALL if pair.is_scored else pair.category}:
            asked[group] += 1
            found[group] += number_of[pair.document] in answers[pair.query]
    return {group: 100 * found[group] / asked[group] for group in sorted(asked)}


def below_the_gates(pairs: Sequence[WordPair], figures: Mapping[str, float]) -> list[str]:
    """What is not good enough, in words; empty if all gates are passed."""
    told = []
    if figures.get(ALL, 100.0) < LEAST_FOUND:
        told.append(f"{figures[ALL]:.1f} % of the scored pairs found, {LEAST_FOUND:.0f} % wanted")
    for category in sorted({pair.category for pair in pairs if pair.is_scored}):
        if figures[category] < LEAST_FOUND_OF_A_CATEGORY:
            told.append(
                f"{category}: {figures[category]:.1f} % found, "
                f"{LEAST_FOUND_OF_A_CATEGORY:.0f} % wanted"
            )
    for category, most in MOST_ERRORS.items():
        if figures.get(category, 0.0) > most:
            told.append(f"{category}: {figures[category]:.1f} % found, at most {most:.0f} % wanted")
    return told


def summary(engine: str, pairs: Sequence[WordPair], figures: Mapping[str, float]) -> str:
    """One line with the figures that decide."""
    scored = {pair.category for pair in pairs if pair.is_scored}
    worst = min(scored, key=lambda category: figures[category], default="")
    parts = [f"{sum(pair.is_scored for pair in pairs)} scored pairs"]
    if worst:
        parts.append(f"found {figures[ALL]:.1f} %, least {worst} {figures[worst]:.1f} %")
    parts += [f"{name} {figures[name]:.1f} %" for name in MOST_ERRORS if name in figures]
    return f"{engine}: {', '.join(parts)}"


@contextmanager
def throw_away_site(engine: str | None) -> Iterator[str]:
    """An empty site in a database (and in indexes) of its own; gives the name of the engine.

    `engine` is "database" or "elasticsearch", by default the one of the settings.

    Raises:
        LookupError: Elasticsearch is wanted, and no ELASTICSEARCH_URL is set.
    """
    backends = {name: dict(backend) for name, backend in settings.WAGTAILSEARCH_BACKENDS.items()}
    if engine == "elasticsearch" and not queue.is_used():
        raise LookupError("Set ELASTICSEARCH_URL to the server that shall be measured.")
    if engine == "database" and queue.is_used():
        backends = {"default": backends["database"]}
    prefix = f"evaluation_{uuid4().hex[:12]}_"
    if "FALLBACK" in backends["default"]:
        backends["default"]["INDEX_PREFIX"] = prefix
    with TemporaryDirectory() as folder:
        is_file = connection.vendor == "sqlite"
        name = str(Path(folder, "site.sqlite3")) if is_file else prefix.strip("_")
        connection.settings_dict["TEST"]["NAME"] = name
        kept = connection.settings_dict["NAME"]
        setup_test_environment()
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            with override_settings(WAGTAILSEARCH_BACKENDS=backends):
                try:
                    if queue.is_used():
                        rebuild.rebuild_backend(queue.ENGINE)
                    yield "Elasticsearch" if queue.is_used() else connection.vendor
                finally:
                    _remove_indexes(prefix)
        finally:
            connection.creation.destroy_test_db(kept, verbosity=0)
            teardown_test_environment()


def _remove_indexes(prefix: str) -> None:
    """By their names: a server refuses to delete by a pattern."""
    if queue.is_used():
        backend: Any = get_search_backend(queue.ENGINE)
        for name in backend.es.indices.get(index=f"{prefix}*"):
            backend.es.indices.delete(index=name)


def evaluate(pairs: Sequence[WordPair]) -> dict[str, float]:
    """Publish the document forms, ask for every query and count.

    Raises:
        RuntimeError: as `answers_to`.
    """
    publish(documents_of(pairs))
    return found_of_each(pairs, answers_to(Client(), [pair.query for pair in pairs]))
