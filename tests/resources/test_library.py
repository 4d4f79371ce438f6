"""The library: filters and their counts, words, order, the way out of an empty list."""

import random
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.facets import FacetSet
from resources.library import library_facets, resources_for

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
Make = Callable[[int, int], None]


def facts_of(language: str) -> list[dict[str, set[str]]]:
    """What each resource is, read row by row and told without the database."""
    found = []
    pages = resources_for(language).prefetch_related(
        "page_terms__term", "files__document", "versions", "videos"
    )
    for page in pages:
        newest = max((version.number for version in page.versions.all()), default=0)
        files = [file for file in page.files.all() if file.version >= newest]
        films = list(page.videos.all())
        terms = {
            kind: {link.term.key for link in page.page_terms.all() if link.term.kind == kind}
            for kind in (
                "programme",
                "audience",
                "setting",
                "topic",
                "delivery",
                "stream",
                "principle",
            )
        }
        languages = {file.document.language for file in files}
        minutes, least, most = page.minutes, page.least_people or 0, page.most_people or 10**6
        access = {
            "web": bool(page.material),
            "captions": any(file.role == "captions" for file in files)
            or any(film.is_captioned for film in films),
            "transcript": any(film.transcript_id for film in films),
            "bsl": any(film.is_signed for film in films),
            "easy": any(file.is_easy_read for file in files),
            "large": any(file.is_large_print for file in files),
        }
        found.append(
            {
                "lang": {
                    code for code in ("cy", "en") if languages & {code, "both"}
                } | (languages & {"other"}),
                "programme": terms["programme"],
                "kind": {page.kind},
                "time": {
                    key
                    for key in ("15", "30", "60", "90", "120")
                    if minutes and minutes <= int(key)
                } | ({"long"} if minutes and minutes > 120 else set()),
                "people": {
                    key for key in ("5", "12", "20") if least <= int(key) <= most
                } | ({"30"} if most >= 30 else set()),
                "for": terms["audience"],
                "setting": terms["setting"],
                "topic": terms["topic"],
                "how": terms["delivery"],
                "stream": terms["stream"],
                "principle": terms["principle"],
                "format": {file.document.file_extension for file in files},
                "access": {key for key, is_so in access.items() if is_so},
                "licence": {page.licence},
            }
        )  # fmt: skip
    return found


def fits(fact: dict[str, set[str]], chosen: dict[str, list[str]], but: str = "") -> bool:
    return all(
        name == but or not values or fact[name] & set(values) for name, values in chosen.items()
    )


def random_choice(chance: random.Random, labels: dict[str, dict[str, str]]) -> str:
    names = chance.sample(list(labels), chance.randint(0, 4))
    return urlencode(
        [
            (name, value)
            for name in names
            for value in chance.sample(
                list(labels[name]), min(len(labels[name]), chance.randint(1, 3))
            )
        ]
    )


def compare(combinations: int, seed: int, language: str) -> int:
    """Counts of random ticks against a count by hand; the number of values compared."""
    chance = random.Random(seed)
    facts, resources = facts_of(language), resources_for(language)
    labels = FacetSet(library_facets(), QueryDict(), language).labels
    compared = 0
    for _ in range(combinations):
        facets = FacetSet(library_facets(), QueryDict(random_choice(chance, labels)), language)
        with CaptureQueriesContext(connection) as captured:
            counts = facets.count(resources)
        assert len(captured) == 1
        fitting = [fact for fact in facts if fits(fact, facets.chosen)]
        assert counts.total == len(fitting) == facets.narrow(resources).count()
        for name in labels:
            open_to = [fact for fact in facts if fits(fact, facets.chosen, but=name)]
            for value in labels[name]:
                wanted = sum(value in fact[name] for fact in open_to)
                assert counts.values[name].get(value, 0) == wanted, (facets.chosen, name, value)
                compared += 1
            if facets.chosen[name]:
                assert counts.without[name] == len(open_to)
    return compared


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_counts_are_those_of_a_count_by_hand(many_resources: Make, language: str) -> None:
    many_resources(12, 1)
    assert compare(15, 2, language) > 1000


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "cy"])
def test_500_random_filters_over_2000_resources_count_as_by_hand(
    many_resources: Make, language: str
) -> None:
    many_resources(2000, 3)
    compared = compare(250, 4, language)
    print(f"\nfacet counts equal to a count by hand ({language}, {connection.vendor}): "
          f"250 combinations over 2,000 resources, {compared} numbers")  # fmt: skip


def queries_of(client: Client, path: str) -> int:
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


TICKS = (
    "?q=croeso&lang=cy&lang=en&kind=slides&time=30&people=12&for=teachers&topic=schools&access=web"
)


def test_the_library_asks_as_often_however_much_there_is(
    client: Client, many_resources: Make
) -> None:
    paths = [
        f"{start}{query}" for start in ("/en/resources/", "/cy/adnoddau/") for query in ("", TICKS)
    ]
    many_resources(2, 5)
    few = [queries_of(client, path) for path in paths]
    many_resources(14, 6)
    many = [queries_of(client, path) for path in paths]
    assert max(few + many) <= MOST_QUERIES, (few, many)
    assert few[0] == few[2] == many[0] == many[2]
    assert many[1] == many[3]
