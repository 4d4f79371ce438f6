"""A part of a page's own text with the found words marked, whatever form they have there."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from welsh.highlighting import excerpt as excerpt_of
from welsh.highlighting import marks
from welsh.text import normalised

MARK = "<mark>"
LONGEST_EXCERPT = 220  # signs
LONGEST_READ = 20_000  # signs of a text that are looked through
_SOURCE_MARK = re.compile(r"[^\S\n]*\[ *\d{1,3}(?: *, *\d{1,3})* *\]")  # [1] or [1, 3]


def excerpt(
    text: str, words: Iterable[str], language: str, longest: int = LONGEST_EXCERPT
) -> SafeString:
    """HTML: the part of `text` that holds most of `words`, in any form, with these in <mark>.

    Every piece is escaped by itself, so text can never become markup.
    """
    text = normalised(_one_line(text[:LONGEST_READ]))
    shown = excerpt_of(text, marks(text, words, language), longest)
    pieces: list[str] = ["… " if shown.start else ""]
    position = shown.start
    for start, stop in shown.marks:
        pieces += [
            conditional_escape(_with_apostrophes(text[position:start])),
            format_html("<mark>{}</mark>", _with_apostrophes(text[start:stop])),
        ]
        position = stop
    pieces.append(conditional_escape(_with_apostrophes(text[position : shown.stop])))
    pieces.append(" …" if shown.stop < len(text) else "")
    return mark_safe("".join(pieces))


def _one_line(text: str) -> str:
    """The parts of a page after each other, without its marks of sources; a heading gets a dot
    between it and what follows."""
    lines = [" ".join(line.split()) for line in _SOURCE_MARK.sub("", text).splitlines()]
    parts = [line if line[-1] in ".!?:…" else f"{line} ·" for line in lines if line]
    return " ".join(parts).removesuffix(" ·")


def _with_apostrophes(text: str) -> str:
    """Comparing needs one sign for every apostrophe; this is the one that the site prints."""
    return text.replace("'", "’")
