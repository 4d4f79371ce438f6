"""The cloth of a page never changes, the quilt is an open door, and the sheet stays light."""

import gzip
import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from design.css import joined, parts
from design.quilt import COLUMNS, quilt
from design.weave import draft, svg

# Short digests of the drawings of the designer's reference tool: seed, width of a thread, digest.
REFERENCE = [
    ("croeso", None, "3b36c3a5c500eccc"),
    ("croeso", 9, "63316a1d3db4df72"),
    ("straeon", None, "72207f8d22341ef8"),
    ("straeon", 9, "a08f818effc5254c"),
    ("welcome-day", None, "fb510692ea8d6cf5"),
    ("welcome-day", 9, "c6774452faddc535"),
    ("croeso-cychwyn", None, "034e2e059178e602"),
    ("croeso-cychwyn", 9, "996015271f573bb2"),
    ("derby", None, "5361ab3cda19d660"),
    ("derby", 9, "f83d8189511ba319"),
    ("ysgol-noddfa-ŵŷ", None, "36802c3a016d915f"),
    ("ysgol-noddfa-ŵŷ", 9, "68ea770a59212089"),
]
CSS_LIMIT = 14 * 1024
FONTS_LIMIT = 32 * 1024


def fonts_of_a_first_visit() -> list[Path]:
    """The two families that every page fetches; the rest of Latin comes only where it is needed."""
    return [
        settings.BASE_DIR / "static" / "fonts" / name for name in ("text.woff2", "display.woff2")
    ]


def test_what_stands_inside_another_part_stays_inside_it_in_the_minified_sheet() -> None:
    sheet = joined()
    assert ".prose *:where(ul,ol)" in sheet and ".letters *:is(a,span)" in sheet
    assert not re.search(r"\.(prose|letters|sewn|groups|letter):", sheet)


@pytest.mark.parametrize(("seed", "thread", "digest"), REFERENCE)
def test_a_cloth_is_drawn_as_the_reference_tool_draws_it(
    seed: str, thread: int | None, digest: str
) -> None:
    drawn = svg(seed, thread=thread, uid="w1")
    assert sha256(drawn.encode()).hexdigest()[:16] == digest


def test_every_cloth_has_an_open_door_at_its_centre() -> None:
    assert all(draft(f"page-{number}")[1][0][0] in "la" for number in range(50))


def test_two_cloths_of_one_seed_on_a_page_have_different_ids() -> None:
    page = '{% load weave %}{% weave "croeso" %}{% weave "croeso" thread=9 %}'
    ids = re.findall(r' id="([^"]+)"', Template(page).render(Context()))
    assert len(ids) == 3
    assert len(set(ids)) == 3


def test_143_squares_with_54_marked_are_two_frames_open_at_the_bottom() -> None:
    squares = quilt(143, 54)
    rows = ["".join("#" if x else "." for x in squares[i : i + COLUMNS]) for i in range(0, 143, 13)]
    assert rows == ["#" * 13] + ["#...........#"] * 2 + ["#..#######..#"] + ["#..#.....#..#"] * 7


@pytest.mark.parametrize(("total", "marked"), [(0, 0), (1, 1), (54, 54), (143, 0), (150, 60)])
def test_a_quilt_of_any_size_marks_as_many_squares_as_were_awarded(total: int, marked: int) -> None:
    squares = quilt(total, marked)
    assert (len(squares), sum(squares)) == (total, marked)


def test_the_sprite_holds_each_used_icon_once_and_no_other() -> None:
    page = (
        '{% load icons %}{% icon "search" %}{% icon "search" %}{% icon "menu" %}{% icon_sprite %}'
    )
    symbols = re.findall(r'<symbol id="i-([^"]+)"', Template(page).render(Context()))
    assert sorted(symbols) == ["menu", "search"]


def test_an_icon_that_is_not_in_the_folder_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        Template('{% load icons %}{% icon "no-such-icon" %}').render(Context())


def test_the_sheet_is_joined_in_layer_order_without_the_specimens() -> None:
    names = [path.name for path in parts()]
    assert names[0] == "00-fallback.css"
    assert names[-1] == "08-print.css"
    assert "specimens.css" not in names


def test_the_sheet_stays_within_its_budget() -> None:
    assert 8_000 < len(gzip.compress(joined().encode())) <= CSS_LIMIT


def test_the_fonts_of_a_first_visit_stay_within_their_budget() -> None:
    assert sum(path.stat().st_size for path in fonts_of_a_first_visit()) <= FONTS_LIMIT


def test_every_font_named_in_the_sheet_is_there_with_its_licence() -> None:
    folder = settings.BASE_DIR / "static" / "fonts"
    named = set(re.findall(r"fonts/([\w-]+\.woff2)", joined()))
    assert named == {path.name for path in folder.glob("*.woff2")}
    assert len(list(folder.glob("OFL-*.txt"))) == 2


def test_colours_live_in_the_tokens_apart_from_the_designers_fixed_pairs() -> None:
    """Guide of the design, section 4: a few dark-on-yellow pairs do not change with the theme."""
    fixed = {"#11282d", "#12414a", "#15191b", "#a3231a", "#f3efe4", "#f5c23b", "#f5efdf"}
    fixed |= {"#f7b9ae", "#fff"}
    # The tokens hold the colours; paper is black and white whatever the theme.
    own = [path for path in parts() if path.name not in ("03-tokens.css", "08-print.css")]
    found = {h.lower() for path in own for h in re.findall(r"#[\da-fA-F]{3,8}\b", path.read_text())}
    assert found
    # The fallback for old browsers knows no tokens, so it is read apart.
    found -= set(re.findall(r"#[\da-fA-F]{3,8}\b", own[0].read_text()))
    assert found <= fixed


def test_an_old_browser_reads_the_fallback_first_and_nothing_else() -> None:
    """What stands outside the layers reaches everybody, so it must ask for an old browser."""
    assert joined().startswith("@supports not ")
    first, *others = [
        re.sub(r"/\*.*?\*/", "", part.read_text(), flags=re.DOTALL) for part in parts()
    ]
    assert "@layer" not in first
    for text in others:
        outside = re.findall(r"^([^\s}][^{;]*)[{;]", text, re.MULTILINE)
        assert outside
        assert all(rule.startswith(("@layer ", "@font-face")) for rule in outside), outside
