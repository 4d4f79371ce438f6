"""The prints and packs that the library makes, on their shelf."""

from press.shelf import Shelf
from resources.models import MadeFile

SHELF: Shelf[MadeFile] = Shelf(MadeFile)
put = SHELF.put
withdraw = SHELF.withdraw
made_of = SHELF.made_of
shown_of = SHELF.shown_of


def health_line() -> tuple[str, bool, str]:
    """For the health page: whether every print and pack could be made at its last try."""
    return "Papurau a phecynnau", not SHELF.failed().exists(), "Prints and packs"
