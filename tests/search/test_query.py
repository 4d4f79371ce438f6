"""Reading what visitors typed: nothing raises, nothing harmful comes through."""

import unicodedata

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.query import LAST_PAGE, LONGEST_TEXT, MOST_WORDS, page_number, parse
from tests.search.bad_inputs import BAD_INPUTS


def parsed(text: str):
    return parse({"q": text}, "cy")


def test_words_are_read_as_they_were_written():
    query = parsed("  Cymru’n   groeso, i'r  ffŵl! ")
    assert query.words == ("Cymru'n", "groeso", "i'r", "ffŵl")
    assert query.text == "Cymru'n groeso, i'r ffŵl!"
    assert query


def test_decomposed_accents_become_one_sign():
    assert parsed("w\u0302yl").words == ("ŵyl",)


def test_quotes_and_control_signs_are_removed():
    assert parsed('"cro\x00eso" “a”\u202e \ud800 b').text == "cro eso a b"


def test_text_is_cut_to_100_characters_and_12_words():
    assert len(parsed("a" * 10_000).text) == 100
    assert len(parsed(" ".join(f"w{n}" for n in range(2000))).words) == 12


def test_the_same_word_twice_counts_once():
    assert parsed("Croeso croeso CROESO").words == ("Croeso",)


@pytest.mark.parametrize("text", ["", "   ", '"', "'", "…?!", "😀", "\u200b\u200f", "́" * 5000, "_"])
def test_nothing_to_search_for_is_a_query_without_words(text):
    assert not parsed(text)


def test_missing_and_strange_parameters_give_an_empty_query():
    assert not parse({}, "en")
    assert not parse({"q": None, "page": [], "kind": 3}, "en")
    assert not parse(QueryDict("q[]=a&Q=b"), "en")


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("1", 1),
        ("7", 7),
        ("0", 1),
        ("-1", 1),
        ("007", 7),
        ("10000000000000000000000", LAST_PAGE),
        ("9" * 5000, LAST_PAGE),
        ("1e400", 1),
        ("NaN", 1),
        ("two", 1),
        ("٣", 1),
        ("", 1),
        (None, 1),
        (4, 4),
    ],
)
def test_a_page_number_is_moved_into_its_range(raw, number):
    assert page_number(raw) == number


@pytest.mark.parametrize("text", BAD_INPUTS)
def test_known_bad_inputs_are_made_safe(text):
    assert_safe(parse({"q": text, "kind": text, "page": text}, "en"))


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300), st.text())
def test_any_text_is_made_safe(text, other):
    assert_safe(parse({"q": text, "kind": other, "page": other}, "en"))


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=150))
def test_cleaning_twice_changes_nothing(text):
    query = parsed(text)
    assert parsed(query.text).text == query.text


def assert_safe(query):
    assert len(query.text) <= LONGEST_TEXT
    assert len(query.words) <= MOST_WORDS
    assert 1 <= query.page <= LAST_PAGE
    for text in (query.text, *query.words, *query.kinds):
        text.encode()  # no lone surrogate
        assert '"' not in text
        assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)
        assert unicodedata.is_normalized("NFC", text)
    assert all(any(sign.isalnum() for sign in word) for word in query.words)
