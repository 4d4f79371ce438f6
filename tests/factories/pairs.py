"""Pairs of every page type, made as an editor would: through the pair service.

Nothing names a page type here except what its own publish checks demand (`DEMANDS`: a text, or a
function that makes the value): a new type is found by walking the models.
"""

from datetime import date, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, get_page_models

from bilingual import pairs
from bilingual.models import PairedPage
from core.terms import Term
from evidence.models import Evidence
from facts.models import FactSource
from resources.models import PackResource, ResourcePage


def a_resource() -> PairedPage:
    """An English resource page to stand in a list."""
    first = ResourcePage.objects.filter(locale__language_code="en").first()
    return first or make_pair(ResourcePage)[0]


def a_source() -> Evidence:
    """An official source without an address."""
    found, _made = Evidence.objects.get_or_create(
        key="official",
        defaults={
            "title_en": "An official release", "title_cy": "Datganiad swyddogol",
            "publisher": "Statistics office", "tier": Evidence.Tier.STATISTICS,
        },
    )  # fmt: skip
    return found


DEMANDS: dict[str, dict[str, Any]] = {
    "case_studies.CaseStudyPage": {
        "could_be_recognised": "no",
        "challenge": "<p>{text}</p>",
        "in_short": "{text}\n{text}\n{text}",
    },
    "resources.ResourcePage": {
        "content_note": "{text}",
        "safeguarding_note": "{text}",
        "impartiality_note": "{text}",
        "licence": "cc-by-nc-sa-4.0",
        "material": '[{{"type": "paragraph", "value": "<p>{text}</p>"}}]',
    },
    "network.GroupPage": {"known_for": "{text}"},
    "network.StreamPage": {
        "known_for": "{text}",
        "stream": lambda: Term.objects.get(kind="stream", key="schools"),
    },
    "network.NetworkPage": {"known_for": "{text}"},
    "facts.FactPage": {
        "as_at": lambda: timezone.localdate() - timedelta(days=30),
        "review_date": lambda: timezone.localdate() + timedelta(days=30),
        "expires": lambda: timezone.localdate() + timedelta(days=60),
        "claim": "77 {text}",  # all of it is in no other text
        "verdict": "{text}",
        "why_it_misleads": "{text}",
        "what_we_know": "{text} [1]",
        "what_we_do_not_know": "{text}",
        "fact_again": "{text}",
        "sources": lambda: [FactSource(evidence=a_source())],
    },
    "events.EventPage": {
        "starts_on": lambda: date(2030, 6, 15),
        "starts_at": lambda: time(11),
        "ends_at": lambda: time(15),
    },
    "resources.PackPage": {"packed_resources": lambda: [PackResource(resource=a_resource())]},
}
WORDS = {
    "en": ("Welcome grows", "A sentence about welcome."),
    "cy": ("Mae croeso’n tyfu", "Brawddeg am groeso."),
}
_numbers = count(1)


def page_types() -> list[type[PairedPage]]:
    """All concrete page types of the site."""
    return [model for model in get_page_models() if issubclass(model, PairedPage)]


def label_of(model: type[Page]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def is_planted(model: type[PairedPage]) -> bool:
    """A migration plants all pages of this type; there are no more."""
    return getattr(model, "max_count", None) is not None


def parents_for(model: type[PairedPage]) -> Page:
    """The English page under which a page of this type may stand."""
    for parent_type in model.clean_parent_page_models():
        if issubclass(parent_type, PairedPage):
            parent = (
                parent_type.objects.filter(locale__language_code="en").order_by("depth").first()
            )
            if parent is not None:
                return parent
    raise LookupError(f"{label_of(model)} has no parent in the planted trees.")


def unsaved(model: type[PairedPage], language: str, **values: Any) -> PairedPage:
    """A page of this type in one language, not yet in the tree; a function makes its own value."""
    title, text = WORDS[language]
    number = next(_numbers)
    demands = {
        name: value.format(text=text) if isinstance(value, str) else value()
        for name, value in DEMANDS.get(label_of(model), {}).items()
    }
    return model(
        **{
            "title": f"{title} {number}",
            "summary": text,
            "locale": Locale.objects.get(language_code=language),
            **demands,
            **{name: value() if callable(value) else value for name, value in values.items()},
        }
    )


def first_pair(model: type[PairedPage]) -> tuple[PairedPage, PairedPage]:
    """The first pair of this type in the trees, English first, read anew."""
    english = model.objects.filter(locale__language_code="en").order_by("path")[0]
    return english, model.objects.exclude(pk=english.pk).get(
        translation_key=english.translation_key
    )


def make_pair(
    model: type[PairedPage], publish: bool = True, **values: Any
) -> tuple[PairedPage, PairedPage]:
    """English and Welsh page of this type; the first planted ones where no more may exist."""
    if is_planted(model):
        return first_pair(model)
    english, welsh = unsaved(model, "en", **values), unsaved(model, "cy", **values)
    pairs.create_pair(parents_for(model), english, welsh, publish=publish)
    return model.objects.get(pk=english.pk), model.objects.get(pk=welsh.pk)
