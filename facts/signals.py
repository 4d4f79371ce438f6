"""What happens when a fact goes public or is taken back, and when somebody's words lead to it."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.search import index

from bilingual import pairs
from bilingual.signals import pair_published, pair_withdrawn
from facts import kit
from facts.models import FactPage, HeardClaim
from files.gate import shared_worker
from press.shelf import follow_access


def connect() -> None:
    """Called once when the room is ready."""
    pair_published.connect(after_publishing, dispatch_uid="facts.kit")
    pair_withdrawn.connect(after_withdrawing, dispatch_uid="facts.taken_back")
    pre_save.connect(remember_the_fact_before, sender=HeardClaim, dispatch_uid="facts.heard_before")
    for signal in (post_save, post_delete):
        signal.connect(find_by_new_words, sender=HeardClaim, dispatch_uid="facts.heard")
    follow_access(FactPage, after_publishing)


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


def remember_the_fact_before(instance: HeardClaim, **kwargs: Any) -> None:
    """The fact that these words led to until now is not found by them any more."""
    before = HeardClaim.objects.filter(pk=instance.pk).values_list("fact__translation_key")
    instance.led_to = next((key for (key,) in before), None)


def find_by_new_words(instance: HeardClaim, **kwargs: Any) -> None:
    """Both languages of the fact are found by what was heard, from now on."""
    keys = {instance.led_to, instance.fact.translation_key if instance.fact else None} - {None}
    for page in FactPage.objects.live().filter(translation_key__in=keys).select_related("locale"):
        index.insert_or_update_object(page)
