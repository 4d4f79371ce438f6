"""Filters of a list, with counts, in two queries however many filters, ticks and pages there are.

Several ticks of one filter mean “or”, several filters mean “and”, and each filter is counted as if
it were open: the number beside a value is what the list holds when that value alone is ticked
there. Keys in addresses have no language, so a filtered list switches language with its filters.

A room names its filters and gives the pages of its list (`bilingual.models.shown_to_readers_of`):

    kinds = of_column("kind", _("Kind"), ResourcePage, "kind", ResourcePage.Kind.choices)
    roles = of_rows("role", _("For"), ResourceFile.objects.all(), "role", ResourceFile.Role.choices)
    times = ConditionFacet("time", _("Time"), {"30": (_("Half an hour"), Q(minutes__lte=30))})
    topics = of_terms("topic", _("Topics"), TermKind.TOPIC)
    filters = Filters([topics, kinds, roles, times], request.GET, language)
    fitting = filters.narrow(pages)      # a query set: count it, order it, slice it
    filters.facets(pages)                # value objects for components/facets.html
    filters.chips()                      # for components/chips.html
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from core.terms import PageTerm, Term, TermKind
from search.pagination import address_with, address_without

MOST_TICKS = 20  # of one filter that count; more is not a reader's doing

Pages = QuerySet[Any]


@dataclass(frozen=True)
class FacetValue:
    """One tick: its language-free key, its name for the reader, and how many pages it gives."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Facet:
    """One filter as the component shows it. `name` is the parameter in the address."""

    name: str
    legend: str
    options: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Source(ABC):
    """Where the values of one filter come from."""

    name: str
    legend: str

    @abstractmethod
    def labels(self, terms: Sequence[Term], language: str) -> dict[str, str]:
        """Keys and names of all values, in the order in which they are shown."""

    @abstractmethod
    def narrowed(self, pages: Pages, keys: Sequence[str]) -> Pages:
        """The pages that have one of the values."""

    @abstractmethod
    def counted(self, pages: Pages) -> list[QuerySet[Any, Any]]:
        """Query sets of (name of the filter, key, number of pages), to be joined into one."""


@dataclass(frozen=True)
class RowFacet(Source):
    """Values that stand in rows: each of `rows` says that the page in `page` has `value`.

    `value` is a text column, or an annotation of `rows`. A page is counted once for each value,
    however many rows say so.
    """

    rows: QuerySet[Any]
    value: str
    page: str
    names: Mapping[str, Any] | None = None  # None: the terms of `kind`
    kind: TermKind | None = None

    def labels(self, terms: Sequence[Term], language: str) -> dict[str, str]:
        if self.names is not None:
            return {key: str(name) for key, name in self.names.items()}
        return {term.key: term.name_in(language) for term in terms if term.kind == self.kind}

    def narrowed(self, pages: Pages, keys: Sequence[str]) -> Pages:
        holding = self.rows.filter(**{f"{self.value}__in": keys})
        return pages.filter(pk__in=holding.values(self.page))

    def counted(self, pages: Pages) -> list[QuerySet[Any, Any]]:
        rows = self.rows.filter(**{f"{self.page}__in": pages.values("pk")}).order_by()
        return [
            rows.annotate(
                facet=Value(self.name, output_field=CharField()),
                found=Cast(F(self.value), CharField(max_length=100)),
            )
            .values("facet", "found")
            .annotate(pages=Count(self.page, distinct=True))
            .values_list("facet", "found", "pages")
        ]


@dataclass(frozen=True)
class ConditionFacet(Source):
    """Values that are conditions on the page and may overlap: key → (name, condition)."""

    conditions: Mapping[str, tuple[Any, Q]]

    def labels(self, terms: Sequence[Term], language: str) -> dict[str, str]:
        return {key: str(name) for key, (name, _condition) in self.conditions.items()}

    def narrowed(self, pages: Pages, keys: Sequence[str]) -> Pages:
        anyone = Q()
        for key in keys:
            anyone |= self.conditions[key][1]
        return pages.filter(pk__in=pages.model._default_manager.filter(anyone).values("pk"))

    def counted(self, pages: Pages) -> list[QuerySet[Any, Any]]:
        return [
            pages.model._default_manager.filter(condition, pk__in=pages.values("pk"))
            .order_by()
            .annotate(
                facet=Value(self.name, output_field=CharField()),
                found=Value(key, output_field=CharField()),
            )
            .values("facet", "found")
            .annotate(pages=Count("pk", distinct=True))
            .values_list("facet", "found", "pages")
            for key, (_name, condition) in self.conditions.items()
        ]


