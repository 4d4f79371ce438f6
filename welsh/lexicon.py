"""What the analysers ask of a dictionary of word forms, and the one that is used.

`simplemma` (A. Barbaresi, MIT) carries lists from M. Měchura's Lemmatization Lists (ODbL) and
others: 402,470 Welsh and 181,612 English forms. It stays a pinned dependency; no table made from it
is kept here. Another dictionary replaces it by implementing `Lexicon`.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from simplemma.strategies.dictionaries import DefaultDictionaryFactory, StreamDictionaryFactory

from welsh.text import folded


class Lexicon(Protocol):
    """Word forms and their lemmas. All questions are asked in lower case."""

    def lemma(self, form: str) -> str | None:
        """The lemma of a form, or None for an unknown one."""
        ...

    def is_lemma(self, word: str) -> bool:
        """Some form has this word as its lemma."""
        ...

    def accented(self, word: str) -> tuple[str, ...]:
        """Lemmas of forms that become `word` without their accents: dwr gives dŵr."""
        ...


class SimplemmaLexicon:
    """A language of simplemma in its low-memory reader, about 4 MB.

    The lemmas are collected when they are first asked for (0.4 s for Welsh, 7 MB, never for
    English), in one pass over the fast reader, which is let go afterwards.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        readers = StreamDictionaryFactory(cache_max_size=1)
        self._forms: Mapping[str, str] = readers.get_dictionary(language)

    @cached_property
    def _lemmas(self) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
        """All lemmas, and those that have an accented form by that form without accents."""
        everything = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(self._language)
        lemmas: set[str] = set()
        accented: dict[str, set[str]] = {}
        for form in everything:
            lemma = everything[form].lower()
            lemmas.add(lemma)
            if not form.isascii() and (plain := folded(form)) != form.lower():
                accented.setdefault(plain, set()).add(lemma)
        return frozenset(lemmas), {plain: tuple(sorted(of)) for plain, of in accented.items()}

    def lemma(self, form: str) -> str | None:
        found = self._forms.get(form) or self._forms.get(form.capitalize())
        return found.lower() if found else None

    def is_lemma(self, word: str) -> bool:
        return word in self._lemmas[0]

    def accented(self, word: str) -> tuple[str, ...]:
        return self._lemmas[1].get(word, ())
