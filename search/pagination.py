"""The one paginator: any page number is moved to the nearest page that exists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict

from search.query import page_number

PER_PAGE = 10
MOST_PARAMETERS = 50  # of an address that are kept in links; more is not a reader's doing

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class PagePosition:
    """One page of a list: its `items` (`all_items[start:stop]`), and where its neighbours are.

    The addresses are relative (`?q=croeso&page=2`), keep the other parameters and are empty
    where there is no neighbour. There is always a first page, if need be an empty one.
    """

    number: int
    total: int
    start: int
    stop: int
    previous_url: str = ""
    next_url: str = ""
    items: Sequence[Any] = ()

    @property
    def pager(self) -> dict[str, Any] | None:
        """What the pager component shows; None where one page holds everything."""
        if self.total == 1:
            return None
        return {
            "number": self.number,
            "total": self.total,
            "previous_url": self.previous_url,
            "next_url": self.next_url,
            "has_neighbours": True,
        }


FIRST_PAGE = PagePosition(number=1, total=1, start=0, stop=0)


def clamped_page(
    counted: "Paginator[Any] | Sequence[Any] | int", params: Parameters, per_page: int = PER_PAGE
) -> PagePosition:
    """The page that `params["page"]` means; never raises.

    0, −1 and text give the first page, 10²² the last one. `counted` is a list of items, a
    Paginator (its own page size counts) or their number alone, when the caller fetches them.
    """
    everything: Any = ()
    if isinstance(counted, int):
        count = max(counted, 0)
    elif isinstance(counted, Paginator):
        everything, per_page, count = counted.object_list, counted.per_page, counted.count
    else:
        everything, count = counted, len(counted)
    total = max(1, -(-count // per_page))
    number = min(page_number(params.get("page")), total)
    start, stop = (number - 1) * per_page, min(number * per_page, count)
    return PagePosition(
        number=number,
        total=total,
        start=start,
        stop=stop,
        previous_url=_page_url(params, number - 1) if number > 1 else "",
        next_url=_page_url(params, number + 1) if number < total else "",
        items=everything[start:stop],
    )


def _page_url(params: Parameters, number: int) -> str:
    """The first page goes without a number: one page, one address."""
    return address_with(params, page=str(number) if number > 1 else "")


def address_with(params: Parameters, **changes: str) -> str:
    """`?…` of `params` with some values changed; an empty value leaves the parameter out."""
    kept = [(name, value) for name, value in _pairs(params) if name not in changes]
    changed = [(name, value) for name, value in changes.items() if value]
    return "?" + urlencode(kept[:MOST_PARAMETERS] + changed, errors="replace")


def address_without(params: Parameters, name: str, value: str) -> str:
    """`?…` of `params` without one value of a parameter, on the first page of the list."""
    kept = [pair for pair in _pairs(params) if pair != (name, value) and pair[0] != "page"]
    return "?" + urlencode(kept[:MOST_PARAMETERS], errors="replace")


def _pairs(params: Parameters) -> Iterable[tuple[str, str]]:
    lists = (
        params.lists() if isinstance(params, QueryDict) else ((k, [v]) for k, v in params.items())
    )
    return ((name, str(value)) for name, values in lists for value in values)
