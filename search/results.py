"""Live public pages that hold all words of a query, in the reader's language.

The number of database queries does not depend on the number of results.
"""

import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.db import Error, connection, transaction
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet
from wagtail.search.backends import get_search_backend

from search.excerpts import excerpt
from search.kinds import Kind, all_kinds, kind_named
from search.pagination import FIRST_PAGE, PagePosition, clamped_page
from search.query import SearchQuery

logger = logging.getLogger(__name__)

MOST_IN_OTHER_LANGUAGE = 10
PLAIN_CLOTH = "croeso"

# What a database engine raises when it is away, locked or refuses a query. Anything else is a
# fault of ours and shall be seen.
ENGINE_FAILURES = (Error, OSError)


@dataclass(frozen=True)
class Hit:
    """One page found; `language` is that of its text, `excerpt` is HTML, `kind` a label."""

    title: str
    url: str
    kind: str
    cloth: str
    excerpt: SafeString
    language: str


@dataclass(frozen=True)
class KindCount:
    """A kind of page with the number of pages found in it."""

    key: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class SearchResults:
    """What is shown. `total` counts the pages of the chosen kind, `total_of_all` every kind.

    `other_*` are pages that exist in the other language only. `failed`: the engine gave no
    answer, and everything else is empty.
    """

    query: SearchQuery
    hits: tuple[Hit, ...] = ()
    total: int = 0
    total_of_all: int = 0
    kinds: tuple[KindCount, ...] = ()
    position: PagePosition = FIRST_PAGE
    other_hits: tuple[Hit, ...] = ()
    other_total: int = 0
    failed: bool = False


def find(query: SearchQuery, request: HttpRequest) -> SearchResults:
    """Run the query; an engine that fails gives results marked `failed`, never an exception.

    The results' own query leaves out a kind that does not exist.
    """
    query = replace(query, kinds=tuple(key for key in query.kinds if kind_named(key)))
    if not query:
        return SearchResults(query)
    try:
        with _savepoint():
            return _found(query, request)
    except ENGINE_FAILURES:
        logger.exception("The search engine gave no answer.")
        return SearchResults(query, failed=True)


def _savepoint() -> AbstractContextManager[Any]:
    """Inside a transaction a failed query would spoil all later ones.

    Outside of one there is nothing to spoil, and opening one would take SQLite's write lock.
    """
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _found(query: SearchQuery, request: HttpRequest) -> SearchResults:
    locales = {locale.language_code: locale.pk for locale in Locale.objects.all()}
    own = locales.get(query.language)
    public = Page.objects.live().public().filter(depth__gt=1).select_related("locale")
    pages = public.filter(locale_id=own)

    per_type = _search(query, pages, by_relevance=False).facet("content_type_id")
    chosen = kind_named(query.kinds[0]) if query.kinds else None
    counts = tuple(_counted(per_type, chosen))
    total_of_all = sum(per_type.values())
    if chosen is not None:
        pages = pages.filter(content_type_id__in=chosen.content_type_ids())
        total = sum(count.count for count in counts if count.current)
    else:
        total = total_of_all
    position = clamped_page(total, query.parameters())
    found = list(_search(query, pages)[position.start : position.stop]) if total else []

    in_other_language = public.exclude(locale_id=own).exclude(
        translation_key__in=Page.objects.live().filter(locale_id=own).values("translation_key")
    )
    others = list(_search(query, in_other_language)[:MOST_IN_OTHER_LANGUAGE])
    other_total = len(others)
    if other_total == MOST_IN_OTHER_LANGUAGE:
        other_total = _search(query, in_other_language, by_relevance=False).count()

    summaries, cloths = _summaries([*found, *others]), _cloths([*found, *others])
    return SearchResults(
        query=query,
        hits=tuple(_hit(page, query, summaries, cloths, request) for page in found),
        total=total,
        total_of_all=total_of_all,
        kinds=counts,
        position=position,
        other_hits=tuple(_hit(page, query, summaries, cloths, request) for page in others),
        other_total=other_total,
    )


def _search(query: SearchQuery, pages: "PageQuerySet[Page]", by_relevance: bool = True) -> Any:
    return get_search_backend().search(query.for_engine(), pages, order_by_relevance=by_relevance)


def _counted(per_type: dict[int, int], chosen: Kind | None) -> Iterable[KindCount]:
    """The kinds that have results, and the chosen one even without."""
    for kind in all_kinds():
        count = sum(per_type.get(type_id, 0) for type_id in kind.content_type_ids())
        if count or kind is chosen:
            yield KindCount(kind.key, str(kind.label), count, kind is chosen)


def _summaries(pages: list[Page]) -> dict[int, str]:
    """The summaries of pages of any types, in one query."""
    parts = [
        model._default_manager.filter(pk__in=ids).order_by().values_list("pk", "summary")
        for model, ids in _by_model(pages).items()
        if any(field.name == "summary" for field in model._meta.fields)
    ]
    return dict(parts[0].union(*parts[1:], all=True)) if parts else {}


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


def _hit(
    page: Page,
    query: SearchQuery,
    summaries: dict[int, str],
    cloths: dict[int, str],
    request: HttpRequest,
) -> Hit:
    model = page.specific_class or Page
    language = page.locale.language_code
    text = summaries.get(page.pk) or page.search_description
    with override(language):  # a hit in the other language is labelled in its own
        kind = str(getattr(model, "kind_label", model._meta.verbose_name))
    return Hit(
        title=page.title,
        url=page.get_url(request) or "",
        kind=kind,
        cloth=cloths[page.pk],
        excerpt=excerpt(text, query.words),
        language=language,
    )
