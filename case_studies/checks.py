"""What must be true before a story goes public."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from bilingual.approval import pairs_written_by
from case_studies.models import CaseStudyPage


def someone_could_be_recognised(page: CaseStudyPage) -> bool:
    """The editor's own answer, forced to yes by a portrait, a person's story or their words."""
    Kind, Recognised = CaseStudyPage.Kind, CaseStudyPage.Recognised
    return (
        page.could_be_recognised == Recognised.YES
        or page.kind == Kind.PERSON
        or (page.has_portrait and page.image_id is not None)
        or any(quote.value["lived_experience"] for quote in page.quotes)
    )


def nobody_exposed_without_consent(page: Page) -> list[str]:
    """Sentences that stop the publication of a story that could expose somebody."""
    if not isinstance(page, CaseStudyPage):
        return []
    if someone_could_be_recognised(page):
        return [
            _(
                "Someone could be recognised in this story. It cannot be published until the "
                "consent register exists. Leave out what points at a person, or keep it as a draft."
            )
        ]
    if not page.could_be_recognised:
        return [_("Answer “Could anyone be recognised?” before you publish this story.")]
    return []


def practice_example_names_its_source(page: Page) -> list[str]:
    """A practice example says where it comes from and when it was true."""
    if not isinstance(page, CaseStudyPage) or page.kind != CaseStudyPage.Kind.PRACTICE:
        return []
    if page.source_note and page.as_at_note:
        return []
    return [_("A practice example needs its source and the date it was true, in both languages.")]


def others_publish_my_story(page: Page, person: Any) -> list[str]:
    """Nobody publishes a story that they wrote (safety guide 3.4); the sealed key may."""
    if (
        isinstance(page, CaseStudyPage)
        and not person.is_superuser
        and page.translation_key in pairs_written_by(person, [page.translation_key])
    ):
        return [_("You wrote this story, so somebody else has to publish it.")]
    return []
