"""Searches that found nothing, counted by day for the editors: what readers ask and we do not say.

No address, no time of day, nothing about the person. Words are shown to editors only when they were
asked at least five times in the time kept, so that a name somebody typed once is seen by nobody.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import Error, transaction
from django.db.models import F, Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from accounts.throttle import asks_too_often
from search.models import SearchInVain
from search.query import SearchQuery
from search.results import SearchResults

logger = logging.getLogger(__name__)

KEEP_DAYS = 90
SHOWN_FROM = 5  # times
MOST_A_DAY = 2_000  # different words: a machine that makes words up fills no disk
MOST_AN_HOUR = 30  # of one address


@dataclass(frozen=True)
class WordsInVain:
    """Words that found nothing, how often in the time kept, and when last."""

    words: str
    times: int
    last: object


def is_in_vain(results: SearchResults) -> bool:
    """The engine answered, and no page of either language has these words."""
    return bool(results.query) and not (
        results.failed or results.total_of_all or results.other_total or results.query.facets
    )


def count(request: HttpRequest, query: SearchQuery) -> None:
    """Count a search without result. It never stands in the reader's way, whatever happens."""
    words = " ".join(query.forms())[:100]
    try:
        # So that one person alone cannot put words before the editors.
        if asks_too_often("in_vain", request, MOST_AN_HOUR, 3600):
            return
        today = timezone.localdate()
        row = SearchInVain.objects.filter(day=today, language=query.language, words=words)
        with transaction.atomic():
            if row.update(times=F("times") + 1):
                return
            asked_today = SearchInVain.objects.filter(day=today).count()
            if not asked_today:  # once a day, so that no timetable is needed
                purge()
            if asked_today < MOST_A_DAY:
                SearchInVain.objects.bulk_create(
                    [SearchInVain(day=today, language=query.language, words=words)],
                    ignore_conflicts=True,
                )
    except Error:
        logger.warning("A search without result could not be counted.", exc_info=True)


def asked_in_vain(language: str) -> Sequence[WordsInVain]:
    """What was asked often enough to be shown, the most frequent first; at most 200."""
    rows = (
        SearchInVain.objects.filter(language=language, day__gte=_oldest_day())
        .values("words")
        .annotate(total=Sum("times"), last=Max("day"))
        .filter(total__gte=SHOWN_FROM)
        .order_by("-total", "words")[:200]
    )
    return [WordsInVain(row["words"], row["total"], row["last"]) for row in rows]


def purge() -> int:
    """Delete what is older than 90 days; returns the number of rows."""
    deleted, _rows = SearchInVain.objects.filter(day__lt=_oldest_day()).delete()
    return deleted


def _oldest_day() -> object:
    return timezone.localdate() - timedelta(days=KEEP_DAYS)
