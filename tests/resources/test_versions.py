"""Old versions stay reachable, say what changed, and are found; what goes together is shown."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from bilingual import pairs
from core.models import RelatedPage
from files.documents import store
from resources.models import ResourceFile, ResourcePage, ResourceVersion, WorkshopPage
from tests.factories.pairs import make_pair
from tests.resources.material import STEPS, resource

pytestmark = pytest.mark.django_db
ENDS = {"en": "version/{}/", "cy": "fersiwn/{}/"}


@pytest.fixture
def versioned() -> pairs.Pair:
    """A resource with two versions and a file of each."""
    documents = [store("a.txt", b"a", title=f"File {number}", language="both") for number in (1, 2)]
    return resource(
        rich=False,
        versions=lambda: [
            ResourceVersion(number=number, date=date(2026, number, 1),
                            changed_en=f"Change {number}", changed_cy=f"Newid {number}")
            for number in (1, 2)
        ],
        files=lambda: [
            ResourceFile(document=document, role="slides", version=number,
                         label_en=f"Slides {number}", label_cy=f"Sleidiau {number}")
            for number, document in enumerate(documents, start=1)
        ],
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_old_version_keeps_its_address_its_file_and_says_what_came_after(
    client: Client, versioned: pairs.Pair, language: str
) -> None:
    side, other = versioned.side(language), {"en": "cy", "cy": "en"}[language]
    old = client.get(side.url + ENDS[language].format(1)).content.decode()
    heading = {"en": "Version 1 of 2", "cy": "Fersiwn 1 o 2"}[language]
    label, later = {"en": ("Slides", "Change"), "cy": ("Sleidiau", "Newid")}[language]
    assert heading in old and f"{later} 2" in old
    assert f"{label} 1" in old and f"{label} 2" not in old
    assert f'href="{side.url}"' in old  # to the newest
    assert f'href="{versioned.side(other).url}{ENDS[other].format(1)}"' in old
    page = client.get(side.url).content.decode()
    assert f"{label} 2" in page and f"{label} 1" not in page
    assert f'href="{side.url}{ENDS[language].format(1)}"' in page
    assert client.get(side.url + ENDS[language].format(3)).status_code == 404
    assert client.get(side.url + ENDS[language].format(0)).status_code == 404


def test_a_version_that_the_reader_has_no_language_for_is_shown_in_the_other(
    client: Client, versioned: pairs.Pair
) -> None:
    ResourcePage.objects.filter(pk=versioned.cy.pk).update(live=False)
    answer = client.get(f"{versioned.cy.url}fersiwn/1/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'lang="en"' in page and "Change 2" in page and "Slides 1" in page


@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_goes_together_is_shown_on_both_ends(client: Client, language: str) -> None:
    first, second = resource("First", rich=False), resource("Second", rich=False)
    for side in ("en", "cy"):
        RelatedPage.objects.create(
            page=first.side(side), target=second.side(side), relation="see_also"
        )
    for here, there in ((first, second), (second, first)):
        page = client.get(here.side(language).url).content.decode()
        assert f'href="{there.side(language).url}"' in page


def test_steps_and_outcomes_are_found_in_the_language_of_the_page_and_staff_notes_are_not() -> None:
    pair = resource(outcomes="know when to stop", reviewer_notes="Amina rang")
    for language, other in (("en", "cy"), ("cy", "en")):
        page: Any = pair.side(language)
        assert STEPS[0][f"title_{language}"] in page.plan_text
        assert STEPS[0][f"title_{other}"] not in page.plan_text
        indexed = {field.field_name for field in page.search_fields}
        assert {"outcomes", "plan_text"} <= indexed and "reviewer_notes" not in indexed


@pytest.mark.parametrize("language", ["en", "cy"])
def test_words_of_files_and_other_names_find_a_page_and_are_shown_in_no_result(
    client: Client, language: str, django_capture_on_commit_callbacks: Any
) -> None:
    document = store("a.txt", b"Kaleidoscope", title="A", language="both")
    with django_capture_on_commit_callbacks(execute=True):
        pair = resource(
            rich=False,
            files=lambda: [
                ResourceFile(document=document, role="slides", label_en="A", label_cy="A")
            ],
        )
        workshop = make_pair(WorkshopPage, other_names="Zanzibar")
    search = {"en": "/en/search/", "cy": "/cy/chwilio/"}[language]
    side = next(page for page in workshop if page.locale.language_code == language)
    for words, page in (("Kaleidoscope", pair.side(language)), ("Zanzibar", side)):
        results = client.get(search, {"q": words.lower()}).content.decode()
        assert page.title in results
        assert words not in results  # the question is repeated in small letters
        assert words not in client.get(page.url).content.decode()


def test_a_note_of_staff_is_in_no_public_answer(client: Client) -> None:
    pair = resource(reviewer_notes="Amina rang")
    answers = [client.get(side.url).content for side in pair]
    answers += [client.get(path).content for path in (
        "/en/resources/csv/", "/en/resources/atom/", "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    )]  # fmt: skip
    assert not [answer for answer in answers if b"Amina" in answer]
