"""The one paginator: any page number is moved to the nearest page that exists."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import QueryDict

from search.query import page_number

PER_PAGE = 10


@dataclass(frozen=True)
class PagePosition:
    """One page of a list: `items[start:stop]`, and where its neighbours are.

    The addresses are relative (`?q=croeso&page=2`), keep the other parameters and are empty
    where there is no neighbour. There is always a first page, if need be an empty one.
    """

    number: int
    total: int
    start: int
    stop: int
    previous_url: str = ""
    next_url: str = ""

    @property
    def has_neighbours(self) -> bool:
        return self.total > 1


FIRST_PAGE = PagePosition(number=1, total=1, start=0, stop=0)


def clamped_page(
    counted: "Paginator | int",
    raw: object,
    params: "QueryDict | Mapping[str, str] | None" = None,
    per_page: int = PER_PAGE,
) -> PagePosition:
    """The page that `raw` means in a list of `counted` items; never raises.

    0, −1 and text give the first page, 10²² the last one. With a Paginator its own page size
    counts. `params` are the parameters of the address that the neighbours keep.
    """
    if isinstance(counted, Paginator):
        per_page, count = counted.per_page, counted.count
    else:
        count = max(counted, 0)
    total = max(1, -(-count // per_page))
    number = min(page_number(raw), total)
    return PagePosition(
        number=number,
        total=total,
        start=(number - 1) * per_page,
        stop=min(number * per_page, count),
        previous_url=page_url(params, number - 1) if number > 1 else "",
        next_url=page_url(params, number + 1) if number < total else "",
    )


def page_url(params: "QueryDict | Mapping[str, str] | None", number: int) -> str:
    """`?…` with every other parameter kept; the first page goes without a number."""
    return address_with(params, page=str(number) if number > 1 else "")


def address_with(params: "QueryDict | Mapping[str, str] | None", **changes: str) -> str:
    """`?…` of `params` with some values changed; an empty value leaves the parameter out."""
    if isinstance(params, QueryDict):
        query = params.copy()
    else:
        query = QueryDict(mutable=True)
        query.update(params or {})
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
