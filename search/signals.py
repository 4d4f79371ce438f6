"""Both languages of a pair are found by each other's words, so both are indexed together.

modelsearch indexes a page when it is saved; at that moment its twin may not yet, or still, be live.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from bilingual.pairs import Pair
from bilingual.signals import pair_published, pair_withdrawn
from search import texts
from search.index import SearchablePage


def listen() -> None:
    """Connect to the pair service, which speaks after commit, and to deletion."""
    pair_published.connect(_index_pair, dispatch_uid="search.index_pair")
    pair_withdrawn.connect(_index_pair, dispatch_uid="search.index_pair")
    pre_delete.connect(_forget_page, dispatch_uid="search.forget_page")
    for signal in (post_save, post_delete):
        signal.connect(
            _follow_restriction, sender=PageViewRestriction, dispatch_uid="search.restriction"
        )


def _index_pair(pair: Pair, **_kwargs: Any) -> None:
    ids = [side.pk for side in pair if side.pk]
    for page in Page.objects.filter(pk__in=ids).specific():  # as they are stored by now
        index.insert_or_update_object(page)
    texts.remember(ids)


def _forget_page(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, SearchablePage):
        texts.forget([instance.pk])


def _follow_restriction(instance: PageViewRestriction, **_kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:  # else the restriction is deleted together with its page
        below = page.get_descendants(inclusive=True)
        texts.remember(below.values_list("pk", flat=True))
