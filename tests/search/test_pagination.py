"""One paginator for every list."""

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.pagination import address_with, clamped_page


@pytest.mark.parametrize(
    ("raw", "number"),
    [("1", 1), ("2", 2), ("3", 3), ("0", 1), ("-1", 1), ("4", 3), ("1" + "0" * 22, 3), ("two", 1)],
)
def test_a_page_that_does_not_exist_gives_the_nearest_one(raw, number):
    page = clamped_page(25, {"page": raw})
    assert (page.number, page.total) == (number, 3)


def test_neighbours_keep_the_other_parameters():
    params = QueryDict("q=t%C5%B7+da&topic=a&topic=b&page=2")
    page = clamped_page(25, params)
    assert page.previous_url == "?q=t%C5%B7+da&topic=a&topic=b"
    assert page.next_url == "?q=t%C5%B7+da&topic=a&topic=b&page=3"
    assert page.pager == {
        "number": 2,
        "total": 3,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "has_neighbours": True,
    }


def test_a_short_list_needs_no_pager():
    page = clamped_page(["a", "b"], {})
    assert page.pager is None
    assert page.items == ["a", "b"]
    assert clamped_page([], {"page": "9"}).items == []


def test_items_come_from_a_list_or_a_paginator():
    letters = list("abcdefg")
    assert clamped_page(letters, {"page": "2"}, per_page=3).items == ["d", "e", "f"]
    assert clamped_page(Paginator(letters, 3), {"page": "9"}).items == ["g"]


def test_an_address_survives_what_cannot_be_encoded():
    assert address_with({"q": "\ud800"}, kind="stories") == "?q=%3F&kind=stories"


@given(st.integers(min_value=0, max_value=500), st.text(), st.integers(min_value=1, max_value=50))
def test_every_page_lies_inside_the_list(count, raw, per_page):
    page = clamped_page(count, {"page": raw}, per_page)
    assert 1 <= page.number <= page.total
    assert 0 <= page.start <= page.stop <= count
    assert page.stop - page.start <= per_page
    assert bool(page.next_url) == (page.number < page.total)
