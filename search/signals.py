"""Both languages of a pair are found by each other's words, so both are indexed together, once.

modelsearch would index a page whenever it is saved: three times while a pair is published, each
time before its twin is as it will be. Instead, whatever saves or deletes a page (the pair service,
an import, a shell), its pair is indexed after commit (`SearchablePage.search_auto_update`).
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page
from wagtail.search import index

from bilingual.signals import access_changed
from search import queue, texts
from search.index import SearchablePage

AT_ONCE = 100  # pairs
_CHANGED = "_changed_for_search"  # on the connection, whose transaction it belongs to
# What saving a draft changes of the page's row. Nothing of it is found or shown.
OF_A_DRAFT = {
    "latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes",
    "go_live_at", "expire_at",
}  # fmt: skip


def listen() -> None:
    """Connect to everything that changes pages."""
    post_save.connect(_follow_page, dispatch_uid="search.follow_page")
    post_delete.connect(_remove_page, dispatch_uid="search.remove_page")
    pre_delete.connect(_forget_page, dispatch_uid="search.forget_page")
    access_changed.connect(_follow_access, dispatch_uid="search.follow_access")


def _follow_page(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    fields = kwargs.get("update_fields")
    of_a_draft = fields is not None and OF_A_DRAFT.issuperset(fields)
    if of_a_draft or kwargs.get("raw") or not issubclass(sender, SearchablePage):
        return
    index_after_commit(instance.translation_key)
    if queue.is_used():
        queue.note(instance)  # with the page itself: it outlives a crash before the pair is indexed


def index_after_commit(*keys: UUID) -> None:
    """Index the pairs with these translation keys anew: what they are found by has changed."""
    changed = transaction.get_connection().__dict__.setdefault(_CHANGED, set())
    changed.update(keys)
    transaction.on_commit(_index_changed, robust=True)


def _index_changed() -> None:
    """Every pair that the transaction changed, once; later calls find nothing to do."""
    keys = sorted(transaction.get_connection().__dict__.pop(_CHANGED, set()))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        pages = list(Page.objects.filter(translation_key__in=some).specific())
        with transaction.atomic():  # an engine beside the database hears of all in one sending
            for page in pages:
                index.insert_or_update_object(page)
            texts.remember([page.pk for page in pages])


def _remove_page(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    if issubclass(sender, SearchablePage):
        index.remove_object(instance)
        index_after_commit(instance.translation_key)


def _forget_page(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, SearchablePage):
        texts.forget([instance.pk])


def _follow_access(pages: "QuerySet[Page]", **_kwargs: Any) -> None:
    texts.remember(pages.values_list("pk", flat=True))
