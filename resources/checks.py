"""What must be true before a resource, a pack or a workshop goes public."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from resources.blocks import StepKind, words_of
from resources.models import PackPage, ProgrammePage, ResourcePage, WorkshopPage


def resource_is_safe_to_use(page: Page) -> list[str]:
    """The notes that a trainer reads before the download, and the licence."""
    if not isinstance(page, ResourcePage):
        return []
    wanted = [
        (page.content_note, _("Write the content note: what may be hard to hear or see.")),
        (page.safeguarding_note, _("Write the safeguarding note: how everybody stays safe.")),
        (page.impartiality_note, _("Write the impartiality note. Schools ask for it.")),
        (page.licence, _("Choose the licence.")),
    ]
    return [sentence for value, sentence in wanted if not value.strip()]


def resource_can_be_used(page: Page) -> list[str]:
    """There is something to use: a file, a film with its helps, or the material as a page."""
    if not isinstance(page, ResourcePage):
        return []
    sentences = []
    films = list(page.videos.all())
    if not page.material and not films and not list(page.files.all()):
        sentences.append(_("Add a file, or write the material as a web page."))
    if any(not film.is_captioned or film.transcript is None for film in films):
        sentences.append(_("A film needs captions in the language spoken and a transcript."))
    numbers = {version.number for version in page.versions.all()}
    if numbers and any(file.version not in numbers for file in page.files.all()):
        sentences.append(_("Every file belongs to a version that is listed."))
    if any(
        not version.changed_en.strip() or not version.changed_cy.strip()
        for version in page.versions.all()
    ):
        sentences.append(_("Say what changed in both languages."))
    return sentences


def plan_is_whole(page: Page) -> list[str]:
    """Every step has its time and its title in both languages, and the plan fits the time."""
    if isinstance(page, ProgrammePage):
        steps = [step for session in page.sessions for step in session.value["steps"]]
        titled = [*(session.value for session in page.sessions), *steps]
    elif isinstance(page, (ResourcePage, WorkshopPage)):
        steps = titled = [step.value for step in page.plan]
    else:
        return []
    sentences = []
    if any(not words_of(part, "title", code).strip() for part in titled for code in ("en", "cy")):
        sentences.append(_("Every step of the plan needs its title in both languages."))
    if any(not _is_step(step) for step in steps):
        sentences.append(_("Every step of the plan needs its minutes and how people work."))
    elif isinstance(page, ResourcePage) and steps and page.minutes:
        planned = sum(step["minutes"] for step in steps)
        if planned != page.minutes:
            sentences.append(
                _("The plan takes %(planned)d minutes and the resource says %(minutes)d.")
                % {"planned": planned, "minutes": page.minutes}
            )
    return sentences


def _is_step(step: Any) -> bool:
    return (step["minutes"] or 0) > 0 and step["kind"] in StepKind.values


def pack_holds_resources(page: Page) -> list[str]:
    """An empty pack helps nobody."""
    if isinstance(page, PackPage) and not page.resource_ids():
        return [_("Put at least one resource into the pack.")]
    return []
