"""What happens after a pair went public or was taken back: its papers and packs follow."""

from typing import Any

from bilingual import pairs
from bilingual.signals import pair_published, pair_withdrawn
from files.gate import shared_worker
from resources import made, packs, prints
from resources.models import ResourcePage


def connect() -> None:
    """Called once when the room is ready."""
    pair_published.connect(after_publishing, dispatch_uid="resources.made")
    pair_withdrawn.connect(after_withdrawing, dispatch_uid="resources.taken_back")


def after_publishing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Print a resource and rebuild the packs it is in; build the pack of a workshop."""
    with shared_worker():
        if isinstance(pair.en, ResourcePage):
            prints.make_prints(pair)
            _rebuild_packs_with(pair)
        elif isinstance(pair.en, packs.PACKED):
            packs.make_pack(pair)


def after_withdrawing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Nothing that was made from a withdrawn page stays, also not inside a pack."""
    if isinstance(pair.en, (ResourcePage, *packs.PACKED)):
        made.withdraw(pair.en.translation_key)
    if isinstance(pair.en, ResourcePage):
        _rebuild_packs_with(pair)


def _rebuild_packs_with(pair: pairs.Pair) -> None:
    for page in packs.packs_with(pair.en.translation_key):
        packs.make_pack(pairs.pair_of(page))
