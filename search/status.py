"""How search is: which engine answers, what waits for it, when its index was last made anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from search import queue

LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class SearchStatus:
    """`engine` is a name for people; `lag` is how long the oldest change has waited."""

    engine: str
    answers: bool
    waiting: int
    lag: timedelta
    last_rebuild: datetime | None

    @property
    def is_well(self) -> bool:
        return self.answers and self.lag < LONGEST_WAIT


def search_status() -> SearchStatus:
    """Asks the engine once, for at most half a second."""
    names = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
    rebuilt = queue.Rebuild.objects.filter(backend=queue.ENGINE, done__isnull=False)
    last = rebuilt.order_by("-done").values_list("done", flat=True).first()
    if not queue.is_used():
        return SearchStatus(names[connection.vendor], True, 0, timedelta(0), last)
    oldest = queue.IndexQueue.objects.aggregate(since=Min("since"))["since"]
    return SearchStatus(
        engine="Elasticsearch",
        answers=queue.engine_answers(),
        waiting=queue.IndexQueue.objects.count(),
        lag=timezone.now() - oldest if oldest else timedelta(0),
        last_rebuild=last,
    )


def health_line() -> tuple[str, bool, str]:
    """A line of the health page, in both languages: label, is well, sentence."""
    status = search_status()
    cy = f"{status.engine}: {status.waiting} yn aros"
    en = f"{status.engine}: {status.waiting} waiting"
    return "Chwilio / Search", status.is_well, f"{cy} / {en}"
