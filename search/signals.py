"""Both languages of a pair are found by each other's words, so both are indexed together.

modelsearch indexes a page when it is saved; at that moment its twin may not yet, or still, be live.
"""

from typing import Any

from wagtail.models import Page
from wagtail.search import index

from bilingual.pairs import Pair
from bilingual.signals import pair_published, pair_withdrawn


def listen() -> None:
    """Connect to the pair service, which speaks after commit."""
    pair_published.connect(_index_pair, dispatch_uid="search.index_pair")
    pair_withdrawn.connect(_index_pair, dispatch_uid="search.index_pair")


def _index_pair(pair: Pair, **_kwargs: Any) -> None:
    for side in pair:
        page = Page.objects.filter(pk=side.pk).specific().first()  # as it is stored by now
        if page is not None:
            index.insert_or_update_object(page)
