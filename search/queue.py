"""What Elasticsearch has still to hear: one row for each object, written with the object itself.

A row says that an object's entry may be out of date, not what happened to it: its present state is
sent, so that order and repetition do not matter. It is sent after commit; what fails stays and is
sent by `flush_index_queue` (a timer, every minute) or with a later change.
"""

import logging
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from wagtail.search.backends import get_search_backend

logger = logging.getLogger(__name__)

ENGINE = "default"
AT_ONCE = 200
SECONDS_TO_ANSWER = 0.5
SECONDS_TO_SEND = 0.8  # after a commit; the editor waits for it
_NOTED = "_noted_for_search"  # on the connection, whose transaction it belongs to
STALE_REBUILD = timedelta(hours=6)  # a rebuild that began before this has died


class IndexQueue(models.Model):
    """An object whose entry in the engine may be out of date; `stamp` changes with each note."""

    app_label = models.CharField(max_length=100)
    model = models.CharField(max_length=100)
    object_pk = models.CharField(max_length=64)
    stamp = models.UUIDField(default=uuid.uuid4)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["app_label", "model", "object_pk"], name="index_queue_object_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.app_label}.{self.model} {self.object_pk}"


class Rebuild(models.Model):
    """A rebuild of an index. While one runs, rows of the queue are kept for the new index."""

    backend = models.CharField(max_length=40)
    begun = models.DateTimeField(default=timezone.now)
    done = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.backend} {self.begun:%Y-%m-%d %H:%M}"


def is_used() -> bool:
    """There is an engine beside the database."""
    return "FALLBACK" in settings.WAGTAILSEARCH_BACKENDS[ENGINE]


def note(obj: models.Model) -> None:
    """Remember an object in the current transaction and send it after commit."""
    row, _created = IndexQueue.objects.update_or_create(
        app_label=obj._meta.app_label,
        model=obj._meta.model_name,
        object_pk=str(obj.pk),
        defaults={"stamp": uuid.uuid4()},
    )
    noted: set[int] = transaction.get_connection().__dict__.setdefault(_NOTED, set())
    noted.add(row.pk)
    transaction.on_commit(_send_noted, robust=True)


def _send_noted() -> None:
    """Everything that the transaction changed in one sending; later calls find nothing to do."""
    noted = transaction.get_connection().__dict__.pop(_NOTED, set())
    if noted:
        send(IndexQueue.objects.filter(pk__in=list(noted)[:AT_ONCE]), SECONDS_TO_SEND)


def send(rows: Iterable[IndexQueue], seconds: float | None = None) -> bool:
    """Send the present state of these objects; False if the engine did not take all of it.

    `seconds` limits the whole attempt; without it the caller has time.
    """
    from search.backends.elasticsearch import breaker

    if breaker.is_open() and seconds is not None:
        return False
    groups: dict[tuple[str, str], list[IndexQueue]] = defaultdict(list)
    for row in rows:
        groups[row.app_label, row.model].append(row)
    if seconds is None:
        return _sent(groups, None)
    begun = time.monotonic()
    try:
        return _sent(groups, begun + breaker.seconds_left_to_write(seconds))
    finally:
        breaker.count(time.monotonic() - begun)


def _sent(groups: dict[tuple[str, str], list[IndexQueue]], deadline: float | None) -> bool:
    from search.backends.elasticsearch import breaker

    backend = get_search_backend(ENGINE)
    for (app_label, model_name), members in groups.items():
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0.05:
                breaker.open("writing takes too long")
                return False
            backend.limit(left)
        try:
            model = apps.get_model(app_label, model_name)
        except LookupError:  # a class that is gone; its entries go with the next rebuild
            IndexQueue.objects.filter(pk__in=[row.pk for row in members]).delete()
            continue
        # Asked before as well: a rebuild may end while the old index takes these.
        kept = rebuilding()
        try:
            backend.send(model, [row.object_pk for row in members])
        except Exception as error:  # whatever it is, the row stays and is tried again
            logger.warning("Kept for later, the engine did not take it: %r", error)
            breaker.open(repr(error)[:200])
            return False
        if not kept and not rebuilding():
            for row in members:
                IndexQueue.objects.filter(pk=row.pk, stamp=row.stamp).delete()
    return True


def flush() -> tuple[int, int]:
    """Send everything that waits; how many were sent, and how many wait now."""
    sent = last = 0
    while rows := list(IndexQueue.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        if not send(rows):
            break
        sent, last = sent + len(rows), rows[-1].pk
    if sent:
        from search.backends.elasticsearch import breaker

        breaker.close()
        get_search_backend(ENGINE).refresh_indexes()
    return sent, IndexQueue.objects.count()


def replay(index: Any, models: Iterable[Any]) -> None:
    """Tell an index that is not in use yet what changed while it was filled; the rows stay."""
    backend = get_search_backend(ENGINE)
    for model in models:
        rows = IndexQueue.objects.filter(
            app_label=model._meta.app_label, model=model._meta.model_name
        )
        keys = list(rows.values_list("object_pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            backend.send(model, keys[start : start + AT_ONCE], index)


def engine_answers() -> bool:
    """The engine says that it is there, within half a second."""
    backend = get_search_backend(ENGINE)
    backend.limit(SECONDS_TO_ANSWER)
    try:
        backend.es.cluster.health()
    except Exception as error:
        logger.info("The engine does not answer: %r", error)
        return False
    return True


def rebuilding() -> bool:
    """A rebuild of the engine runs now."""
    return Rebuild.objects.filter(
        backend=ENGINE, done=None, begun__gt=timezone.now() - STALE_REBUILD
    ).exists()
