"""Tagged PDF from data, set by typst in the fonts of the design.

Every result is PDF/UA-1 and equal on every build: there is no date in it, and nothing of the
machine. Press knows no subject: all words arrive in the data, in the language of their face.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

import typst

from press.text import Block

ROOM = Path(__file__).parent


class Sheet(StrEnum):
    """The kinds of print, by the name of their template."""

    PLAN = "plan"  # A4
    HANDOUT = "handout"  # A4
    CARDS = "cards"  # A5, one card a page
    LARGE = "large"  # A4, 18 point
    DOORSTEP = "doorstep"  # A5, to hand out
    POSTER = "poster"  # A4, of an event
    INVITATION = "invitation"  # A5, of an event


class Arrangement(StrEnum):
    """How the faces of one print stand to each other; languages never mix in a sentence."""

    BACK_TO_BACK = "back_to_back"
    SIDE_BY_SIDE = "side_by_side"


@dataclass(frozen=True)
class Step:
    """A step on the tape: `at` since the start, its length, the cloth of its strip, its words."""

    at: str
    minutes: int
    pattern: str
    kind: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with its text; `language` where that is not the language of its face."""

    heading: str
    blocks: tuple[Block, ...]
    language: str = ""


@dataclass(frozen=True)
class Card:
    """One card; it is never split."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Face:
    """One language of a print. `sections` stand before the plan, `closing` after it.

    `link` is the address in the QR code, `link_words` what it leads to; `sample` is the word that
    marks invented content, empty where it is real. `small_print` stands at the end.
    """

    language: str
    title: str
    lede: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    plan_heading: str = ""
    steps: tuple[Step, ...] = ()
    end_at: str = ""
    end_text: str = ""
    closing: tuple[Section, ...] = ()
    cards: tuple[Card, ...] = ()
    cards_heading: str = ""
    link: str = ""
    link_words: str = ""
    sample: str = ""
    small_print: str = ""
    qr: str = field(default="", repr=False)


def print_pdf(
    sheet: Sheet,
    faces: Sequence[Face],
    arrangement: Arrangement = Arrangement.BACK_TO_BACK,
    title: str = "",
) -> bytes:
    """The print of its faces as PDF/UA-1; `title` is that of the document, else their titles.

    Raises:
        typst.TypstError: the data cannot be set, such as a face without a title.
        ValueError: there is no face.
    """
    if not faces:
        raise ValueError("A print has at least one face.")
    data = {
        "faces": [asdict(face) for face in faces],
        "arrangement": arrangement.value,
        "title": title or " / ".join(dict.fromkeys(face.title for face in faces)),
    }
    made = typst.compile(
        ROOM / "templates" / f"{sheet.value}.typ",
        root=ROOM,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


@cache
def fonts() -> typst.Fonts:
    """The design's own fonts and no other: a missing letter must show, not be borrowed."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(ROOM / "fonts")],
    )
