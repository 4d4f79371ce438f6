"""Keeping `PageText` and `SiteWord` in step with what is public.

Both are written after commit when a pair is published, withdrawn or deleted, and both together, so
that a word that is no longer on any live page is never offered to anybody.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from search.index import SearchablePage, attach_twins
from search.models import PageText, SiteWord
from welsh.keys import index_keys, index_words, key_asked
from welsh.text import folded, forms

SHORTEST_WORD, LONGEST_WORD = 3, 40  # of words that are offered
_BATCH = 100


def remember(page_ids: Iterable[int]) -> None:
    """Bring the rows of these pages up to date; those that are not public lose theirs."""
    ids = list(page_ids)
    with transaction.atomic():
        before = {row.page_id: row for row in PageText.objects.filter(page_id__in=ids)}
        pages = _public_pages(ids)
        attach_twins(pages)
        after = {row.page_id: row for row in map(_row_of, pages)}
        gone = before.keys() - after.keys()
        PageText.objects.filter(page_id__in=gone).delete()
        PageText.objects.bulk_create(
            after.values(),
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=[
                "language",
                "title",
                "text",
                "words",
                "keys",
                "title_words",
                "is_alone",
            ],
        )
        for language in ("en", "cy"):
            change: Counter[str] = Counter()
            for row in after.values():
                change.update(_words_of(row) if row.language == language else ())
            for row in before.values():
                change.subtract(_words_of(row) if row.language == language else ())
            _count(language, change)


def forget(page_ids: Iterable[int]) -> None:
    """Take the words of pages that are about to be deleted out of the counts."""
    with transaction.atomic():
        rows = PageText.objects.filter(page_id__in=list(page_ids))
        for row in rows:
            _count(row.language, Counter(dict.fromkeys(_words_of(row), -1)))
        rows.delete()


def rebuild() -> int:
    """Make all rows anew; returns the number of pages. Searches go on meanwhile."""
    ids = list(Page.objects.live().order_by("pk").values_list("pk", flat=True))
    forget(PageText.objects.exclude(page_id__in=ids).values_list("page_id", flat=True))
    for start in range(0, len(ids), _BATCH):
        remember(ids[start : start + _BATCH])
    return PageText.objects.count()


def _public_pages(ids: list[int]) -> list[Any]:
    pages = Page.objects.filter(pk__in=ids).live().public().select_related("locale").specific()
    return [page for page in pages if isinstance(page, SearchablePage)]


def _row_of(page: Any) -> PageText:
    searched = page.searched
    everything = f"{page.title}\n{searched.shown}"
    return PageText(
        page_id=page.pk,
        language=searched.language,
        title=page.title,
        text=searched.shown,
        words=f" {index_words(everything)} ",
        keys=f" {index_keys(everything, searched.language)} ",
        title_words=f" {searched.title} ",
        is_alone=page.live_twin is None,
    )


def _words_of(row: PageText) -> set[str]:
    """The words of a page that may be offered to a reader."""
    return {
        word
        for word in forms(f"{row.title}\n{row.text}")
        if SHORTEST_WORD <= len(word) <= LONGEST_WORD
        and word.isalpha()
        and len(folded(word)) <= LONGEST_WORD
        and key_asked(word, row.language)
    }


def _count(language: str, change: Counter[str]) -> None:
    """Add to the number of pages of each word; a word on no page goes."""
    words = [word for word, by in change.items() if by]
    known = set()
    for start in range(0, len(words), 500):
        some = SiteWord.objects.filter(language=language, word__in=words[start : start + 500])
        known |= set(some.values_list("word", flat=True))
    by_change: dict[int, list[str]] = {}
    for word in known:
        by_change.setdefault(change[word], []).append(word)
    for by, together in by_change.items():
        for start in range(0, len(together), 500):
            rows = SiteWord.objects.filter(
                language=language, word__in=together[start : start + 500]
            )
            if by < 0:
                rows.filter(pages__lte=-by).delete()
            rows.update(pages=F("pages") + by)
    SiteWord.objects.bulk_create(
        [
            SiteWord(
                language=language,
                word=word,
                folded=folded(word),
                key=(key_asked(word, language) or "")[:64],
                pages=change[word],
            )
            for word in words
            if word not in known and change[word] > 0
        ],
        ignore_conflicts=True,
    )
