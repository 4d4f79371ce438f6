"""What the two database engines share: hits and tiers as lists of ids, and a rebuild in place.

Stock modelsearch computes a rank for every hit in a statement of its own, which takes seconds on
SQLite and reads every stored text on PostgreSQL. Here the full-text index gives the ids of the
matching entries, once for the hits and once for each tier, and the database joins lists of ids.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Case, QuerySet, Value, When

from search.backends import is_ours, tiers

AFTER_A_REBUILD = {
    # Without statistics queries take 10 times longer.
    "sqlite": ["ANALYZE"],
    # New entries of an inverted index wait in a list, and as long as it is long, the index is not
    # used for frequent words: three times slower until the next vacuum, which may be a day away.
    "postgresql": [
        "SELECT gin_clean_pending_list('search_title_body')",
        "ANALYZE wagtailsearch_indexentry",
    ],
}


class TieredCompiler:
    """Hits by id, ordered by tier; a subclass says how entries are matched."""

    fields: Any
    query: Any
    queryset: "QuerySet[Any]"
    order_by_relevance: bool
    has_tiers = True

    def entry_ids(self, query: Any, config: Any, in_title: bool) -> "QuerySet[Any]":
        """Ids of the objects whose index entry matches, as a subquery."""
        raise NotImplementedError

    def search(
        self, config: Any, start: Any, stop: Any, score_field: Any = None, **kwargs: Any
    ) -> Any:
        """The queryset of the hits. Queries of another shape are left to modelsearch."""
        if self.fields is not None or not is_ours(self.query):
            return super().search(config, start, stop, score_field, **kwargs)  # type: ignore[misc]
        found = self.queryset.filter(pk__in=self.entry_ids(self.query, config, in_title=False))
        if self.order_by_relevance:
            score: Any = Value(0)
            for tier in tiers(self.query) if self.has_tiers else ():
                matching = self.entry_ids(tier.query, config, tier.in_title)
                score = score + Case(When(pk__in=matching, then=Value(tier.weight)), default=0)
            score_field = score_field or "_score"
            found = found.annotate(**{score_field: score}).order_by(f"-{score_field}", "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]


class TieredResults:
    """Results that can be had as ids alone."""

    get_queryset: Callable[[], "QuerySet[Any]"]
    facet: Callable[[str], dict[Any, int]]

    def ids(self) -> list[int]:
        return list(self.get_queryset().values_list("pk", flat=True))

    def ids_and_facet(self, field_name: str) -> tuple[list[int], dict[Any, int]]:
        """The ids of this slice, and how many of all hits have each value of a field."""
        return self.ids(), self.facet(field_name)


class InPlaceIndex:
    """An index whose entries are exchanged one by one, so that none is ever missing."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing: the rank that reads these is not used, and keeping them reads every entry."""


class InPlaceRebuilder:
    """Stock modelsearch rebuilds in one transaction, during which nobody can save on SQLite."""

    def __init__(self, index: Any) -> None:
        self.index = index

    def start(self) -> Any:
        """The index to be filled: the one in use."""
        return self.index

    def finish(self) -> None:
        """Entries of what is gone are removed, and the database learns what it holds."""
        self.index.delete_stale_entries()
        with connection.cursor() as cursor:
            for statement in AFTER_A_REBUILD[connection.vendor]:
                cursor.execute(statement)
