"""The Welsh alphabet: order, exceptions, and what must hold for any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welsh.alphabet import ENGLISH_LETTERS, LETTERS, english_sort_key, letters_of, sort_key

ANY_WORD = st.text(alphabet="abcdefghijlmnoprstuwyâêîôûŵŷ’ -", max_size=20)


def test_the_welsh_alphabet_has_29_letters_and_the_english_one_26():
    assert len(LETTERS) == len(set(LETTERS)) == 29
    assert len(ENGLISH_LETTERS) == 26


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("cwrdd", "chwarae"),
        ("drwy", "ddinas"),
        ("gwaith", "ngwydd"),
        ("lori", "llyfr"),
        ("pysgod", "phobl"),
        ("rygbi", "rhan"),
        ("tref", "thema"),
        ("ffwrn", "gardd"),
        ("fory", "ffair"),
        ("ngwydd", "haf"),
        ("zebra", "عربي"),
        ("jam", "kilo"),
        ("kilo", "lamp"),
        ("pwll", "quiz"),
        ("quiz", "radio"),
        ("uwd", "van"),
        ("van", "wal"),
        ("wal", "xenon"),
        ("xenon", "ysgol"),
        ("ysgol", "zebra"),
        ("Tir Coed", "Tiroedd"),
        ("2024", "Abertawe"),
    ],
)
def test_one_word_comes_before_the_other_in_welsh(earlier, later):
    assert sort_key(earlier) < sort_key(later)


def test_the_letters_themselves_are_in_order():
    keys = [sort_key(letter) for letter in LETTERS]
    assert keys == sorted(keys)


def test_a_name_with_n_and_g_is_not_sorted_under_ng():
    assert letters_of("Bangor") == ("b", "a", "n", "g", "o", "r")
    assert sort_key("angen") < sort_key("ahanfod") < sort_key("Annwn")  # ng follows g
    assert sort_key("Balch") < sort_key("Bangor") < sort_key("Banw")
    assert sort_key("Bangor") != sort_key("Ba", override="bangor")


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("Llangollen", "ll a n g o ll e n"),
        ("dangos", "d a n g o s"),
        ("angor", "a ng o r"),
        ("parhau", "p a r h a u"),
        ("sicrhau", "s i c r h a u"),
        ("arholiad", "a r h o l i a d"),
        ("rhad", "rh a d"),
        ("anrhydedd", "a n rh y d e dd"),
        ("cyd-destun", "c y d d e s t u n"),
        ("Llŷn", "ll y n"),
        ("nghymuned", "ng h y m u n e d"),
        ("i’r ysgol", "i r y s g o l"),
    ],
)
def test_a_word_is_cut_into_its_welsh_letters(word, letters):
    assert letters_of(word) == tuple(letters.split())


def test_an_editors_override_parts_two_signs_that_are_two_letters():
    assert sort_key("Langstone") != sort_key("Langstone", override="Lan|gstone")
    assert sort_key("Langstone", override="  ") == sort_key("Langstone")
    assert sort_key("Y Gelli Gandryll", override="Gelli Gandryll") < sort_key("Hafan")


def test_english_order_knows_no_double_letters():
    assert english_sort_key("chair") < english_sort_key("cow")
    assert english_sort_key("llama") < english_sort_key("lorry")
    assert english_sort_key("Café") == english_sort_key("cafe")


@given(ANY_WORD)
def test_accents_case_and_apostrophes_do_not_change_the_place(text):
    plain = text.translate(str.maketrans("âêîôûŵŷ", "aeiouwy", "’"))
    assert sort_key(text) == sort_key(plain) == sort_key(text.upper())


@given(st.text(max_size=60))
def test_any_text_has_a_key_of_plain_signs_whatever_the_database_compares(text):
    assert re.fullmatch(r"([0-9a-z]{2})*", sort_key(text))
    assert re.fullmatch(r"([0-9a-z]{2})*", english_sort_key(text))


@given(ANY_WORD, ANY_WORD)
def test_the_key_orders_as_the_lists_of_letters_do(one, other):
    def places(text: str) -> list[list[int]]:
        return [[LETTERS.index(letter) for letter in letters_of(word)] for word in text.split()]

    one, other = (text.replace("’", "").replace("-", "") for text in (one, other))
    assert (places(one) < places(other)) == (sort_key(one) < sort_key(other))


@given(ANY_WORD, ANY_WORD)
def test_a_title_comes_before_its_own_continuation(start, rest):
    assert sort_key(start) <= sort_key(f"{start} {rest}")
