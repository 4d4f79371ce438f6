"""Six Welsh plural forms."""

from gettext import c2py

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogues import PLURAL_HEADER
from welsh.plurals import FORMS, plural_form


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (3, "few"),
        (4, "other"),
        (5, "other"),
        (6, "many"),
        (8, "other"),
        (11, "other"),
        (20, "other"),
        (102, "other"),
        (1.5, "other"),
        (-1, "other"),
    ],
)
def test_a_number_takes_its_cldr_form(number, form):
    assert plural_form(number) == form


@given(st.integers(min_value=0, max_value=10**9))
def test_the_header_of_our_catalogues_counts_alike(number):
    by_header = c2py(PLURAL_HEADER.split("plural=")[1].rstrip(";"))
    assert FORMS[by_header(number)] == plural_form(number)
