"""Search in PostgreSQL: its inverted index over title and body (migration `0003_postgresql`).

The index is on a function of our own, because PostgreSQL thinks that joining two vectors costs
nothing and would rather read every stored text; the function says what that costs.
"""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BigIntegerField, F, Func, QuerySet
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres import postgres
from modelsearch.utils import get_descendants_content_types_pks

from search.backends.tiered import (
    InPlaceIndex,
    InPlaceRebuilder,
    TieredCompiler,
    TieredResults,
)


class Compiler(TieredCompiler, postgres.PostgresSearchQueryCompiler):
    def vector(self, in_title: bool) -> Any:
        """What is matched; for title and body together it is the expression of the index."""
        if in_title:
            return F("title")
        return Func(
            F("title"), F("body"), function="search_vector", output_field=SearchVectorField()
        )

    def entry_ids(self, query: Any, config: Any, in_title: bool) -> "QuerySet[Any]":
        entries = postgres.IndexEntry.objects.annotate(_vector=self.vector(in_title)).filter(
            _vector=self.build_tsquery(query, config=config),
            content_type__in=get_descendants_content_types_pks(self.queryset.model),
        )
        return entries.values_list(Cast("object_id", BigIntegerField()), flat=True)


class AutocompleteCompiler(Compiler, postgres.PostgresAutocompleteQueryCompiler):
    has_tiers = False

    def vector(self, in_title: bool) -> Any:
        return F("autocomplete")


class Index(InPlaceIndex, postgres.PostgresIndex):
    pass


class Results(TieredResults, postgres.PostgresSearchResults):
    pass


class SearchBackend(postgres.PostgresSearchBackend):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    index_class = Index
    rebuilder_class = atomic_rebuilder_class = InPlaceRebuilder
