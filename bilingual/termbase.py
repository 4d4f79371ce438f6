"""The house's words: what to write, what else may stand, and what not, in both languages.

The rows are `termbase.tsv` beside this file (content guide 6; the note "check" waits for a
translator). They advise and never refuse. Welsh words are known in all their mutated forms.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from bilingual.models import LANGUAGES, other_language
from welsh.mutations import mutated_forms
from welsh.text import forms

ROWS = Path(__file__).with_name("termbase.tsv")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One row: per language the word to write, others that may stand, and those that may not."""

    approved: dict[str, str]
    allowed: dict[str, tuple[str, ...]]
    forbidden: dict[str, tuple[str, ...]]

    def good(self, language: str) -> list[str]:
        return [self.approved[language], *self.allowed[language]]


@cache
def terms() -> tuple[Term, ...]:
    """All rows of the termbase."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))

    def several(row: dict[str, str], column: str) -> tuple[str, ...]:
        return tuple(text.strip() for text in (row[column] or "").split(";") if text.strip())

    return tuple(
        Term(
            approved={language: row[language] for language in LANGUAGES},
            allowed={language: several(row, f"{language} allowed") for language in LANGUAGES},
            forbidden={language: several(row, f"{language} forbidden") for language in LANGUAGES},
        )
        for row in rows
    )


@cache
def _pattern(term: str, language: str) -> tuple[frozenset[str], ...]:
    """For each word of a term the forms that it may have in a text."""
    return tuple(
        frozenset({word, *(mutated_forms(word) if language == "cy" else ())})
        for word in forms(term)
    )


def _places(term: str, language: str, words: Sequence[str]) -> Iterator[range]:
    pattern = _pattern(term, language)
    for start in range(len(words) - len(pattern) + 1):
        if all(words[start + step] in known for step, known in enumerate(pattern)):
            yield range(start, start + len(pattern))


def advice(texts: dict[str, str]) -> dict[str, list[str]]:
    """Sentences about the words of these texts, by the language in which something is to change.

    `texts` are the same thing in both languages; where one is empty nothing is compared.
    """
    words = {language: forms(texts.get(language, "")) for language in LANGUAGES}
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for language in LANGUAGES:
        taken = _taken(language, words[language])
        for term in terms():
            for bad in term.forbidden[language]:
                if any(not taken & set(place) for place in _places(bad, language, words[language])):
                    found[language].append(
                        _("Write “%(good)s”, not “%(bad)s”.")
                        % {"good": term.approved[language], "bad": bad}
                    )
    for language in LANGUAGES:
        other = other_language(language)
        if words[language] and words[other]:
            found[other] += _without_partner(language, words)
    return {language: list(dict.fromkeys(sentences)) for language, sentences in found.items()}


def _taken(language: str, words: Sequence[str]) -> set[int]:
    """Places of words that are part of a good term: a bad one inside it is none."""
    return {
        place
        for term in terms()
        for good in term.good(language)
        for span in _places(good, language, words)
        for place in span
    }


def _without_partner(language: str, words: dict[str, list[str]]) -> list[str]:
    """The longest term at each place whose counterpart is nowhere in the other text."""
    other = other_language(language)
    taken: set[int] = set()
    found = []
    for term in sorted(terms(), key=lambda term: -len(_pattern(term.approved[language], language))):
        here = [
            place
            for place in _places(term.approved[language], language, words[language])
            if not taken & set(place)
        ]
        taken |= {number for place in here for number in place}
        if here and not any(any(_places(good, other, words[other])) for good in term.good(other)):
            found.append(
                _("“%(term)s” is usually “%(good)s” here.")
                % {"term": term.approved[language], "good": term.approved[other]}
            )
    return found
