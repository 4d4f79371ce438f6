"""The library: filters and their counts, words, order, the way out of an empty list."""

import random
import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.facets import Filters
from files.models import Document
from resources.library import library_filters, resources_for
from resources.models import ResourceFile, ResourcePage
from tests.factories.pairs import make_pair

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
            "tagged": any(file.document.is_tagged for file in files),
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
                "format": {file.document.format for file in files},
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
    labels = Filters(library_filters(), QueryDict(), language).labels
    compared = 0
    for _ in range(combinations):
        filters = Filters(library_filters(), QueryDict(random_choice(chance, labels)), language)
        with CaptureQueriesContext(connection) as captured:
            facets = filters.facets(resources)
        assert len(captured) == 1
        counts = {(f.name, o.value): o.count for f in facets for o in f.options}
        fitting = [fact for fact in facts if fits(fact, filters.ticked)]
        assert filters.narrow(resources).count() == len(fitting)
        ways_out = {str(way["legend"]): way["count"] for way in filters.ways_out(resources)}
        for source in filters.sources:
            name = source.name
            open_to = [fact for fact in facts if fits(fact, filters.ticked, but=name)]
            for value in labels[name]:
                wanted = sum(value in fact[name] for fact in open_to)
                assert counts.get((name, value), 0) == wanted, (filters.ticked, name, value)
                compared += 1
            if filters.ticked[name]:
                assert ways_out.get(str(source.legend), 0) == len(open_to)
    return compared


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_counts_are_those_of_a_count_by_hand(many_resources: Make, language: str) -> None:
    many_resources(12, 1)
    assert compare(8, 2, language) > 600


@pytest.mark.slow
def test_500_random_filters_over_2000_resources_count_as_by_hand(
    client: Client, many_resources: Make
) -> None:
    many_resources(2000, 3)
    with connection.cursor() as cursor:  # a database in use has counted its rows long since
        cursor.execute("ANALYZE")
    compared = compare(250, 4, "en") + compare(250, 5, "cy")
    labels = Filters(library_filters(), QueryDict(), "en").labels
    everything = urlencode([(name, value) for name in labels for value in labels[name]])
    queries = max(
        queries_of(client, start + ticks)
        for start in ("/en/resources/", "/cy/adnoddau/")
        for ticks in ("", TICKS, f"?{everything}", f"{TICKS}&q=welcome+croeso")
    )
    print(
        f"\nfacet counts equal to a count by hand ({connection.vendor}): 500 combinations over "
        f"2,000 resources, {compared} numbers; at most {queries} queries for the library"
    )
    assert queries <= MOST_QUERIES


def queries_of(client: Client, path: str) -> int:
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


TICKS = "?lang=cy&lang=en&kind=slides&kind=poster&time=long&people=12&access=web&sort=shortest"


def test_the_library_asks_as_often_however_much_there_is(
    client: Client, many_resources: Make
) -> None:
    starts = ("/en/resources/", "/cy/adnoddau/")
    many_resources(2, 5)
    few = [queries_of(client, start) for start in starts]
    many_resources(16, 6)
    many = [queries_of(client, start) for start in starts]
    ResourcePage.objects.filter(locale__language_code="cy").update(live=False)
    assert queries_of(client, starts[1]) == many[1] + 2  # all eight are shown in English
    ResourcePage.objects.update(live=True)
    ticked = [queries_of(client, start + TICKS) for start in starts]
    searched = [queries_of(client, f"{start}{TICKS}&q=welcome+croeso") for start in starts]
    assert few == many
    assert few[0] == few[1]
    assert max(few + ticked + searched) <= MOST_QUERIES, (few, ticked, searched)


@pytest.fixture
def library(client: Client) -> Callable[[str], str]:
    def html(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 200, path
        return str(response.content.decode())

    return html


Library = Callable[[str], str]


def test_a_tick_narrows_the_list_and_its_chip_takes_it_away(library: Library) -> None:
    make_pair(ResourcePage, kind="slides", minutes=30)
    make_pair(ResourcePage, kind="poster", minutes=60)
    html = library("/en/resources/?kind=slides&time=30")
    assert re.search(r"<h2>\s*1 resource\s*</h2>", html)
    assert 'href="?time=30"' in html
    assert 'href="?kind=slides"' in html
    assert re.search(r'name="time" value="60">\s*<span>Up to 1 hour</span> <span[^>]*>1<', html)


def test_the_switch_keeps_words_and_ticks(library: Library) -> None:
    make_pair(ResourcePage, kind="slides")
    html = library("/cy/adnoddau/?kind=slides&q=croeso&page=2")
    assert 'href="/en/resources/?kind=slides&amp;q=croeso"' in html


@pytest.mark.parametrize(
    ("path", "way_out"),
    [
        ("/en/resources/?kind=poster&time=15", "Without the filter “Kind”: 1 resource"),
        ("/cy/adnoddau/?kind=poster&time=15", "Heb yr hidlydd “Math”: 1 adnodd"),
    ],
)
def test_an_empty_list_says_which_filter_to_drop(library: Library, path: str, way_out: str) -> None:
    make_pair(ResourcePage, kind="slides", minutes=15)
    html = " ".join(library(path).split())
    assert way_out in html
    assert 'href="?time=15"' in html


def test_a_mistyped_address_still_shows_a_list(library: Library) -> None:
    make_pair(ResourcePage)
    for query in (
        "kind=nonsense&time=-5", "page=0", "page=-5", "page=10000000000000000000000", "sort=x",
        "q=%EF%BF%BF", "lang=" + "x" * 3000, "&".join(["kind=slides"] * 40),
    ):  # fmt: skip
        assert "</html>" in library(f"/en/resources/?{query}")


def test_a_language_without_a_file_is_said_in_words(library: Library) -> None:
    document = Document(title="Plan", language="en", file_size=2048, format="pdf")
    document.file.name = "documents/plan.pdf"
    Document.objects.bulk_create([document])
    make_pair(
        ResourcePage,
        files=lambda: [ResourceFile(document=document, role="facilitator", label_cy="Cynllun",
                                    label_en="Plan")],
    )  # fmt: skip
    assert re.search(
        r'lang="cy">Cymraeg</dt><dd[^>]*>Ddim yn Gymraeg eto<', library("/cy/adnoddau/")
    )
    assert re.search(r'lang="en">English</dt><dd[^>]*>PDF 2.0\xa0KB<', library("/en/resources/"))
