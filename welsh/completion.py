"""Forms of a title's words for completion: whatever form a reader begins to type is there.

Someone who wants *Caerdydd* may type *Ngh*, someone without a Welsh keyboard *wyl* for *Ŵyl*.
"""

from collections.abc import Iterator

from welsh.analysis import analyser
from welsh.keys import index_words
from welsh.mutations import mutated_forms, radicals
from welsh.text import folded, forms, letters_and_digits


def completion_forms(title: str, language: str) -> str:
    """The words of a title, without accents; in Welsh also in the radical and every mutation."""
    found: dict[str, None] = {}
    for form in forms(title):
        for variant in _variants(form, language):
            found.setdefault(letters_and_digits(variant))
    return " ".join(filter(None, found))


def completion_query(text: str) -> str:
    """What is typed, in the form `completion_forms` has; the last word may be unfinished."""
    return index_words(text)


def _variants(form: str, language: str) -> Iterator[str]:
    yield form
    if language != "cy" or analyser("cy").is_function_word(form):
        return
    readings = {folded(lemma) for lemma in analyser("cy").readings(form)}
    roots = [root for root in radicals(form) if _could_be(root, readings)]
    for root in (form, *roots):
        yield root
        yield from mutated_forms(root)


def _could_be(root: str, readings: set[str]) -> bool:
    """Some reading of the word begins as this radical does."""
    return any(reading[:2] == folded(root[:2]) for reading in readings)