def of_terms(name: str, legend: Any, kind: TermKind) -> RowFacet:
    """A filter by a vocabulary, in the alphabetical order of the reader's language."""
    rows = PageTerm.objects.filter(term__kind=kind)
    return RowFacet(name, str(legend), rows, "term__key", "page", kind=kind)


def of_column(
    name: str, legend: Any, model: type[Model], column: str, choices: Iterable[tuple[str, Any]]
) -> RowFacet:
    """A filter by a text column of the pages themselves, in the order of its choices."""
    return RowFacet(name, str(legend), model._default_manager.all(), column, "pk", dict(choices))


def of_rows(
    name: str, legend: Any, rows: QuerySet[Any], column: str, choices: Iterable[tuple[str, Any]]
) -> RowFacet:
    """A filter by a text column of child rows, whose `page` is the page of the list."""
    return RowFacet(name, str(legend), rows, column, "page", dict(choices))


class Filters:
    """The filters of one list as one reader has ticked them; reads the terms, in one query.

    `params` is what the address holds; unknown values and those after the 20th are left out.
    """

    def __init__(self, sources: Sequence[Source], params: QueryDict, language: str) -> None:
        self.sources, self.params = sources, params
        kinds = [source.kind for source in sources if isinstance(source, RowFacet) and source.kind]
        sort_key = "sort_cy" if language == "cy" else "sort_en"
        terms = list(Term.objects.filter(kind__in=kinds).order_by(sort_key, "key")) if kinds else []
        self.labels = {source.name: source.labels(terms, language) for source in sources}
        self.ticked = {
            source.name: [
                key
                for key in dict.fromkeys(params.getlist(source.name))
                if key in self.labels[source.name]
            ][:MOST_TICKS]
            for source in sources
        }

    def __bool__(self) -> bool:
        """Something is ticked."""
        return any(self.ticked.values())

    def narrow(self, pages: Pages, but: Source | None = None) -> Pages:
        """The pages that fit; `but` is left open."""
        for source in self.sources:
            if self.ticked[source.name] and source is not but:
                pages = source.narrowed(pages, self.ticked[source.name])
        return pages

    def facets(self, pages: Pages) -> list[Facet]:
        """Every filter with its counts, in one query; values that give nothing are not shown."""
        parts = [
            part
            for source in self.sources
            for part in source.counted(self.narrow(pages.order_by(), but=source))
        ]
        if not parts:
            return []
        rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        counts = {(name, key): number for name, key, number in rows}
        facets = []
        for source in self.sources:
            ticked = self.ticked[source.name]
            options = tuple(
                FacetValue(key, label, counts.get((source.name, key), 0), key in ticked)
                for key, label in self.labels[source.name].items()
                if counts.get((source.name, key)) or key in ticked
            )
            if options:
                facets.append(Facet(source.name, source.legend, options))
        return facets

    def chips(self) -> list[dict[str, str]]:
        """Each tick as a link to the same list without it."""
        return [
            {
                "label": self.labels[name][key],
                "url": address_without(self.params, name, key),
            }
            for name, keys in self.ticked.items()
            for key in keys
        ]

    def ways_out(self, pages: Pages) -> list[dict[str, Any]]:
        """For an empty list: each filter that alone stands in its way, in one query.

        `legend` is its name, `count` what the list holds without it, `url` that list.
        """
        parts = [
            self.narrow(pages.order_by(), but=source)
            .annotate(facet=Value(source.name, output_field=CharField()))
            .values("facet")
            .annotate(pages=Count("pk", distinct=True))
            .values_list("facet", "pages")
            for source in self.sources
            if self.ticked[source.name]
        ]
        if not parts:
            return []
        rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        counts = dict(rows)
        return [
            {
                "legend": source.legend,
                "count": counts[source.name],
                "url": address_with(self.params, **{source.name: "", "page": ""}),
            }
            for source in self.sources
            if counts.get(source.name)
        ]
