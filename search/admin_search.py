"""The admin's search and choosers find pages as the public page does.

Wagtail searches pages in the admin by the beginnings of their titles' words alone
(`PageQuerySet.autocomplete`) and hands the engine whatever was typed. No setting or hook changes
that, so the method itself is replaced: pages whose title has words that begin like this, and pages
that the public search would find, drafts included.
"""

from typing import Any

from modelsearch.backends import get_search_backend
from modelsearch.query import (
    MATCH_ALL,
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
)
from wagtail.query import PageQuerySet

from search.query import parse
from welsh.completion import completion_query

MOST_FOUND = 500  # of each of the two ways; nobody pages through more


def hang() -> None:
    """Put this search in the place of Wagtail's."""
    PageQuerySet.autocomplete = pages_matching


def pages_matching(
    self: Any,
    query: Any,
    fields: Any = None,
    operator: Any = None,
    order_by_relevance: bool = True,
    order_by: str | None = None,
    backend: str = "default",
) -> Any:
    """Search results as `autocomplete` gives them; never raises for anything that was typed.

    Without an order of the caller's those changed last come first.
    """
    engine = get_search_backend(backend)
    if isinstance(query, MatchAll):
        return engine.search(query, self, order_by_relevance=False)
    question = parse({"q": _typed(query)}, "cy")
    pages = self
    if not question:
        pages = pages.none()
    else:
        among = self.model._default_manager.filter(pk__in=self.order_by().values("pk")).only("pk")
        beginnings = PlainText(completion_query(question.text), operator="and")
        found = [
            *engine.autocomplete(beginnings, among)[:MOST_FOUND],
            *engine.search(question.for_engine(), among)[:MOST_FOUND],
        ]
        pages = pages.filter(pk__in={page.pk for page in found})
    if order_by:
        pages = pages.order_by(order_by)
    elif order_by_relevance:
        pages = pages.order_by("-latest_revision_created_at")
    return engine.search(MATCH_ALL, pages, order_by_relevance=False)


def _typed(query: Any) -> str:
    """The words in a query that the admin has parsed already."""
    if isinstance(query, str):
        return query
    if isinstance(query, PlainText | Phrase | Fuzzy):
        return str(query.query_string)
    if isinstance(query, And | Or):
        return " ".join(_typed(part) for part in query.subqueries)
    if isinstance(query, Boost | Not):
        return _typed(query.subquery)
    return ""
