"""What happens when a fact goes public or is taken back, and when somebody's words lead to it."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.search import index

from bilingual import pairs
from bilingual.signals import pair_published, pair_withdrawn
from facts import kit
from facts.models import FactPage, HeardClaim
from files.gate import shared_worker


def connect() -> None:
    """Called once when the room is ready."""
    pair_published.connect(after_publishing, dispatch_uid="facts.kit")
    pair_withdrawn.connect(after_withdrawing, dispatch_uid="facts.taken_back")
    for signal in (post_save, post_delete):
        signal.connect(find_by_new_words, sender=HeardClaim, dispatch_uid="facts.heard")


def after_publishing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Make the share kit anew."""
    if isinstance(pair.en, FactPage):
        kit.forget(pair.en.translation_key)
        with shared_worker():
            kit.make_kit(pair)


def after_withdrawing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """No card of a withdrawn fact stays."""
    if isinstance(pair.en, FactPage):
        kit.forget(pair.en.translation_key)
        kit.SHELF.withdraw(pair.en.translation_key)


def find_by_new_words(instance: HeardClaim, **kwargs: Any) -> None:
    """Both languages of the fact are found by what was heard, from now on."""
    if instance.fact is not None:
        key = instance.fact.translation_key
        for page in FactPage.objects.live().filter(translation_key=key).select_related("locale"):
            index.insert_or_update_object(page)
