"""A mistake is told on its page and in the public log, in both languages, in the same edit."""

import re
from typing import Any

import pytest
from django.test import Client

from bilingual import pairs
from bilingual.pairs import PairRefused
from case_studies.models import CaseStudyPage
from events.models import EventPage
from evidence.corrections import CORRECTIONS_PANEL
from evidence.models import Correction, CorrectionsPage
from facts.models import FactPage
from home.models import StandardPage
from network.models import GroupPage
from resources.models import PackPage, ResourcePage, WorkshopPage
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
TEXTS = {
    "wrong_en": "The award stands for two years.",
    "wrong_cy": "Mae’r wobr am ddwy flynedd.",
    "right_en": "It stands for three years.",
    "right_cy": "Mae am dair blynedd.",
    "noticed_by": "A planted reader",
}


@pytest.fixture
def corrected(site_trees: Any) -> pairs.Pair:
    """A live pair whose text was mended, with the correction in the same draft."""
    english, _welsh = make_pair(StandardPage)
    draft = pairs.latest_draft(english)
    draft.summary = "The award stands for three years."
    draft.corrections = [Correction(**TEXTS)]
    draft.save_revision()
    twin = pairs.latest_draft(pairs.twin(english))
    twin.summary = "Mae’r wobr yn sefyll am dair blynedd."
    twin.save_revision()
    return pairs.publish_pair(english)


def log_page(language: str) -> Any:
    return CorrectionsPage.objects.get(locale__language_code=language)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_and_the_log_tell_it_in_their_language(
    client: Client, corrected: pairs.Pair, language: str
) -> None:
    other = "cy" if language == "en" else "en"
    for address in (corrected.side(language).url, log_page(language).url):
        html = client.get(address).content.decode()
        assert TEXTS[f"wrong_{language}"] in html and TEXTS[f"right_{language}"] in html
        assert TEXTS[f"wrong_{other}"] not in html
        assert TEXTS["noticed_by"] not in html
    assert corrected.side(language).url in client.get(log_page(language).url).content.decode()


@pytest.mark.parametrize(
    "model", [ResourcePage, PackPage, WorkshopPage, FactPage, GroupPage, CaseStudyPage, EventPage]
)
def test_a_page_of_every_subject_takes_a_correction_in_its_editor_and_tells_it(
    client: Client, model: Any
) -> None:
    assert CORRECTIONS_PANEL in model.content_panels and "corrections" in model.shared_fields
    for page in make_pair(model, corrections=lambda: [Correction(**TEXTS)]):
        language = page.locale.language_code
        assert TEXTS[f"wrong_{language}"] in client.get(page.url).content.decode()


def test_who_noticed_is_thanked_by_name_only_if_they_wish(
    client: Client, corrected: pairs.Pair
) -> None:
    Correction.objects.update(thanks_publicly=True)
    assert TEXTS["noticed_by"] in client.get(log_page("en").url).content.decode()


def test_a_second_correction_is_told_at_once_beside_the_first(
    client: Client, corrected: pairs.Pair
) -> None:
    client.get(corrected.en.url)
    draft = pairs.latest_draft(corrected.en)
    later = Correction(**{**TEXTS, "wrong_en": "Seen at once."})
    draft.corrections = [*draft.corrections.all(), later]
    draft.save_revision()
    pairs.publish_pair(corrected.en)
    html = client.get(corrected.en.url).content.decode()
    assert TEXTS["wrong_en"] in html and "Seen at once." in html


def test_a_draft_correction_is_not_public(client: Client, corrected: pairs.Pair) -> None:
    draft = pairs.latest_draft(corrected.en)
    draft.corrections = [
        *draft.corrections.all(), Correction(**{**TEXTS, "wrong_en": "Unseen as yet."}),
    ]  # fmt: skip
    draft.save_revision()
    assert "Unseen as yet" not in client.get(log_page("en").url).content.decode()


@pytest.mark.parametrize("change", [[], [Correction(**{**TEXTS, "right_en": "Other."})]])
def test_what_was_said_in_public_is_neither_taken_out_nor_rewritten(
    corrected: pairs.Pair, change: list[Correction]
) -> None:
    draft = pairs.latest_draft(corrected.en)
    draft.corrections = change
    draft.save_revision()
    with pytest.raises(PairRefused, match="stays as it is"):
        pairs.publish_pair(corrected.en)
    assert Correction.objects.count() == 2


def test_both_twins_carry_it_and_the_log_tells_it_once(
    client: Client, corrected: pairs.Pair
) -> None:
    assert Correction.objects.count() == 2
    html = client.get(log_page("cy").url).content.decode()
    assert len(re.findall(re.escape(TEXTS["wrong_cy"]), html)) == 1


def test_a_corrected_page_can_be_written_again_side_by_side(corrected: pairs.Pair) -> None:
    """The composer posts child rows whole: they come back without what the form does not hold."""
    draft = pairs.latest_draft(corrected.en)
    draft.corrections = [Correction(**TEXTS)]
    draft.save_revision()
    pairs.publish_pair(corrected.en)
    assert Correction.objects.count() == 2


def test_a_copy_of_a_corrected_page_was_never_corrected(corrected: pairs.Pair) -> None:
    copy = pairs.copy_pair(corrected.cy, corrected.cy.get_parent(), title="Arall")
    drafts = [pairs.latest_draft(side) for side in copy]
    assert [list(side.corrections.all()) for side in (*copy, *drafts)] == [[], [], [], []]
    assert Correction.objects.count() == 2


def test_the_correction_of_a_withdrawn_page_is_not_told(
    client: Client, corrected: pairs.Pair
) -> None:
    pairs.unpublish_pair(corrected.en)
    assert TEXTS["wrong_en"] not in client.get(log_page("en").url).content.decode()
