"""Live public pages that hold all words of a query, in the reader's language.

The number of database queries does not depend on the number of results.
"""

import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import override
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search.backends import get_search_backend

from bilingual.models import is_listed
from search.excerpts import MARK, excerpt
from search.facets import facet_sources
from search.index import locale_id
from search.kinds import Kind, all_kinds, kind_named
from search.models import PageText
from search.pagination import FIRST_PAGE, PagePosition, clamped_page
from search.query import NEWEST, SearchQuery
from search.ranking import MOST_RANKED, ranked
from search.suggestions import meant, other_forms

logger = logging.getLogger(__name__)

MOST_IN_OTHER_LANGUAGE = 10
MOST_SHOWN = 1_000  # nobody reads page 101, and Elasticsearch refuses to go past 10,000
PLAIN_CLOTH = "croeso"

# What a database engine raises when it is away, locked or refuses a query. Anything else is a
# fault of ours and shall be seen.
ENGINE_FAILURES = (Error, OSError)


@dataclass(frozen=True)
class Hit:
    """One page found; `language` is that of its text, `excerpt` is HTML, `kind` a label.

    `found_elsewhere`: none of the words stands in what is shown of the page, but in its other
    language, the names of its topics or its files.
    """

    title: str
    url: str
    kind: str
    cloth: str
    excerpt: SafeString
    language: str
    found_elsewhere: bool = False


@dataclass(frozen=True)
class Choice:
    """One value results can be narrowed to, with the number of pages that are left then."""

    key: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class ResultFacet:
    """The values of one facet; `parameter` is its name in the address."""

    parameter: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class SearchResults:
    """What is shown. `total` counts the pages of the chosen kind, `total_of_all` every kind.

    `other_*` are pages that exist in the other language only. `other_forms` are words that were
    looked for as well, `meant` is a better spelling when nothing was found. `failed`: the engine
    gave no answer, and everything else is empty.
    """

    query: SearchQuery
    hits: tuple[Hit, ...] = ()
    total: int = 0
    total_of_all: int = 0
    kinds: tuple[Choice, ...] = ()
    facets: tuple[ResultFacet, ...] = ()
    position: PagePosition = FIRST_PAGE
    other_hits: tuple[Hit, ...] = ()
    other_total: int = 0
    other_forms: tuple[str, ...] = ()
    meant: str = ""
    failed: bool = False


def find(query: SearchQuery, request: HttpRequest) -> SearchResults:
    """Run the query; an engine that fails gives results marked `failed`, never an exception.

    The results' own query leaves out a kind that does not exist.
    """
    query = replace(query, kinds=tuple(key for key in query.kinds if kind_named(key)))
    if not query:
        return SearchResults(query)
    try:
        with savepoint():
            return _found(query, request)
    except ENGINE_FAILURES:
        logger.exception("The search engine gave no answer.")
        return SearchResults(query, failed=True)


def savepoint() -> AbstractContextManager[Any]:
    """Inside a transaction a failed query would spoil all later ones.

    Outside of one there is nothing to spoil, and opening one would take SQLite's write lock.
    """
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _found(query: SearchQuery, request: HttpRequest) -> SearchResults:
    public = Page.objects.live().public().filter(is_listed(), depth__gt=1)
    pages, query = _narrowed(public.filter(locale_id=locale_id(query.language)), query)

    chosen = kind_named(query.kinds[0]) if query.kinds else None
    if chosen is None:
        first, per_type = _search(query, pages)[:MOST_RANKED].ids_and_facet("content_type_id")
    else:
        per_type = _search(query, pages).facet("content_type_id")
        pages = pages.filter(content_type_id__in=chosen.content_type_ids())
        first = _search(query, pages)[:MOST_RANKED].ids()
    kinds = tuple(_counted(per_type, chosen))
    total_of_all = sum(per_type.values())
    total = sum(kind.count for kind in kinds if kind.current) if chosen else total_of_all
    position = clamped_page(min(total, MOST_SHOWN), query.parameters())
    first = ranked(first, query, pages)
    found = first[position.start : position.stop]
    if position.start >= MOST_RANKED:  # what follows the first 200 keeps the engine's order
        found = _search(query, pages)[position.start : position.stop].ids()

    others, other_total = _in_other_language(query, public)
    hits = _hits([*found, *others], query, public, request)
    other_hits = tuple(hits[pk] for pk in others if pk in hits)
    return SearchResults(
        query=query,
        hits=tuple(hits[pk] for pk in found if pk in hits),
        total=total,
        total_of_all=total_of_all,
        kinds=kinds,
        facets=_facets(query, first if total <= MOST_RANKED else []),
        position=position,
        other_hits=other_hits,
        other_total=other_total - len(others) + len(other_hits),  # without those withdrawn since
        other_forms=tuple(other_forms(query)) if total_of_all else (),
        meant="" if total_of_all else meant(query),
    )


