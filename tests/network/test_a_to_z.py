"""A–Z in the order of each language: 29 letters in Welsh, 26 in English (journey V7)."""

import re

import pytest
from django.test import Client

from network.a_to_z import a_to_z, letter_of
from network.models import DirectoryPage, GlossaryPage, GlossaryTerm
from tests.network.register import an_organisation
from welsh.alphabet import sort_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_trees")]
# The order of content model 4.3: each word stands before the next of its pair.
WORDS = (
    "cwrdd", "chwarae", "drwy", "ddinas", "gwaith", "ngwydd", "lori", "llyfr", "pysgod", "phobl",
    "rygbi", "rhan", "tref", "thema",
)  # fmt: skip


def shown_order(client: Client, address: str, words: tuple[str, ...]) -> list[str]:
    html = client.get(address).content.decode()
    places = {word: html.find(f"<dt>{word}") for word in words}
    assert all(place > 0 for place in places.values()), places
    return sorted(words, key=lambda word: places[word])


def add_words() -> None:
    for word in reversed(WORDS):
        GlossaryTerm.objects.create(
            key=word, term_en=word, term_cy=word, definition_en="x", definition_cy="x"
        )


@pytest.mark.parametrize(
    ("address", "asked"), [("/en/search/", "umbrella"), ("/cy/chwilio/", "ymbarél")]
)
def test_a_page_is_found_by_a_word_from_the_moment_it_is_saved_until_it_is_deleted(
    client: Client, address: str, asked: str
) -> None:
    def is_found() -> bool:
        page = GlossaryPage.objects.get(locale__language_code=address[1:3])
        return (
            f'href="{page.url}"'
            in client.get(address, {"q": asked})
            .content.decode()
            .partition("<main")[2]
            .partition("</main")[0]
        )

    assert not is_found()
    word = GlossaryTerm.objects.create(
        key="u", term_en="umbrella", term_cy="ymbarél", definition_en="x", definition_cy="x"
    )
    assert is_found()
    word.delete()
    assert not is_found()


def test_welsh_words_stand_in_the_order_of_the_welsh_alphabet(client: Client) -> None:
    add_words()
    page = GlossaryPage.objects.get(locale__language_code="cy")
    assert shown_order(client, page.url, WORDS) == list(WORDS)


def test_the_same_words_stand_in_english_order_on_the_english_page(client: Client) -> None:
    add_words()
    page = GlossaryPage.objects.get(locale__language_code="en")
    assert shown_order(client, page.url, WORDS) == sorted(WORDS)


@pytest.mark.parametrize(("language", "letters"), [("cy", 29), ("en", 26)])
@pytest.mark.parametrize("model", [GlossaryPage, DirectoryPage])
def test_the_bar_has_the_letters_of_the_language_and_leads_to_what_is_there(
    client: Client, model: type, language: str, letters: int
) -> None:
    add_words()
    page = model.objects.get(locale__language_code=language)  # type: ignore[attr-defined]
    html = client.get(page.url).content.decode()
    bar = html[html.index('class="letters"') : html.index("</nav>", html.index('class="letters"'))]
    assert bar.count("<li>") == letters
    targets = re.findall(r'href="#([^"]+)"', bar)
    assert targets and all(f'id="{target}"' in html for target in targets)
    if model is GlossaryPage:
        assert ("#l-ch" in bar) == (language == "cy")


def test_bangor_stands_under_b_and_an_override_moves_a_name(client: Client) -> None:
    assert letter_of(sort_key("Bangor"), "cy") == "b"
    assert letter_of(sort_key("Langstone", "Lan|gstone"), "cy") == "l"
    assert letter_of(sort_key("Llŷn"), "cy") == "ll"
    assert letter_of(sort_key("Ŵyn"), "cy") == "w"
    assert letter_of(sort_key("Zoo"), "cy") == "z"
    assert letter_of(sort_key("3 Ffordd"), "cy") == ""


def test_an_organisation_is_listed_by_its_own_name_in_each_language(client: Client) -> None:
    an_organisation(name_en="Aberystwyth School", name_cy="Ysgol Llanbadarn")
    an_organisation("count", name_en="Unnamed School", name_cy="Ysgol Ddienw")
    for language, name in (("en", "Aberystwyth School"), ("cy", "Ysgol Llanbadarn")):
        page = DirectoryPage.objects.get(locale__language_code=language)
        html = client.get(page.url).content.decode()
        assert name in html
        assert "Unnamed" not in html and "Ddienw" not in html


def test_digits_and_other_scripts_share_a_place_of_their_own() -> None:
    entries = [(sort_key(name), name) for name in ("Ŷd", "3 Ffordd", "Łódź", "Ysgol", "北")]
    sections = a_to_z(entries, "cy")["sections"]
    assert [section.letter for section in sections] == ["", "l", "y"]
