"""A section that gets the page type of its room keeps everything that is recorded of it."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail_localize.models import TranslationSource

from bilingual import engine, pairs, staleness
from home.models import SectionPage
from home.trees import change_section_type, mend_records_of_sections
from tests.bilingual.conftest import member

pytestmark = pytest.mark.django_db
LABEL = "events.EventIndexPage"


@pytest.fixture
def section(site_trees: dict[str, Any]) -> pairs.Pair:
    """A section of the first type, written, published, signed off and in a workflow."""
    author = member("author@example.org")
    pair = pairs.create_pair(
        site_trees["en"],
        SectionPage(title="Long ago", summary="What happened then.", authored_in="en"),
        SectionPage(title="Ers talwm", summary="Beth ddigwyddodd bryd hynny."),
        user=None,
        publish=True,
    )
    engine.record(pair.en, pair.cy)
    for page in pair:
        page.log = PageLogEntry.objects.log_action(page, "wagtail.edit", user=author)
        page.get_workflow().start(page, author)
    return pair


def types_of_records(pair: pairs.Pair) -> set[int]:
    """The content types under which anything is recorded of these pages."""
    keys = [str(page.pk) for page in pair]
    return {
        *Revision.objects.filter(object_id__in=keys).values_list("content_type", flat=True),
        *WorkflowState.objects.filter(object_id__in=keys).values_list("content_type", flat=True),
        *ReferenceIndex.objects.filter(
            object_id__in=keys, base_content_type=ContentType.objects.get_for_model(Page)
        ).values_list("content_type", flat=True),
        *PageLogEntry.objects.filter(page__in=keys).values_list("content_type", flat=True),
        *TranslationSource.objects.filter(object_id=pair.en.translation_key).values_list(
            "specific_content_type", flat=True
        ),
    }


def test_all_records_follow_a_section_to_its_new_type(section: pairs.Pair) -> None:
    change_section_type(apps, "long-ago", LABEL)
    new = pairs.pair_of(section.en)
    assert type(new.en)._meta.label == LABEL
    assert types_of_records(new) == {ContentType.objects.get_for_model(type(new.en)).pk}
    assert new.en.get_latest_revision_as_object().summary == "What happened then."
    engine.record(new.en, new.cy)  # refused while a record names the old type
    assert staleness.signed_off(new.en.translation_key) is not None


def test_records_left_behind_by_an_earlier_change_are_mended(section: pairs.Pair) -> None:
    change_section_type(apps, "long-ago", LABEL)
    old = ContentType.objects.get_for_model(SectionPage)
    TranslationSource.objects.filter(object_id=section.en.translation_key).update(
        specific_content_type=old
    )
    PageLogEntry.objects.filter(page=section.cy.pk).update(content_type=old)
    mend_records_of_sections(apps)
    new = pairs.pair_of(section.en)
    assert types_of_records(new) == {ContentType.objects.get_for_model(type(new.en)).pk}
    engine.record(new.en, new.cy)
