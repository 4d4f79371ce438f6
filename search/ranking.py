"""The order of results, the same on every engine.

The engines rank differently (SQLite ignores that a title weighs more). So the first 200 pages that
an engine gives are put into one order here: first those with more of the words in their title, then
those with the words exactly as typed, then by the weight of their kind, then by how often the
words occur, then the newest.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from search.models import PageText
from search.query import NEWEST, TITLE, SearchQuery
from welsh.alphabet import english_sort_key, sort_key
from welsh.keys import index_keys, index_words, query_keys

MOST_RANKED = 200
_MOST_COUNTED = 5  # more occurrences of a word do not make a page better


def ranked(pages: Sequence[Any], query: SearchQuery, texts: dict[int, PageText]) -> list[Any]:
    """These pages, all found by `query`, in the order it asks for; `texts` are theirs by id."""
    if query.sort == TITLE:
        key = sort_key if query.language == "cy" else english_sort_key
        return sorted(pages, key=lambda page: (key(page.title), page.pk))
    newest_first = sorted(pages, key=_age)
    if query.sort == NEWEST:
        return newest_first
    measure = _Measure(query)
    return sorted(newest_first, key=lambda page: measure.of(page, texts.get(page.pk)))


def texts_of(pages: Iterable[Any]) -> dict[int, PageText]:
    """What is kept of these pages' texts, by page id, in one query."""
    return PageText.objects.in_bulk([page.pk for page in pages])


def _age(page: Any) -> tuple[float, int]:
    published = page.first_published_at
    return (-published.timestamp() if published else 0.0, -page.pk)


class _Measure:
    """How well a page answers a query; smaller sorts first."""

    def __init__(self, query: SearchQuery) -> None:
        self.words = [word for word in index_words(" ".join(query.words)).split() if word]
        self.keys = {lang: query_keys(query.forms(), lang) for lang in ("cy", "en")}

    def of(self, page: Any, text: PageText | None) -> tuple[float, bool, int, int]:
        language = page.locale.language_code
        keys = self.keys[language] or self.words
        in_title = f" {index_words(page.title)} {index_keys(page.title, language)} "
        words, all_keys = (text.words, text.keys) if text else (in_title, in_title)
        return (
            -_share(keys, in_title),
            not all(f" {word} " in words for word in self.words),
            -(page.specific_class or type(page)).search_weight,
            -sum(min(all_keys.count(f" {key} "), _MOST_COUNTED) for key in keys),
        )


def _share(keys: Iterable[str], text: str) -> float:
    """How many of the keys stand in the text, from 0 to 1."""
    wanted = list(keys)
    return sum(f" {key} " in text for key in wanted) / len(wanted) if wanted else 0.0
