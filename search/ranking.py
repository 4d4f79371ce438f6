"""The order of results, the same on every engine.

The engines know whether the words stand in a title or as typed, and no more. So the first 200 pages
that an engine gives are put into one order here: first those with more of the words in their title,
then those with the words exactly as typed, then by the weight of their kind, then by how often the
words occur, then the newest.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page
from wagtail.query import PageQuerySet

from search.query import NEWEST, TITLE, SearchQuery
from welsh.alphabet import english_sort_key, sort_key
from welsh.keys import index_words, query_keys

MOST_RANKED = 200
_MOST_COUNTED = 5  # more occurrences of a word do not make a page better
_READ = ("pk", "first_published_at")
_MEASURED = (
    "content_type_id", "search_text__title_words", "search_text__words", "search_text__keys",
)  # fmt: skip


def ranked(ids: Sequence[int], query: SearchQuery, pages: "PageQuerySet[Any]") -> list[int]:
    """Those of `pages` that an engine found by `query`, in the order it asks for; one query.

    An engine may still hold a page that has been withdrawn: it is not among `pages`.
    """
    if not ids:
        return []
    by_best = query.sort not in (NEWEST, TITLE)
    columns = (*_READ, *(_MEASURED if by_best else ["title"]))
    rows: list[Any] = list(pages.order_by().filter(pk__in=ids).values_list(*columns, named=True))
    rows.sort(key=_age)
    if query.sort == TITLE:
        key = sort_key if query.language == "cy" else english_sort_key
        rows.sort(key=lambda row: (key(row.title), row.pk))
    elif by_best:
        rows.sort(key=_Measure(query).of)
    return [row.pk for row in rows]


def _age(row: Any) -> tuple[float, int]:
    published = row.first_published_at
    return (-published.timestamp() if published else 0.0, -row.pk)


class _Measure:
    """How well a page answers a query; smaller sorts first."""

    def __init__(self, query: SearchQuery) -> None:
        self.words = index_words(" ".join(query.words)).split()
        self.keys = query_keys(query.forms(), query.language) or self.words

    def of(self, row: Any) -> tuple[float, bool, int, int]:
        in_title = row.search_text__title_words or ""
        words, keys = row.search_text__words or "", row.search_text__keys or ""
        return (
            -_share(self.keys, in_title),
            not all(f" {word} " in words for word in self.words),
            -_weight(row.content_type_id),
            -sum(min(keys.count(f" {key} "), _MOST_COUNTED) for key in self.keys),
        )


def _share(keys: Sequence[str], text: str) -> float:
    """How many of the keys stand in the text, from 0 to 1."""
    return sum(f" {key} " in text for key in keys) / len(keys) if keys else 0.0


def _weight(content_type_id: int) -> int:
    model = ContentType.objects.get_for_id(content_type_id).model_class() or Page
    return int(getattr(model, "search_weight", 0))
