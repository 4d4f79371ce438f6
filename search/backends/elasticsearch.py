"""Search in Elasticsearch 9, which may be slow, frozen or away at any time.

Analysis happens in Python (`search.index`), so the built-in `standard` analyzer is enough and the
settings work on every server. Readers wait at most a second in all for the engine; then, and as
long as its breaker is open, the database answers with the same pages. Writes go through
`search.queue`.
"""

import logging
import os
import re
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar

import elastic_transport
from django.core.signals import request_finished, request_started
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import BulkIndexError, bulk
from modelsearch.backends import elasticsearch9, get_search_backend
from modelsearch.backends.elasticsearchbase import Field

from search import queue
from search.backends import is_ours, tiers
from search.index import add_present

logger = logging.getLogger(__name__)

SECONDS_FOR_A_REQUEST = 1.0
SECONDS_FOR_A_CALL = 0.5
SECONDS_FOR_A_REBUILD = 60
SECONDS_LEFT_ALONE = 30.0
MOST_HITS = 10_000  # the server's own limit (max_result_window)
MOST_FACET_VALUES = 1_000
# Unreachable, overloaded, locked, older than the code (400 for a field it has not heard of), or an
# answer that is none: whatever it is, readers get theirs from the database.
NO_ANSWER = (
    elastic_transport.TransportError,
    ApiError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
_clients: dict[tuple[int, str], Elasticsearch] = {}


class Breaker:
    """Leaves a failing engine alone for a while, and counts what this request has waited for it.

    Outside of requests (commands, tasks) nothing is counted.
    """

    def __init__(self) -> None:
        self._open_until = 0.0
        self._waited = threading.local()
        request_started.connect(self._begin, weak=False)
        request_finished.connect(self._end, weak=False)

    def _begin(self, **_kwargs: Any) -> None:
        self._waited.seconds = 0.0

    def _end(self, **_kwargs: Any) -> None:
        self._waited.seconds = None

    def is_open(self) -> bool:
        return time.monotonic() < self._open_until

    def open(self, reason: object) -> None:
        if not self.is_open():
            logger.warning("Elasticsearch is left alone for a while: %s", reason)
        self._open_until = time.monotonic() + SECONDS_LEFT_ALONE

    def close(self) -> None:
        self._open_until = 0.0

    def seconds_left(self) -> float:
        """How long the next call may take."""
        waited = getattr(self._waited, "seconds", None)
        if waited is None:
            return SECONDS_FOR_A_CALL
        return min(SECONDS_FOR_A_CALL, SECONDS_FOR_A_REQUEST - waited)

    def seconds_left_to_write(self, most: float) -> float:
        """How long an editor may still be kept waiting by this request's writes."""
        waited = getattr(self._waited, "seconds", None) or 0.0
        return min(most, SECONDS_FOR_A_REQUEST - waited)

    def count(self, seconds: float) -> None:
        waited = getattr(self._waited, "seconds", None)
        if waited is not None:
            self._waited.seconds = waited + seconds


breaker = Breaker()


def shared_client(**options: Any) -> Elasticsearch:
    """One client with its connections for each process: modelsearch makes one for each query."""
    key = (os.getpid(), repr(sorted(options.items())))
    if key not in _clients:
        _clients[key] = Elasticsearch(**options)
    return _clients[key]


def key_column(compiler: Any) -> str:
    """The column of the key as a number, where the model declares it; else as text."""
    for field in compiler.queryset.model.get_filterable_search_fields():
        if field.field_name in ("id", "pk"):
            return str(compiler.mapping.get_field_column_name(field))
    return "pk"


class Mapping(elasticsearch9.Elasticsearch9Mapping):
    """Autocomplete by prefixes that the server indexes itself, without analysis modules."""

    edgengram_analyzer_config: ClassVar = {
        "analyzer": "standard",
        "index_prefixes": {"min_chars": 1, "max_chars": 10},
    }


class Index(elasticsearch9.Elasticsearch9Index):
    def put_alias(self, name: str) -> None:
        """Move the alias in one step; else both indices answer for a moment."""
        self.es.indices.update_aliases(
            actions=[
                {"remove": {"index": f"{name}_*", "alias": name, "must_exist": False}},
                {"add": {"index": self.name, "alias": name}},
            ]
        )

    def delete_orphans(self) -> None:
        """Remove the indices that rebuilds which died have left; this one is an alias."""
        name = re.compile(re.escape(self.name) + "_[a-z0-9]{7}")  # as modelsearch makes them
        used = {index.name for index in self.aliased_indices()}
        for orphan in set(self.es.indices.get(index=f"{self.name}_*")) - used:
            if name.fullmatch(orphan):
                self.es.indices.delete(index=orphan, ignore_unavailable=True)


class Compiler(elasticsearch9.Elasticsearch9SearchQueryCompiler):
    mapping_class = Mapping
    DEFAULT_OPERATOR = "and"

    def is_ours(self) -> bool:
        return self.fields is None and is_ours(self.query)

    def _anywhere(self, query: Any) -> dict[str, Any]:
        return dict(self._compile_query(query, Field("_all_text")))

    def _tiers(self) -> list[dict[str, Any]]:
        titles = [f for f in self.get_searchable_fields() if f.field_name == "title"]
        found = []
        for tier in tiers(self.query):
            if not tier.in_title:
                matching = self._anywhere(tier.query)
            elif titles:
                column = self.mapping.get_field_column_name(titles[0])
                matching = self._compile_query(tier.query, Field(column))
            else:
                continue
            found.append({"constant_score": {"filter": matching, "boost": tier.weight}})
        return found

    def get_query(self) -> dict[str, Any]:
        """Hits are filtered, and scored by tiers alone: the same order as on the databases."""
        if not self.is_ours():
            return dict(super().get_query())
        found = {"filter": [self._anywhere(self.query), *self.get_filters()]}
        return {"bool": found | ({"should": self._tiers()} if self.order_by_relevance else {})}

    def get_sort(self) -> list[Any] | None:
        if self.is_ours() and (self.order_by_relevance or not self.queryset.ordered):
            by_age = {key_column(self): "desc"}
            return ["_score", by_age] if self.order_by_relevance else [by_age]
        sort: list[Any] | None = super().get_sort()
        return sort


class AutocompleteCompiler(elasticsearch9.Elasticsearch9AutocompleteQueryCompiler):
    mapping_class = Mapping
    DEFAULT_OPERATOR = "and"

    def _compile_plaintext_query(self, query: Any, fields: Any, boost: float = 1.0) -> Any:
        """The last word is a prefix, the others are whole, as on the databases."""
        return {
            "multi_match": {
                "query": query.query_string,
                "type": "bool_prefix",
                "operator": query.operator,
                "fields": [field.field_name for field in fields],
            }
        }

    def get_sort(self) -> list[Any] | None:
        if self.order_by_relevance:
            return [{key_column(self): "desc"}]
        sort: list[Any] | None = super().get_sort()
        return sort


class Results(elasticsearch9.Elasticsearch9SearchResults):
    """Hits of the engine, or of the database when the engine does not answer in time.

    Hits are fetched through the queryset that was asked for: a page that has been withdrawn since
    the engine heard of it is never among them.
    """

    start: int
    stop: int | None

    def _from_database(self) -> Any:
        compiler = self.query_compiler
        database = get_search_backend(self.backend.fallback)
        is_autocomplete = isinstance(compiler, AutocompleteCompiler)
        found = (database.autocomplete if is_autocomplete else database.search)(
            compiler.query,
            compiler.queryset,
            fields=compiler.fields,
            order_by_relevance=compiler.order_by_relevance,
        )
        found.start, found.stop, found._score_field = self.start, self.stop, self._score_field
        return found

    def _ask(self, engine: Callable[[], Any], database: Callable[[], Any]) -> Any:
        seconds = breaker.seconds_left()
        if breaker.is_open() or seconds < 0.02:
            return database()
        begun = time.monotonic()
        self.backend.limit(seconds)
        try:
            return engine()
        except NO_ANSWER as error:
            breaker.open(repr(error)[:200])
            return database()
        finally:
            breaker.count(time.monotonic() - begun)

    def _do_search(self) -> Any:
        if self.start >= MOST_HITS:
            return []
        if self.stop is None or self.stop > MOST_HITS:
            self.stop = MOST_HITS
        return self._ask(self._hits, lambda: list(self._from_database()))

    def _answer(self, **more: Any) -> Any:
        """One call, whatever the number: scrolling would be a call for each hundred."""
        return self._backend_do_search(
            self._get_es_body() | more,
            index=self._index_name(),
            # Read from columns; what is stored would be unpacked for each hit.
            stored_fields="_none_",
            docvalue_fields=["pk"],
            from_=self.start,
            size=(self.stop or MOST_HITS) - self.start,
        )

    def _hits(self) -> list[Any]:
        return list(self._get_results_from_hits(self._answer()["hits"]["hits"]))

    def ids(self) -> list[int]:
        """As `tiered.TieredResults`, but the database is not asked whether it has them still."""
        return self._ask(lambda: self._ids_in(self._answer()), lambda: self._from_database().ids())

    def ids_and_facet(self, field_name: str) -> tuple[list[int], dict[Any, int]]:
        """As `tiered.TieredResults`, in one call."""

        def ask() -> tuple[list[int], dict[Any, int]]:
            answer = self._answer(aggregations=self._aggregations(field_name))
            return self._ids_in(answer), self._counts_in(answer, field_name)

        return self._ask(ask, lambda: self._from_database().ids_and_facet(field_name))

    def _ids_in(self, answer: Any) -> list[int]:
        return [int(hit["fields"]["pk"][0]) for hit in answer["hits"]["hits"]]

    def _index_name(self) -> str:
        return str(self.backend.get_index_for_model(self.query_compiler.queryset.model).name)

    def _do_count(self) -> int:
        return int(self._ask(super()._do_count, lambda: self._from_database().count()))

    def facet(self, field_name: str) -> Any:
        return self._ask(
            lambda: self._facet(field_name), lambda: self._from_database().facet(field_name)
        )

    def _facet(self, field_name: str) -> Any:
        """modelsearch's own stops at ten values and turns False into None."""
        if self.query_compiler._get_filterable_field(field_name) is None:
            return super().facet(field_name)  # it raises the right error
        body = self._get_es_body(for_count=True) | {"aggregations": self._aggregations(field_name)}
        answer = self._backend_do_search(body, index=self._index_name(), size=0)
        return self._counts_in(answer, field_name)

    def _aggregations(self, field_name: str) -> dict[str, Any]:
        field = self.query_compiler._get_filterable_field(field_name)
        column = self.query_compiler.mapping.get_field_column_name(field)
        return {
            "values": {"terms": {"field": column, "size": MOST_FACET_VALUES}},
            "none": {"missing": {"field": column}},
        }

    def _counts_in(self, answer: Any, field_name: str) -> dict[Any, int]:
        field = self.query_compiler._get_filterable_field(field_name)
        is_boolean = field.get_type(self.query_compiler.queryset.model) == "BooleanField"
        counted = answer["aggregations"]
        counts = {
            bool(bucket["key"]) if is_boolean else bucket["key"]: bucket["doc_count"]
            for bucket in counted["values"]["buckets"]
        }
        if counted["none"]["doc_count"]:
            counts[None] = counted["none"]["doc_count"]
        return counts


class SearchBackend(elasticsearch9.Elasticsearch9SearchBackend):
    """`FALLBACK` names the backend of the database, which is kept up to date beside this one."""

    es: Elasticsearch
    mapping_class = Mapping
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    client_class = staticmethod(shared_client)
    settings: ClassVar[dict[str, Any]] = {
        "settings": {"index": {"number_of_shards": 1}},
        # A page type added after the last rebuild must not invent types for its fields.
        "mappings": {"dynamic": False},
    }

    def __init__(self, params: dict[str, Any]) -> None:
        self.fallback = params.pop("FALLBACK")
        options = {"max_retries": 0, "retry_on_timeout": False}
        super().__init__({"TIMEOUT": SECONDS_FOR_A_REBUILD, "OPTIONS": options, **params})
        self.unlimited: Elasticsearch = self.es

    def limit(self, seconds: float) -> None:
        """Calls from here on take at most so long; rebuilding is not limited."""
        self.es = self.unlimited.options(request_timeout=seconds)

    def add(self, obj: Any) -> None:
        """Noted in the transaction of the page, sent after it."""
        queue.note(obj)

    def delete(self, obj: Any) -> None:
        queue.note(obj)

    def send(self, model: Any, keys: list[str], index: Any = None) -> None:
        """Make an index, by default the one in use, hold the present state of these objects.

        Raises:
            Exception: whatever kept the engine from taking it.
        """
        index = index or self.get_index_for_model(model)
        present = {str(item.pk) for item in add_present(index, model, keys)}
        gone = [{"_op_type": "delete", "_id": key} for key in set(keys) - present]
        if gone:  # in one call, whatever their number
            _count, errors = bulk(self.es, gone, index=index.name, raise_on_error=False)
            kept = [error for error in errors if error["delete"]["status"] != 404]  # type: ignore[union-attr]
            if kept:
                raise BulkIndexError("Entries could not be deleted.", kept)
