"""A published pair of every page type, for tests that look at the same pages in turn."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.factories.pairs import make_pair, page_types


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made once for all tests of a module, each of which runs inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        for model in page_types():
            make_pair(model)
        yield
        transaction.set_rollback(True)
