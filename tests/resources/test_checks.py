"""What keeps a resource, a plan or a pack from going public, and the sentence that says so."""

import json
from typing import Any

import pytest
from django.utils import translation

from bilingual import pairs
from resources import checks
from resources.models import (
    PackPage,
    ProgrammePage,
    ResourceFile,
    ResourcePage,
    ResourceVersion,
    ResourceVideo,
)
from tests.factories.pairs import unsaved
from tests.resources.material import STEPS, resource

pytestmark = pytest.mark.django_db
TEXT = "…"
WHOLE = {
    "content_note": TEXT, "safeguarding_note": TEXT, "impartiality_note": TEXT,
    "licence": "cc-by-4.0", "minutes": None,
}  # fmt: skip


def plan(*steps: dict[str, Any]) -> str:
    return json.dumps([{"type": "step", "value": step} for step in steps])


def version(number: int, **words: str) -> ResourceVersion:
    return ResourceVersion(
        number=number, date="2026-01-01", **{"changed_en": TEXT, "changed_cy": TEXT, **words}
    )


def film(**values: Any) -> ResourceVideo:
    return ResourceVideo(
        address="https://example.org/", title_en=TEXT, title_cy=TEXT, language="cy", **values
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, ""),
        ({"content_note": " "}, "Write the content note"),
        ({"safeguarding_note": ""}, "Write the safeguarding note"),
        ({"impartiality_note": ""}, "Write the impartiality note"),
        ({"licence": ""}, "Choose the licence"),
        ({"material": "[]"}, "Add a file, or write the material as a web page."),
        ({"videos": lambda: [film(is_captioned=False)]}, "A film needs captions"),
        ({"videos": lambda: [film(is_captioned=True)]}, "and a transcript"),
        ({"versions": lambda: [version(1, changed_cy=" ")]}, "what changed in both languages"),
        ({"versions": lambda: [version(1), version(2)]}, ""),
        (
            {
                "versions": lambda: [version(1)],
                "files": lambda: [ResourceFile(version=2, label_en=TEXT, label_cy=TEXT)],
            },
            "Every file belongs to a version that is listed.",
        ),
        ({"plan": plan(*STEPS), "minutes": 30}, ""),
        ({"plan": plan(*STEPS), "minutes": 45}, "takes 30 minutes and the resource says 45"),
        ({"plan": plan({**STEPS[0], "title_cy": ""})}, "its title in both languages"),
        ({"plan": plan({**STEPS[0], "minutes": None})}, "its minutes and how people work"),
    ],
)
def test_a_resource_with_a_gap_is_told_which(values: dict[str, Any], sentence: str) -> None:
    page = unsaved(ResourcePage, "en", **{**WHOLE, **values})
    found = [
        *checks.resource_is_safe_to_use(page),
        *checks.resource_can_be_used(page),
        *checks.plan_is_whole(page),
    ]
    assert (len(found), sentence in " ".join(found)) == (bool(sentence), True), found


def test_a_session_of_a_course_needs_its_title_in_both_languages_too() -> None:
    session = {"title_en": "First", "title_cy": "", "text_en": "", "text_cy": "", "steps": []}
    sessions = json.dumps([{"type": "session", "value": session}])
    assert checks.plan_is_whole(unsaved(ProgrammePage, "en", sessions=sessions))


def test_an_empty_pack_is_refused() -> None:
    assert checks.pack_holds_resources(unsaved(PackPage, "en", packed_resources=list))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Write the safeguarding note"), ("cy", "Ysgrifennwch y nodyn diogelu")],
)
def test_nothing_with_a_gap_gets_through_the_door(language: str, sentence: str) -> None:
    with translation.override(language), pytest.raises(pairs.PairRefused, match=sentence):
        resource(rich=False, safeguarding_note="")
    assert not ResourcePage.objects.filter(live=True).exists()
