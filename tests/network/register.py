"""Rows of the network’s registers for tests."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from core.terms import Term
from network.models import Award, Organisation, OrganisationStream

_numbers = count(1)


def county(key: str = "powys") -> Term:
    return Term.objects.get(kind="county", key=key)


def stream(key: str = "schools") -> Term:
    return Term.objects.get(kind="stream", key=key)


def an_organisation(visibility: str = "public", **values: Any) -> Organisation:
    """A school in Powys, in the stream of schools."""
    number = next(_numbers)
    organisation = Organisation.objects.create(
        **{
            "key": f"organisation-{number}",
            "name_en": f"School {number}",
            "name_cy": f"Ysgol {number}",
            "kind": "school",
            "county": county(),
            "visibility": visibility,
            "opted_in_on": date(2026, 1, 1) if visibility == "public" else None,
            **values,
        }
    )
    OrganisationStream.objects.create(organisation=organisation, stream=stream())
    return organisation


def an_award(organisation: Organisation, **values: Any) -> Award:
    """An award that stands for two more years."""
    today = timezone.localdate()
    return Award.objects.create(
        **{
            "organisation": organisation,
            "stream": stream(),
            "awarded_on": today - timedelta(days=365),
            "expires_on": today + timedelta(days=730),
            **values,
        }
    )
