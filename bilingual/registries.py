"""What a lower room needs from above, it offers as a registry filled in `AppConfig.ready()`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """An ordered list that takes each entry once; usable as a decorator."""

    def __init__(self, meaning: str) -> None:
        self.meaning = meaning
        self._entries: list[Entry] = []

    def register(self, entry: Entry) -> Entry:
        """Add an entry; a second call with the same one changes nothing."""
        if entry not in self._entries:
            self._entries.append(entry)
        return entry

    def unregister(self, entry: Entry) -> None:
        """Take an entry out again (tests)."""
        if entry in self._entries:
            self._entries.remove(entry)

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)


# Each takes the specific page about to be published, as it will be, and returns whole
# sentences that say what is missing; an empty list lets it pass.
publish_checks: Registry[Callable[[Any], list[str]]] = Registry("checks before a pair goes public")

# Each takes the same page and the person who publishes it; the system itself is not asked about.
publisher_checks: Registry[Callable[[Any, Any], list[str]]] = Registry(
    "checks of who makes a pair public"
)


@dataclass(frozen=True)
class QuickAdd:
    """A button of the dashboard that opens two empty columns.

    `model` is a page type ("case_studies.CaseStudyPage"); the pair comes under the topmost page
    where such a page may stand and the person may add one.
    """

    model: str
    label: Any


quick_add: Registry[QuickAdd] = Registry("buttons of the dashboard for new pairs")

# Each takes a day and returns the English and Welsh pages to be reviewed by then.
reviews_due: Registry[Callable[[date], list[Any]]] = Registry("pages that are due for a review")


# Each gives pages that are public at their own address and in no list any more: expired facts.
unlisted: Registry[Callable[[], Any]] = Registry("query sets of pages that no list shows")

# Each names a field or child relation, of whatever page type has it.
not_copied: Registry[str] = Registry("what stays with its page when that is copied")


@dataclass(frozen=True)
class ParityFigure:
    """How much of one thing there is in each language: documents, captions, descriptions."""

    label: Any
    english: int
    welsh: int
    both: int


# Each counts one kind of thing now; only what the public sees.
parity_rows: Registry[Callable[[], ParityFigure]] = Registry("figures of the parity report")
