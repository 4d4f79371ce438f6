"""Keys: what search engines are given instead of words, the same for every form of a word.

A key is a language, the version of these rules and a lemma without accents: ``cy1ysgol``. Letters
and digits without a separator stay one word in every engine (PostgreSQL, SQLite's FTS5, Lucene),
and no engine's own stemmer or stop list knows it.
"""

from collections.abc import Iterable

from welsh.analysis import analyser
from welsh.text import forms, letters_and_digits

VERSION = 1
"""Raise when readings change: entries made by older rules then match nothing instead of wrongly."""


def key(language: str, lemma: str) -> str:
    """The key of a lemma. Agent nouns are spelt -wr and -iwr: both are one key."""
    letters = letters_and_digits(lemma)
    if language == "cy" and letters.endswith("iwr"):
        letters = letters[:-3] + "wr"
    return f"{language}{VERSION}{letters}"


def keys_of_word(word: str, language: str) -> tuple[str, ...]:
    """The keys a word of a text is indexed under: all its readings."""
    readings = analyser(language).readings(word)
    return tuple(dict.fromkeys(key(language, lemma) for lemma in readings))


def key_asked(word: str, language: str) -> str | None:
    """The one key a word of a search asks for; None for a function word."""
    lemma = analyser(language).likeliest(word)
    return key(language, lemma) if lemma else None


def index_keys(text: str, language: str) -> str:
    """The keys of a text in reading order, for an index; repetitions are kept: they rank."""
    return " ".join(key for word in forms(text) for key in keys_of_word(word, language))


def index_words(text: str) -> str:
    """The words of a text without accents and clitics, for an index."""
    return " ".join(filter(None, map(letters_and_digits, forms(text))))


def query_keys(words: Iterable[str], language: str) -> tuple[str, ...]:
    """The keys that a search for all these words asks for."""
    asked = (key_asked(word, language) for word in words)
    return tuple(dict.fromkeys(key for key in asked if key))