def _narrowed(
    pages: "PageQuerySet[Page]", query: SearchQuery
) -> "tuple[PageQuerySet[Page], SearchQuery]":
    """The pages that have the chosen values of all facets; values that do not exist are dropped."""
    kept = []
    for source in facet_sources:
        key = dict(query.facets).get(source.parameter)
        narrowed = source.narrow(pages, key) if key else None
        if key and narrowed is not None:
            pages = narrowed
            kept.append((source.parameter, key))
    return pages, replace(query, facets=tuple(kept))


def _in_other_language(query: SearchQuery, public: "PageQuerySet[Page]") -> tuple[list[int], int]:
    """The first pages that are live in the other language only, and how many there are."""
    alone = PageText.objects.filter(is_alone=True).exclude(language=query.language)
    ids = list(alone.values_list("page_id", flat=True))
    if not ids:
        return [], 0
    # They are few: to count them apart would be a search more.
    found = _search(query, public.filter(pk__in=ids)).ids()
    return found[:MOST_IN_OTHER_LANGUAGE], len(found)


def _facets(query: SearchQuery, ids: list[int]) -> tuple[ResultFacet, ...]:
    """What these pages, all there are, can be narrowed by.

    With more than 200 pages nothing is offered: narrowing hundreds is what kinds are for.
    """
    facets = []
    for source in facet_sources:
        current = dict(query.facets).get(source.parameter, "")
        counted = source.counted(ids, query.language) if ids else ()
        choices = tuple(Choice(key, label, count, key == current) for key, label, count in counted)
        if choices:
            facets.append(ResultFacet(source.parameter, str(source.label), choices))
    return tuple(facets)


def library_pages(query: SearchQuery, pages: "PageQuerySet[Any]") -> "tuple[list[int], bool]":
    """Ids of those of `pages` that a query finds, best first, for a list with its own filters.

    At most 200; the second value says that the engine answered. `pages` are of one language.
    """
    try:
        with savepoint():
            return ranked(_search(query, pages)[:MOST_RANKED].ids(), query, pages), True
    except ENGINE_FAILURES:
        logger.exception("The search engine gave no answer.")
        return [], False


def _search(query: SearchQuery, pages: "PageQuerySet[Any]") -> Any:
    by_relevance = query.sort != NEWEST
    if not by_relevance:
        pages = pages.order_by("-first_published_at", "-id")
    return get_search_backend().search(query.for_engine(), pages, order_by_relevance=by_relevance)


def _counted(per_type: dict[int, int], chosen: Kind | None) -> Iterable[Choice]:
    """The kinds that have results, and the chosen one even without."""
    for kind in all_kinds():
        count = sum(per_type.get(type_id, 0) for type_id in kind.content_type_ids())
        if count or kind is chosen:
            yield Choice(kind.key, str(kind.label), count, kind is chosen)


def _cloths(pages: list[Page]) -> dict[int, str]:
    """The cloth of each page. Most classes have one; where each page has its own, a query more."""
    cloths: dict[int, str] = {}
    for model, ids in _by_model(pages).items():
        cloth = getattr(model, "cloth", PLAIN_CLOTH)
        if isinstance(cloth, str):
            cloths |= dict.fromkeys(ids, cloth)
        else:
            own = model._default_manager.filter(pk__in=ids).defer_streamfields()
            cloths |= {page.pk: page.cloth for page in own}
    return cloths


def _by_model(pages: list[Page]) -> dict[type[Page], list[int]]:
    ids: dict[type[Page], list[int]] = {}
    for page in pages:
        ids.setdefault(page.specific_class or Page, []).append(page.pk)
    return ids


def _hits(
    ids: list[int], query: SearchQuery, public: "PageQuerySet[Page]", request: HttpRequest
) -> dict[int, Hit]:
    """What is shown of these pages, by id."""
    if not ids:
        return {}
    shown = public.select_related("locale").annotate(found_text=F("search_text__text"))
    pages = shown.in_bulk(ids)
    cloths = _cloths(list(pages.values()))
    return {pk: _hit(page, query, cloths[pk], request) for pk, page in pages.items()}


def _hit(page: Page, query: SearchQuery, cloth: str, request: HttpRequest) -> Hit:
    model = page.specific_class or Page
    language = page.locale.language_code
    with override(language):  # a hit in the other language is labelled in its own
        kind = str(getattr(model, "kind_label", model._meta.verbose_name))
    words = query.forms()
    text = page.found_text  # type: ignore[attr-defined]
    shown = excerpt(page.search_description if text is None else text, words, language)
    in_title = MARK in excerpt(page.title, words, language, longest=len(page.title))
    return Hit(
        title=page.title,
        url=page.get_url(request) or "",
        kind=kind,
        cloth=cloth,
        excerpt=shown,
        language=language,
        found_elsewhere=text is not None and not in_title and MARK not in shown,
    )
