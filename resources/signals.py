"""What happens after a pair or a file went public or was taken back: papers and packs follow."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete

from bilingual import pairs
from bilingual.signals import pair_published, pair_withdrawn
from files.gate import shared_worker
from files.models import Document
from resources import made, packs, prints, reports
from resources.models import ResourceFile, ResourcePage, SessionReport
from search.signals import index_after_commit


def connect() -> None:
    """Called once when the room is ready."""
    pair_published.connect(after_publishing, dispatch_uid="resources.made")
    pair_withdrawn.connect(after_withdrawing, dispatch_uid="resources.taken_back")
    pre_delete.connect(before_deleting, sender=ResourcePage, dispatch_uid="resources.deleted")
    for signal in (post_save, post_delete):
        signal.connect(reports.forget_sums, sender=SessionReport, dispatch_uid="resources.reports")
    post_save.connect(after_saving_file, sender=Document, dispatch_uid="resources.file_changed")


def after_publishing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Print a resource and rebuild the packs it is in; build the pack of a workshop."""
    with shared_worker():
        if isinstance(pair.en, ResourcePage):
            prints.make_prints(pair)
            _rebuild_packs_with(pair.en.translation_key)
        elif isinstance(pair.en, packs.PACKED):
            packs.make_pack(pair)


def after_withdrawing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Nothing that was made from a withdrawn page stays, also not inside a pack."""
    key = pair.en.translation_key
    if isinstance(pair.en, (ResourcePage, *packs.PACKED)):
        made.withdraw(key)
    if isinstance(pair.en, ResourcePage):
        _rebuild_packs_with(key, withdrawn=True)


def before_deleting(sender: Any, instance: ResourcePage, **kwargs: Any) -> None:
    """Its packs are made anew without it. The rows that name them go with the page."""
    keys = {page.translation_key for page in packs.packs_with(instance.translation_key)}

    def rebuild() -> None:
        for model in packs.PACKED:
            for page in model.objects.filter(translation_key__in=keys, locale__language_code="en"):
                _rebuild(page, withdrawn=True)

    transaction.on_commit(rebuild, robust=True)


def after_saving_file(sender: Any, instance: Document, created: bool, **kwargs: Any) -> None:
    """A file that staff exchange, withdraw or bring back is so in packs and in the search."""
    if created:
        return
    rows = ResourceFile.objects.filter(document=instance, page__live=True)
    keys = set(rows.values_list("page__translation_key", flat=True).order_by())
    if keys:
        index_after_commit(*keys)  # what a file says is what its resource is found by
        withdrawn = instance.withdrawn_at is not None
        transaction.on_commit(lambda: _rebuild_packs_with(*keys, withdrawn=withdrawn), robust=True)


def _rebuild_packs_with(*keys: Any, withdrawn: bool = False) -> None:
    """Where something was withdrawn no pack is better than one that still holds it: the old pack
    is gone before the new one is made."""
    for page in packs.packs_with(*keys):
        _rebuild(page, withdrawn)


def _rebuild(page: Any, withdrawn: bool) -> None:
    if withdrawn:
        made.withdraw(page.translation_key)
    packs.make_pack(pairs.pair_of(page))
