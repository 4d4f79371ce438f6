"""What happens after a pair or a file went public or was taken back: papers and packs follow."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Collection, CollectionViewRestriction, Page

from bilingual import pairs
from bilingual.signals import access_changed, pair_published, pair_withdrawn
from files.gate import shared_worker
from files.models import Document, public_documents
from press.shelf import public_sides
from resources import made, packs, prints, reports
from resources.models import MadeFile, ResourceFile, ResourcePage, SessionReport
from search.signals import index_after_commit

PRINTED = (ResourcePage, *packs.PACKED)


def connect() -> None:
    """Called once when the room is ready."""
    pair_published.connect(after_publishing, dispatch_uid="resources.made")
    pair_withdrawn.connect(after_withdrawing, dispatch_uid="resources.taken_back")
    access_changed.connect(after_access_changed, dispatch_uid="resources.access")
    pre_delete.connect(before_deleting, sender=ResourcePage, dispatch_uid="resources.deleted")
    post_save.connect(after_saving_file, sender=Document, dispatch_uid="resources.file_changed")
    for signal in (post_save, post_delete):
        signal.connect(reports.forget_sums, sender=SessionReport, dispatch_uid="resources.reports")
        signal.connect(
            after_restricting_files, sender=CollectionViewRestriction,
            dispatch_uid="resources.files_restricted",
        )  # fmt: skip


def after_publishing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Print a resource and rebuild the packs it is in; build the pack of a workshop."""
    with shared_worker():
        if isinstance(pair.en, ResourcePage):
            prints.make_prints(pair)
            _rebuild_packs_with(pair.en.translation_key, withdrawn=not public_sides(pair))
        elif isinstance(pair.en, packs.PACKED):
            packs.make_pack(pair)


def after_withdrawing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Nothing that was made from a withdrawn page stays, also not inside a pack."""
    key = pair.en.translation_key
    if isinstance(pair.en, PRINTED):
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
    """A file that staff exchange, withdraw, hide or bring back is so in packs and in the search."""
    if not created:
        _follow_files(Document.objects.filter(pk=instance.pk))


def after_restricting_files(sender: Any, instance: CollectionViewRestriction, **kw: Any) -> None:
    """Files that are for some people only leave the packs and the search, or come back."""
    collection = Collection.objects.filter(pk=instance.collection_id).first()
    if collection is not None:  # else the restriction is deleted together with its collection
        _follow_files(Document.objects.filter(collection__path__startswith=collection.path))


def _follow_files(documents: "QuerySet[Document]") -> None:
    rows = ResourceFile.objects.filter(document__in=documents, page__live=True)
    keys = set(rows.values_list("page__translation_key", flat=True).order_by())
    if keys:
        index_after_commit(*keys)  # what a file says is what its resource is found by
        withdrawn = documents.exclude(pk__in=public_documents().values("pk")).exists()
        transaction.on_commit(lambda: _rebuild_packs_with(*keys, withdrawn=withdrawn), robust=True)


def after_access_changed(sender: Any, pages: "QuerySet[Page]", **kwargs: Any) -> None:
    """Of pages that are for some people only there is no paper and no pack; else there is again."""
    keys = set(pages.order_by().values_list("translation_key", flat=True))
    transaction.on_commit(lambda: _make_again(Q(translation_key__in=keys)), robust=True)


def refresh() -> int:
    """Make what failed at its last try, and what is missing; the number of pairs tried."""
    failed = made.SHELF.failed().values("translation_key")
    there = MadeFile.objects.filter(document__isnull=False, document__withdrawn_at=None)
    tried = _make_again(
        Q(translation_key__in=failed) | ~Q(translation_key__in=there.values("translation_key"))
    )
    for row in made.SHELF.failed().exclude(translation_key__in=tried):
        made.withdraw(row.translation_key)  # its page is not public any more
    return len(tried)


def _make_again(wanted: Q) -> set[Any]:
    """Make the files of these live pairs as they are public now; their translation keys."""
    pages: dict[Any, Any] = {}
    for model in PRINTED:
        pages |= {page.translation_key: page for page in model.objects.live().filter(wanted)}
    with shared_worker(), packs.each_pack_once():
        for page in pages.values():
            after_publishing(sender=type(page), pair=pairs.pair_of(page))
    return set(pages)


def _rebuild_packs_with(*keys: Any, withdrawn: bool = False) -> None:
    """Where something was withdrawn no pack is better than one that still holds it: the old pack
    is gone before the new one is made."""
    for page in packs.packs_with(*keys):
        _rebuild(page, withdrawn)


def _rebuild(page: Any, withdrawn: bool) -> None:
    if withdrawn:
        made.withdraw(page.translation_key)
    packs.make_pack(pairs.pair_of(page))
