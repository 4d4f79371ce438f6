"""Prints: tagged, in the fonts of the design, equal on every build, nothing torn apart."""

from io import BytesIO
from itertools import product

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from press.fonts.make import CUTS, HERE, SITE_FONTS, static_cut
from press.pdf import Arrangement, Sheet, print_pdf
from tests.press.faces import LINK, WORDS, face

BOTH = [face("cy"), face("en")]


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words_on(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(content).pages]


@pytest.mark.parametrize(("sheet", "arrangement"), list(product(Sheet, Arrangement)))
def test_a_print_is_tagged_titled_spoken_and_equal_on_every_build(
    sheet: Sheet, arrangement: Arrangement
) -> None:
    content = print_pdf(sheet, BOTH, arrangement)
    assert content == print_pdf(sheet, BOTH, arrangement)
    document = read(content)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "cy"
    assert document.metadata and document.metadata.title == (
        f"{WORDS['cy']['title']} / {WORDS['en']['title']}"
    )
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert document.metadata.get("/CreationDate") is None


@pytest.mark.parametrize("sheet", Sheet)
def test_the_fonts_inside_are_those_of_the_design_and_no_other(sheet: Sheet) -> None:
    document = read(print_pdf(sheet, BOTH))
    names = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names >= {"NoddfaText-Regular", "NoddfaDisplay-Regular"}
    assert names <= {cut[0].removesuffix(".ttf") for cut in CUTS}
    if sheet in {Sheet.PLAN, Sheet.LARGE}:
        assert {"NoddfaText-Bold", "NoddfaTextExt-Regular"} <= names


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut[0])
def test_the_static_fonts_are_made_from_the_fonts_of_the_site(cut: tuple) -> None:
    file_name, source, weight, family, style = cut
    assert (HERE / file_name).read_bytes() == static_cut(SITE_FONTS / source, weight, family, style)


@pytest.mark.parametrize("name", ["NoddfaText-Regular", "NoddfaText-Bold", "NoddfaDisplay-Regular"])
def test_the_welsh_letters_are_in_the_same_font_as_the_others(name: str) -> None:
    letters = TTFont(HERE / f"{name}.ttf").getBestCmap()
    assert not [letter for letter in "ŵŷŴŶâêîôûẁỳäëïöü’" if ord(letter) not in letters]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_session_plan_of_ordinary_length_prints_on_one_page(language: str) -> None:
    pages = words_on(print_pdf(Sheet.PLAN, [face(language)]))
    assert len(pages) == 1
    words = WORDS[language]
    for part in ("title", "lede", "section", "plan", "kind", "end", "before", "sample"):
        assert words[part] in pages[0]
    assert LINK in pages[0]


def test_a_step_is_never_split_between_pages() -> None:
    pages = words_on(print_pdf(Sheet.PLAN, [face("en", steps=40)]))
    assert len(pages) > 1
    for number in range(40):
        holding = [page for page in pages if f"{WORDS['en']['step']} {number} Together" in page]
        assert len(holding) == 1


@pytest.mark.parametrize("sentences", [1, 12, 30])
@pytest.mark.parametrize("arrangement", Arrangement)
def test_a_card_is_never_split_however_long_it_is(sentences: int, arrangement: Arrangement) -> None:
    faces = [face("cy", sentences), face("en", sentences)]
    content = print_pdf(Sheet.CARDS, faces, arrangement)
    width, height = read(content).pages[0].mediabox[2:]
    assert (round(width), round(height)) == (595, 420)
    pages = words_on(content)
    if arrangement == Arrangement.SIDE_BY_SIDE:
        assert len(pages) == 3
    else:
        assert len(pages) == 6
        for number, page in enumerate(pages):
            language = "en" if number % 2 else "cy"
            assert f"{WORDS[language]['card']} {number // 2}" in page
            assert page.count(WORDS[language]["before"]) == sentences


def test_large_print_holds_everything_in_eighteen_point() -> None:
    pages = " ".join(words_on(print_pdf(Sheet.LARGE, [face("en")])))
    for part in ("title", "section", "plan", "step", "before", "cards", "card"):
        assert WORDS["en"][part] in pages
    sizes: dict[str, float] = {}

    def note(text: str, matrix: list, text_matrix: list, font: dict, size: float) -> None:
        if text.strip():
            sizes[text.strip()] = size * abs(text_matrix[0]) * abs(matrix[0])

    for page in read(print_pdf(Sheet.LARGE, [face("en")])).pages:
        page.extract_text(visitor_text=note)
    assert len(sizes) > 20
    assert {text: size for text, size in sizes.items() if size < 17.9} == {}


def test_both_languages_stand_side_by_side_or_on_pages_of_their_own() -> None:
    beside = words_on(print_pdf(Sheet.PLAN, BOTH, Arrangement.SIDE_BY_SIDE))
    assert WORDS["cy"]["title"] in beside[0] and WORDS["en"]["title"] in beside[0]
    behind = words_on(print_pdf(Sheet.PLAN, BOTH, Arrangement.BACK_TO_BACK))
    assert WORDS["en"]["title"] not in behind[0] and WORDS["en"]["title"] in behind[1]


def test_a_print_without_a_face_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one face"):
        print_pdf(Sheet.PLAN, [])
