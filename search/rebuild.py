"""Filling an index anew while readers search and editors publish: never a wrong or empty answer.

A database's entries are exchanged where they stand. Elasticsearch gets a new index beside the old
one; what editors change meanwhile waits in the queue and is sent to the new one before it is used.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from modelsearch.management.commands.rebuild_modelsearch_index import group_models_by_index
from wagtail.search.backends import get_search_backend
from wagtail.search.index import get_indexed_models

from search import queue, texts
from search.index import add_present

logger = logging.getLogger(__name__)

AT_ONCE = 200


def rebuild(names: list[str] | None = None, say: Callable[[str], Any] = print) -> None:
    """Rebuild these backends of the settings, all of them by default, and what is kept of texts."""
    for name in names or list(settings.WAGTAILSEARCH_BACKENDS):
        count = rebuild_backend(name)
        say(f"{name}: {count} objects")
    say(f"texts: {texts.rebuild()} pages")


def rebuild_backend(name: str) -> int:
    """Fill the indexes of one backend; the number of objects."""
    backend = get_search_backend(name)
    run = queue.Rebuild.objects.create(backend=name)
    count = 0
    unfinished = None
    try:
        for index, models in group_models_by_index(backend, get_indexed_models()).items():
            rebuilder = backend.rebuilder_class(index)
            target = rebuilder.start()
            unfinished = target if target is not index else None
            write = add_locked if target is index else add_present
            for model in models:
                target.add_model(model)
            for model in models:
                for keys in _keys_in_chunks(model):
                    count += len(write(target, model, keys))
            if target is not index:
                queue.replay(target, models)
            rebuilder.finish()
            unfinished = None
            if target is not index and not _others_run(run):
                index.delete_orphans()
    except BaseException:
        run.delete()
        if unfinished is not None:
            _drop(unfinished)
        raise
    else:
        run.done = timezone.now()
        run.save()
        queue.Rebuild.objects.filter(backend=name, pk__lt=run.pk).delete()
    finally:
        if name == queue.ENGINE and queue.is_used():
            queue.flush()
    return count


def _others_run(run: queue.Rebuild) -> bool:
    """Another rebuild of the same backend is filling an index of its own."""
    others = queue.Rebuild.objects.filter(backend=run.backend, done=None).exclude(pk=run.pk)
    return others.filter(begun__gt=timezone.now() - queue.STALE_REBUILD).exists()


def _drop(index: Any) -> None:
    """Remove an index that was not finished. What broke the rebuild may stand in the way of this
    too; then the next rebuild that ends well removes it."""
    try:
        index.delete()
    except Exception as error:
        logger.warning("An unfinished index stays for now: %r", error)


def _keys_in_chunks(model: Any) -> Iterator[list[Any]]:
    """By key and not by position: a page deleted meanwhile would make a position skip another."""
    last: Any = None
    while True:
        keys = model.get_indexed_objects().order_by("pk").values_list("pk", flat=True)
        chunk = list((keys if last is None else keys.filter(pk__gt=last))[:AT_ONCE])
        if not chunk:
            return
        yield chunk
        last = chunk[-1]


def add_locked(index: Any, model: Any, keys: list[Any]) -> list[Any]:
    """As `add_present`, as one step that no editor can fall into: on SQLite the transaction holds
    the only write lock, on PostgreSQL it holds the rows."""
    with transaction.atomic():
        rows = model._default_manager.filter(pk__in=keys).order_by("pk")
        list(rows.select_for_update().values_list("pk", flat=True))
        return add_present(index, model, keys)
