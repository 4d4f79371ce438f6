"""What must be true before a fact goes public, and who may publish it."""

import re
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from bilingual import pairs
from bilingual.models import language_of
from facts.claims import Claim, carries
from facts.models import FactPage, HeardClaim

WRITTEN = (
    "summary", "claim", "verdict", "why_it_misleads", "what_we_know", "what_we_do_not_know",
)  # fmt: skip
# Every text of a fact that is shown, found or sent away from its page.
TRAVELLING = (
    "title", "slug", "summary", "seo_title", "search_description", "social_text", "caption",
    "values_line", "why_it_misleads", "what_we_know", "what_we_do_not_know", "fact_again",
    "share_text", "message", "card_alt", "doorstep_text",
)  # fmt: skip
REFERENCES = re.compile(r"\[\s*(\d{1,3}(?:\s*,\s*\d{1,3})*)\s*\]")


def numbers_in(line: str) -> list[int]:
    """The numbers of sources that a line of “What we know” ends with or holds: `[1]`, `[1, 3]`."""
    return [int(number) for found in REFERENCES.findall(line) for number in found.split(",")]


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def fact_is_written(page: Page) -> list[str]:
    """Every part of the page is there."""
    if not isinstance(page, FactPage):
        return []
    if language_of(page) == "cy":
        sentence = _("Write “%(field)s” in Welsh.")
    else:
        sentence = _("Write “%(field)s” in English.")
    return [
        sentence % {"field": _label(page, name)}
        for name in WRITTEN
        if not str(getattr(page, name)).strip()
    ]


def fact_has_its_days(page: Page) -> list[str]:
    """Nothing is published without the day for which it is true and the day on which it ends."""
    if not isinstance(page, FactPage):
        return []
    today = timezone.localdate()
    sentences = [
        sentence
        for value, sentence in (
            (page.as_at, _("Say for which day the fact is true.")),
            (page.reviewed_on, _("Say when the fact was last reviewed.")),
            (page.review_date, _("Say by when the fact is reviewed next.")),
            (page.expires, _("Say when the fact expires.")),
        )
        if value is None
    ]
    if page.as_at is not None and page.as_at > today:
        sentences.append(_("A fact is not true for a day to come: mend “True as at”."))
    if page.is_expired:
        sentences.append(_("The fact has expired: review it and give it a new last day."))
    if page.review_date and page.expires and page.review_date > page.expires:
        sentences.append(_("Review the fact before it expires."))
    return sentences


def fact_has_its_sources(page: Page) -> list[str]:
    """Every sentence has a numbered source, and law and numbers have an official or UN one."""
    if not isinstance(page, FactPage):
        return []
    sources = [link.evidence for link in page.sources.all()]
    if not sources:
        return [_("Add at least one source.")]
    sentences = []
    if page.about == FactPage.About.ASYLUM and not any(source.is_official for source in sources):
        sentences.append(_("A fact about law or numbers of asylum needs an official or UN source."))
    for line in lines_of(page.what_we_know):
        numbers = numbers_in(line)
        if not numbers:
            sentences.append(
                _("This sentence of “What we know” has no source number: “%(line)s”")
                % {"line": line}
            )
        elif not all(1 <= number <= len(sources) for number in numbers):
            sentences.append(
                _("This sentence of “What we know” names a source that is not listed: “%(line)s”")
                % {"line": line}
            )
    return sentences


def claim_stays_in_its_place(page: Page) -> list[str]:
    """The claim, in either language and as it was heard, is in nothing that travels."""
    if not isinstance(page, FactPage):
        return []
    claims = claims_answered_by(page)
    if language_of(page) == "cy":
        sentence = _(
            "“%(field)s” in Welsh says the claim, in the same or other forms of its words. Say "
            "there what is true: a claim that is repeated is remembered."
        )
    else:
        sentence = _(
            "“%(field)s” in English says the claim, in the same or other forms of its words. Say "
            "there what is true: a claim that is repeated is remembered."
        )
    said = [_label(page, name) for name in TRAVELLING if carries(getattr(page, name), claims)]
    # A correction stands in the log of the whole site as well.
    said += [
        _label(correction, name)
        for correction in page.corrections.all()
        for name in (f"wrong_{language_of(page)}", f"right_{language_of(page)}")
        if carries(getattr(correction, name), claims)
    ]
    return [sentence % {"field": label} for label in said]


def claims_answered_by(page: FactPage) -> list[Claim]:
    """The claim of this draft, that of its twin's latest one, and what was heard like them."""
    claims = [Claim(page.claim, language_of(page))]
    twin = pairs.twin(page)
    if twin is not None:
        claims.append(Claim(pairs.latest_draft(twin).claim, language_of(twin)))
    claims += [Claim(heard.text, heard.language) for heard in HeardClaim.objects.of(page)]
    return claims


def second_person_publishes(page: Page, user: Any) -> list[str]:
    """Two people stand behind a fact: nobody publishes what they alone have written."""
    if not isinstance(page, FactPage):
        return []
    writers = writers_since_publication(page)
    if not writers or writers - {user.pk}:
        return []
    return [
        _(
            "You wrote this alone. A second person reads it, opens it from the dashboard and "
            "publishes it."
        )
    ]


def writers_since_publication(page: Page) -> set[int]:
    """Keys of the people who saved a draft of either language since the pair was published."""
    sides = list(Page.objects.filter(translation_key=page.translation_key))
    published = max((side.last_published_at for side in sides if side.last_published_at),
                    default=None)  # fmt: skip
    saved = Revision.page_revisions.filter(
        ~Q(user=None), object_id__in=[str(side.pk) for side in sides]
    )
    if published is not None:
        saved = saved.filter(created_at__gt=published)
    return set(saved.values_list("user", flat=True))


def _label(row: Model, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return capfirst(str(field.verbose_name))
