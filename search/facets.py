"""What results can be narrowed by beside their kind. Rooms above offer it: topics, for example."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bilingual.registries import Registry


@dataclass(frozen=True)
class FacetSource:
    """A facet under the name `parameter` in the address, with a lazy `label` as its heading.

    `counted` gives (key, label, pages) for the pages with these ids, in the order of the language;
    `narrow` leaves the pages that have the value of this key, or None where there is no such key.
    """

    parameter: str
    label: Any
    counted: Callable[[Sequence[int], str], Iterable[tuple[str, str, int]]]
    narrow: Callable[[Any, str], Any | None]


facet_sources: Registry[FacetSource] = Registry("what search results can be narrowed by")
