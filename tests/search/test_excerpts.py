"""Found words are marked, and text never becomes markup."""

import re

from hypothesis import given
from hypothesis import strategies as st

from search.excerpts import excerpt


def test_found_words_are_marked_without_regard_to_case_and_accents():
    assert excerpt("Croeso i Ŵyl y Croeso.", ["croeso", "wyl"]) == (
        "<mark>Croeso</mark> i <mark>Ŵyl</mark> y <mark>Croeso</mark>."
    )


def test_markup_in_the_text_or_in_the_words_is_escaped():
    assert excerpt("<b>a & b</b>", ["b"]) == (
        "&lt;<mark>b</mark>&gt;a &amp; <mark>b</mark>&lt;/<mark>b</mark>&gt;"
    )


def test_a_part_of_a_word_is_not_marked():
    assert "<mark>" not in excerpt("mythau", ["myth"])


def test_a_long_text_is_cut_at_words_around_the_first_one_found():
    text = "gair " * 100 + "noddfa " + "arall " * 100
    result = excerpt(text, ["noddfa"])
    assert "<mark>noddfa</mark>" in result
    assert result.startswith("… gair ")
    assert result.endswith("arall …")
    assert len(result) < 260


@given(st.text(max_size=600), st.lists(st.text(max_size=5), max_size=5))
def test_only_mark_elements_come_out(text, words):
    result = re.sub(r"</?mark>", "", excerpt(text, words))
    assert "<" not in result
    assert '"' not in result
