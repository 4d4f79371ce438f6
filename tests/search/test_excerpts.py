"""Found words are marked in every form they have, and text never becomes markup."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from search.excerpts import excerpt


def test_every_form_of_a_found_word_is_marked():
    assert excerpt(
        "Yng Nghaerdydd mae plant. Bu’r Ŵyl yno.", ["caerdydd", "wyl", "blant"], "cy"
    ) == ("Yng <mark>Nghaerdydd</mark> mae <mark>plant</mark>. Bu’r <mark>Ŵyl</mark> yno.")
    assert excerpt("We welcomed people.", ["welcoming"], "en") == (
        "We <mark>welcomed</mark> people."
    )


def test_a_word_is_marked_without_what_is_fastened_to_it():
    assert excerpt("Mae croeso’n tyfu", ["croeso"], "cy") == "Mae <mark>croeso</mark>’n tyfu"


def test_function_words_are_marked_only_alone():
    assert excerpt("yn y dref", ["yn", "tref"], "cy") == "yn y <mark>dref</mark>"
    assert excerpt("yn y dref", ["yn"], "cy") == "<mark>yn</mark> y dref"


def test_parts_of_a_page_do_not_run_into_each_other():
    assert excerpt("Powys\nMae grŵp.\n\nYma  hefyd", [], "cy") == "Powys · Mae grŵp. Yma hefyd"


def test_marks_of_sources_are_left_out():
    assert excerpt("Powys\nMae grŵp. [1, 3]\n[2] Ym Mangor [3,12] hefyd.", [], "cy") == (
        "Powys · Mae grŵp. Ym Mangor hefyd."
    )


def test_markup_in_the_text_or_in_the_words_is_escaped():
    assert excerpt("<b>cath & b</b>", ["cath"], "cy") == (
        "&lt;b&gt;<mark>cath</mark> &amp; b&lt;/b&gt;"
    )


def test_a_part_of_a_word_is_not_marked():
    assert "<mark>" not in excerpt("mythau", ["myth-"], "en")


def test_a_long_text_is_cut_at_words_where_most_are_found():
    text = "gair " * 50 + "noddfa " + "arall " * 100 + "noddfa a noddfa yma " + "olaf " * 60
    result = excerpt(text, ["noddfa"], "cy")
    assert result.count("<mark>noddfa</mark>") == 2
    assert result.startswith("… arall ")
    assert result.endswith("olaf …")
    assert len(re.sub("</?mark>", "", result)) < 230


TEXTS = st.one_of(
    st.text(max_size=600),
    st.lists(
        st.sampled_from(["croeso", "<b>", "’n", "&amp;", "groeso", '"', "\n"]), max_size=90
    ).map(" ".join),
)


@given(TEXTS, st.lists(st.text(max_size=6) | st.just("croeso"), max_size=5), st.booleans())
def test_only_mark_elements_come_out_and_they_are_closed(text, words, welsh):
    result = excerpt(text, words, "cy" if welsh else "en")
    bare = re.sub(r"<mark>([^<>]*)</mark>", r"\1", result)
    assert "<" not in bare
    assert ">" not in bare
    assert '"' not in bare
    assert len(html.unescape(bare)) <= 230
