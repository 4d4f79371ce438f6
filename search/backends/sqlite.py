"""Search in SQLite: its full-text index FTS5, asked for ids alone."""

from typing import Any

from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import MatchExpression
from modelsearch.utils import get_descendants_content_types_pks

from search.backends.tiered import (
    InPlaceIndex,
    InPlaceRebuilder,
    TieredCompiler,
    TieredResults,
)


class Compiler(TieredCompiler, sqlite.SQLiteSearchQueryCompiler):
    def entry_ids(self, query: Any, config: Any, in_title: bool) -> "QuerySet[Any]":
        columns = ["title"] if in_title else self.FTS_TABLE_FIELDS
        matching = sqlite.SQLiteFTSIndexEntry.objects.filter(
            MatchExpression(columns, self.build_search_query(query, config=config))
        )
        # The index on type and object holds all that is asked of an entry. Looked up by its key
        # itself, each would be read with its whole text, which takes three times as long.
        entries = sqlite.IndexEntry.objects.annotate(key=F("pk") + 0).filter(
            key__in=matching.values("pk"),
            content_type__in=get_descendants_content_types_pks(self.queryset.model),
        )
        return entries.values_list(Cast("object_id", BigIntegerField()), flat=True)


class AutocompleteCompiler(Compiler, sqlite.SQLiteAutocompleteQueryCompiler):
    has_tiers = False


class Index(InPlaceIndex, sqlite.SQLiteIndex):
    pass


class Results(TieredResults, sqlite.SQLiteSearchResults):
    pass


class SearchBackend(sqlite.SQLiteSearchBackend):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    index_class = Index
    rebuilder_class = atomic_rebuilder_class = InPlaceRebuilder
