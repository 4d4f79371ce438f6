"""How often files are fetched: one number a file and day, nothing about who or from where.

Best effort: a count never makes a download fail, and it is written after the last byte was sent.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F, Sum

from files.models import DownloadCount

logger = logging.getLogger(__name__)

PATIENCE = 5  # seconds for a lock; the reader has the file by then, but a thread is taken


def count_download(document_id: int, day: date) -> None:
    """Add one; exact when many do so at once. A database that is down or locked is only logged."""
    try:
        with _short_patience():
            row = DownloadCount.objects.filter(document_id=document_id, day=day)
            if not row.update(count=F("count") + 1):
                DownloadCount.objects.bulk_create(
                    [DownloadCount(document_id=document_id, day=day)], ignore_conflicts=True
                )
                row.update(count=F("count") + 1)
    except DatabaseError:
        logger.warning("A download of document %s was not counted.", document_id, exc_info=True)


@contextmanager
def _short_patience() -> Iterator[None]:
    """Wait for a lock no longer than `PATIENCE`, then as before."""
    if connection.vendor == "sqlite":
        usual = settings.DATABASES["default"].get("OPTIONS", {}).get("timeout", 5)
        short, back = (f"PRAGMA busy_timeout = {n * 1000}" for n in (PATIENCE, usual))
    else:
        short, back = f"SET lock_timeout = '{PATIENCE}s'", "RESET lock_timeout"
    with connection.cursor() as cursor:
        cursor.execute(short)
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute(back)


def downloads_of(
    document_ids: Iterable[int], since: date | None = None, until: date | None = None
) -> dict[int, int]:
    """Downloads by document, both days included, in one query; a document without any is 0."""
    wanted = dict.fromkeys(document_ids, 0)
    rows = DownloadCount.objects.filter(document_id__in=list(wanted))
    if since is not None:
        rows = rows.filter(day__gte=since)
    if until is not None:
        rows = rows.filter(day__lte=until)
    found = rows.order_by().values_list("document_id").annotate(total=Sum("count"))
    return wanted | dict(found)
