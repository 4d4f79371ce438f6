"""A story that could expose somebody does not go public, by any answer or by none."""

from typing import Any

import pytest

from bilingual.pairs import PairRefused
from case_studies.models import CaseStudyPage
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
QUOTE = [
    {
        "type": "quote",
        "value": {"text": "I felt welcome.", "source": "A member", "language": "en",
                  "lived_experience": True},
    }
]  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"could_be_recognised": "yes"},
        {"could_be_recognised": ""},
        {"kind": "person"},
        {"quotes": QUOTE},
        {"kind": "practice"},
    ],
    ids=["yes", "no answer", "a person’s story", "their own words", "no source"],
)
def test_it_is_refused_and_stays_a_draft(values: dict[str, Any]) -> None:
    with pytest.raises(PairRefused):
        make_pair(CaseStudyPage, **values)
    assert not CaseStudyPage.objects.live().exists()
