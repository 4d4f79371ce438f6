"""What is found, counted and shown, on the database engine in use."""

import pytest
from django.db import DatabaseError, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from bilingual import door
from home.models import PositionPage, SectionPage
from search.kinds import all_kinds
from search.query import parse
from search.results import find
from tests.search.bad_inputs import BAD_INPUTS

pytestmark = pytest.mark.django_db


def search(text, language="cy", **params):
    return find(parse({"q": text, **params}, language), RequestFactory().get("/"))


def titles(results):
    return [hit.title for hit in results.hits]


def test_live_pages_of_the_readers_language_are_found_by_every_word(make_pair):
    make_pair("Sanctuary for all", "Noddfa i bawb", summary="Croeso mawr")
    make_pair("Sanctuary", "Noddfa")
    assert titles(search("croeso noddfa")) == ["Noddfa i bawb"]
    assert set(titles(search("noddfa"))) == {"Noddfa i bawb", "Noddfa"}
    assert set(titles(search("noddfa", "en"))) == {"Sanctuary for all", "Sanctuary"}


def test_case_apostrophes_and_quotes_do_not_matter(make_pair):
    make_pair("One", "Cymru’n croesawu")
    assert titles(search('"CYMRU’N')) == titles(search("cymru'n")) == ["Cymru’n croesawu"]


def test_drafts_and_private_pages_are_not_found(make_page):
    draft = make_page("cy", "Drafft noddfa")
    private = make_page("cy", "Preifat noddfa")
    with door.opened():
        draft.live = False
        draft.save()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    results = search("noddfa")
    assert (results.hits, results.total, results.other_total) == ((), 0, 0)


def test_pages_of_the_other_language_are_listed_only_without_a_live_twin(make_pair, make_page):
    make_pair("Dinas noddfa pair", "Dinas noddfa")
    make_page("en", "Noddfa only in English")
    results = search("noddfa")
    assert titles(results) == ["Dinas noddfa"]
    assert [hit.title for hit in results.other_hits] == ["Noddfa only in English"]
    assert results.other_hits[0].language == "en"
    assert results.other_hits[0].url == "/en/noddfa-only-in-english/"


def test_ten_pages_of_the_other_language_are_shown_and_all_are_counted(make_page):
    make_page("en", "Welcomes")
    for number in range(11):
        make_page("en", f"Newer {number}", summary="welcomes")
    results = search("welcome")
    shown = [hit.title for hit in results.other_hits]
    assert shown == ["Welcomes", *(f"Newer {number}" for number in range(10, 1, -1))]
    assert (results.total, results.other_total) == (0, 12)


def test_counts_per_kind_add_up_and_a_kind_narrows_the_list(make_page, monkeypatch):
    monkeypatch.setattr(PositionPage, "search_kind", "Positions", raising=False)
    all_kinds.cache_clear()
    make_page("cy", "Noddfa un")
    make_page("cy", "Noddfa dau", model=PositionPage)
    results = search("noddfa")
    assert {kind.key: kind.count for kind in results.kinds} == {"positions": 1, "pages": 1}
    narrowed = search("noddfa", kind="positions")
    assert titles(narrowed) == ["Noddfa dau"]
    assert (narrowed.total, narrowed.total_of_all) == (1, 2)
    assert search("noddfa", kind="nothing").total == 2
    all_kinds.cache_clear()


def test_a_page_past_the_end_shows_the_last_one(make_page):
    for number in range(12):
        make_page("cy", f"Noddfa {number}")
    first, last = search("noddfa"), search("noddfa", page="1" + "0" * 22)
    assert len(first.hits) == 10
    assert len(last.hits) == 2
    assert not set(titles(first)) & set(titles(last))
    assert first.position.next_url == "?q=noddfa&page=2"


def test_a_hit_shows_the_cloth_of_its_class_or_its_own(make_page):
    make_page("cy", "Noddfa goch")
    make_page("cy", "Noddfa las", model=SectionPage, section_cloth="straeon")
    assert {hit.title: hit.cloth for hit in search("noddfa las").hits} == {"Noddfa las": "straeon"}
    assert {hit.cloth for hit in search("noddfa goch").hits} == {"croeso"}


def test_the_number_of_queries_does_not_grow_with_the_results(make_pair):
    make_pair("One", "Noddfa", summary="Croeso")
    search("noddfa")
    with CaptureQueriesContext(
        connection,
    ) as few:
        search("noddfa")
    for number in range(9):
        make_pair(f"Number {number}", f"Noddfa {number}", summary="Croeso")
    with CaptureQueriesContext(connection) as many:
        assert search("noddfa").total == 10
    assert len(few) == len(many) <= 11  # two of them are the savepoint of a test


def test_an_engine_that_fails_gives_an_answer_and_leaves_the_transaction_usable(monkeypatch):
    def refuse(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("select nothing from nowhere")

    monkeypatch.setattr("search.results._search", refuse)
    results = search("noddfa")
    assert results.failed
    assert results.total == 0
    assert Page.objects.exists()


def test_a_fault_of_ours_is_not_hidden(monkeypatch):
    def wrong(*args, **kwargs):
        raise TypeError

    monkeypatch.setattr("search.results._search", wrong)
    with pytest.raises(TypeError):
        search("noddfa")


@pytest.mark.parametrize("text", BAD_INPUTS, ids=range(len(BAD_INPUTS)))
def test_no_bad_input_makes_the_engine_fail(make_page, text):
    assert not search(text).failed
    assert not search(text, kind=text, page=text).failed


def test_the_engine_would_fail_on_text_that_was_not_cleaned(make_page):
    """If this passes without an error the guard above proves nothing."""
    from modelsearch.query import PlainText
    from wagtail.search.backends import get_search_backend

    make_page("cy", "Croeso")  # an empty index is asked nothing
    with pytest.raises((DatabaseError, ValueError)):
        list(get_search_backend().search(PlainText("cro\x00eso", operator="and"), Page))
