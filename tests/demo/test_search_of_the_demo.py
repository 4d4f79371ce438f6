"""Each page of the demo is found from the other language, by words that only few pages have."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from demo.load import load_demo
from search import rebuild
from search.index import SearchablePage
from search.models import SiteWord
from search.pagination import PER_PAGE
from welsh.keys import key_asked
from welsh.text import forms

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADDRESS = {"en": "/en/search/", "cy": "/cy/chwilio/"}
WORDS_OF_EACH = 5
LEAST = 0.98


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        rebuild.rebuild(say=lambda line: None)
        yield
        transaction.set_rollback(True)


def telling_words(page: Any, language: str) -> list[str]:
    """The words of a page whose lemma stands on the fewest pages, and on one screen of results."""
    pages_of: dict[str, int] = {}
    rows = SiteWord.objects.filter(language=language).values_list("key", "pages")
    for key, pages in rows:
        pages_of[key] = pages_of.get(key, 0) + pages
    words = {
        word: pages_of[key]
        for word in forms(f"{page.title}\n{page.shown_text()}")
        if len(word) > 3 and (key := key_asked(word, language)) in pages_of
    }
    rare = sorted((pages, word) for word, pages in words.items() if pages <= PER_PAGE // 2)
    return [word for _pages, word in rare[:WORDS_OF_EACH]]


def test_pages_of_the_demo_are_found_from_the_other_language(
    client: Client, loaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.views.SEARCHES_A_MINUTE", 10**9)
    monkeypatch.setattr("search.in_vain.MOST_AN_HOUR", 0)
    missed = {"en": [], "cy": []}
    tried = {"en": 0, "cy": 0}
    pages = [p for p in Page.objects.live().specific() if isinstance(p, SearchablePage)]
    for page in pages:
        twin = page.live_twin
        if twin is None:
            continue
        asked_in = twin.locale.language_code
        for word in telling_words(page, page.locale.language_code):
            tried[asked_in] += 1
            results = client.get(ADDRESS[asked_in], {"q": word}).context["results"]
            if twin.url not in {hit.url for hit in results.hits}:
                missed[asked_in].append((word, twin.title, results.total))
    print()
    for language, name in (("cy", "English words, Welsh pages"), ("en", "Welsh words, English")):
        share = 1 - len(missed[language]) / tried[language]
        print(f"demo, {name}: {100 * share:.1f} % of {tried[language]} found; {missed[language]}")
        assert share >= LEAST
