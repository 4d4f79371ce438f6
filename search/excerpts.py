"""A line of a page's own text with the found words marked."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

LONGEST_EXCERPT = 220  # characters
_WORD = re.compile(r"[^\W_]+")


def folded(word: str) -> str:
    """Lower case without accents, as the engines of both databases are asked to compare."""
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def excerpt(text: str, words: Iterable[str], longest: int = LONGEST_EXCERPT) -> SafeString:
    """HTML: `text` cut at words to about `longest` characters, with `words` in <mark>.

    Every piece is escaped by itself, so text can never become markup. The cut starts a little
    before the first word found.
    """
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    wanted = {folded(part) for word in words for part in _WORD.findall(word)}
    found = [match for match in _WORD.finditer(text) if folded(match.group()) in wanted]
    start, stop = _window(text, found[0].start() if found else 0, longest)
    pieces: list[str] = ["… " if start else ""]
    position = start
    for match in found:
        if start <= match.start() and match.end() <= stop:
            pieces += [
                conditional_escape(text[position : match.start()]),
                format_html("<mark>{}</mark>", match.group()),
            ]
            position = match.end()
    pieces += [conditional_escape(text[position:stop]), " …" if stop < len(text) else ""]
    return mark_safe("".join(pieces))


def _window(text: str, first: int, longest: int) -> tuple[int, int]:
    """Where to cut: whole words around the position `first`."""
    if len(text) <= longest:
        return 0, len(text)
    start = 0
    if first > longest // 2:
        start = text.rfind(" ", 0, first - longest // 4) + 1
    stop = min(start + longest, len(text))
    if stop < len(text):
        stop = max(text.rfind(" ", start, stop), start + 1) if " " in text[start:stop] else stop
    return start, stop
