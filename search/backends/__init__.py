"""The engines: our ways of asking and filling SQLite, PostgreSQL and Elasticsearch.

All three give the same pages for the same words, in the same order: pages with the words in the
title first, then pages with the words exactly as they were typed, then all others; the youngest
first among equals. What a word is has been decided before (`search.index`, `search.query`).
"""

from dataclasses import dataclass
from typing import Any

from modelsearch.query import Or, Phrase, PlainText

IN_TITLE, AS_TYPED = 2, 1


@dataclass(frozen=True)
class Tier:
    """Pages that match `query` (in the title, or anywhere) stand `weight` higher."""

    query: Any
    in_title: bool
    weight: int


def is_ours(query: Any) -> bool:
    """The query has the one shape that all engines read alike: words, a phrase, or a choice."""
    if isinstance(query, Or):
        return bool(query.subqueries) and all(
            isinstance(part, PlainText | Phrase) for part in query.subqueries
        )
    return isinstance(query, PlainText | Phrase)


def tiers(query: Any) -> list[Tier]:
    """What makes one match better than another. The first alternative is the words as typed."""
    found = [Tier(query, in_title=True, weight=IN_TITLE)]
    if isinstance(query, Or):
        found.append(Tier(query.subqueries[0], in_title=False, weight=AS_TYPED))
    return found
