"""Where the words that a search meant stand in a text, and the part of the text to show.

Only positions come out, never markup: who shows a text escapes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from welsh.keys import key_asked, keys_of_word
from welsh.text import folded, forms, words


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`text[start:stop]` is to be shown, with the `marks` (positions in text) emphasised."""

    start: int
    stop: int
    marks: tuple[tuple[int, int], ...]


def marks(text: str, asked: Iterable[str], language: str) -> list[tuple[int, int]]:
    """Positions in `text` (normalised) of every form of the words `asked`, clitics left out.

    Function words are marked only when nothing else was asked for.
    """
    asked_forms = [form for word in asked for form in forms(word)]
    asked_keys = {key for form in asked_forms if (key := key_asked(form, language))}
    content = {folded(form) for form in asked_forms if key_asked(form, language)}
    exact = content or {folded(form) for form in asked_forms}
    return [
        (word.start, word.stop)
        for word in words(text)
        if folded(word.form) in exact
        or not asked_keys.isdisjoint(keys_of_word(word.form, language))
    ]


def excerpt(text: str, found: Sequence[tuple[int, int]], longest: int) -> Excerpt:
    """The part of `text` of at most about `longest` signs that holds most marks, cut at blanks.

    Without a mark it is the beginning.
    """
    if len(text) <= longest:
        return Excerpt(0, len(text), tuple(found))
    start = _densest_start(found, longest)
    if start:
        start = text.rfind(" ", 0, start) + 1
    stop = min(start + longest, len(text))
    if stop < len(text):
        blank = text.rfind(" ", start + 1, stop)
        stop = blank if blank > start else stop
    inside = tuple((begin, end) for begin, end in found if start <= begin and end <= stop)
    return Excerpt(start, stop, inside)


def _densest_start(found: Sequence[tuple[int, int]], longest: int) -> int:
    """Where the window with most marks begins: some words before its first mark."""
    lead = longest // 4
    best, best_count, last = 0, 0, 0
    for index, (begin, _end) in enumerate(found):
        while last < len(found) and found[last][1] <= begin - lead + longest:
            last += 1
        if last - index > best_count:
            best, best_count = begin, last - index
    return best - lead if best > longest - lead else 0
