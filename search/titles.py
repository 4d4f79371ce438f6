"""Suggestions as somebody types: pages with a title that has words which begin like this."""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from modelsearch.query import PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from bilingual.models import is_listed
from search.index import locale_id
from search.query import cleaned_text
from search.results import ENGINE_FAILURES, savepoint
from welsh.completion import completion_query
from welsh.keys import index_words

logger = logging.getLogger(__name__)

MOST_SHOWN = 6
MOST_SORTED = 30  # of an engine's answer, its newest pages
SHORTEST_TYPED = 2  # signs
SECONDS_KEPT = 60


@dataclass(frozen=True)
class TitleSuggestion:
    """A live page by its title."""

    title: str
    url: str


def titles_beginning(typed: object, language: str, request: HttpRequest) -> list[TitleSuggestion]:
    """Live public pages of a language whose titles have every word of `typed`, the last one as a
    beginning, in any mutation and without accents; an engine that fails gives none.

    What an engine answered is kept for a minute, as ids: a page that has been withdrawn or
    restricted since is never named.
    """
    words = completion_query(cleaned_text(typed))
    if len(words) < SHORTEST_TYPED:
        return []
    public = Page.objects.live().public().filter(is_listed(), depth__gt=1)
    key = f"search.titles.{language}.{hashlib.blake2b(words.encode(), digest_size=16).hexdigest()}"
    ids = cache.get(key)
    if ids is None:
        try:
            with savepoint():
                ids = _ids_of(words, public.filter(locale_id=locale_id(language)))
        except ENGINE_FAILURES:
            logger.exception("The search engine gave no answer.")
            return []
        cache.set(key, ids, SECONDS_KEPT)
    pages = public.in_bulk(ids) if ids else {}
    return [
        TitleSuggestion(pages[pk].title, pages[pk].get_url(request) or "")
        for pk in ids
        if pk in pages
    ]


def _ids_of(words: str, pages: Any) -> list[int]:
    """Titles that begin with what was typed come first, then short ones."""
    found = get_search_backend().autocomplete(PlainText(words, operator="and"), pages)

    def measure(page: Page) -> tuple[bool, int]:
        return not index_words(page.title).startswith(words), len(page.title)

    return [page.pk for page in sorted(found[:MOST_SORTED], key=measure)[:MOST_SHOWN]]
