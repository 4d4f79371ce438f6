"""What a story page shows, gathered in a fixed number of queries."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page

from bilingual.models import localise, path_in
from case_studies.models import CaseStudyPage
from core.blocks import RIGHT_TO_LEFT
from core.terms import Term, TermKind
from files.renditions import picture


def story_context(page: CaseStudyPage) -> dict[str, Any]:
    """Parts of the story in the page's own language; empty parts are left out."""
    terms: list[Term] = [
        link.term for link in page.page_terms.select_related("term").order_by("sort_order", "pk")
    ] if page.pk else []  # fmt: skip
    figures = [link.figure for link in page.page_figures.select_related("figure__evidence")]
    return {
        "key_facts": key_facts(page, terms),
        "gist": page.sentences,
        "figures": figures,
        "outcomes": [outcome.value for outcome in page.outcomes],
        "quotes": [quote.value for quote in page.quotes],
        "related": related_pages(page),
        "other_languages": [
            {
                "lang": part.value["language"],
                "dir": "rtl" if part.value["language"] in RIGHT_TO_LEFT else "ltr",
                "name": dict(part.block.child_blocks["language"].field.choices).get(
                    part.value["language"], ""
                ),
                "text": part.value["text"],
            }
            for part in page.other_languages
        ],
        "names_notice": page.names_notice,
        "opens_with_cloth": True,
        "cover": picture(page.image, page.locale.language_code, lazy=False)
        if page.show_cover and page.image
        else None,
        "has_text": {
            name: bool(strip_tags(getattr(page, name)).strip())
            for name in ("challenge", "what_was_done", "what_gets_in_the_way", "co_production",
                         "what_you_can_copy", "funding_note")
        },
    }  # fmt: skip


def key_facts(page: CaseStudyPage, terms: list[Term]) -> list[dict[str, str]]:
    """Where, who, what, and what it works on."""
    topics = ", ".join(term.name for term in terms if term.kind == TermKind.TOPIC)
    facts = [
        (_("Where"), page.place),
        (_("Who"), page.who),
        (_("What"), page.what),
        (_("Works on"), topics),
        (_("Funders"), page.funders),
        (_("True as at"), page.as_at_note),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def related_pages(page: Page) -> list[dict[str, Any]]:
    """Live pages that this one points at, each in this page's language where it exists."""
    language = page.locale.language_code
    chosen = [link.target_id for link in page.related_pages.all()]
    if not chosen:
        return []
    live = Page.objects.live().public().filter(pk__in=chosen)
    targets = {target.pk: target for target in live.select_related("locale").specific()}
    found = localise([targets[pk] for pk in chosen if pk in targets], language)
    return [
        {
            "title": target.title,
            "url": path_in(target, language) or "",
            "kind": target.kind_label,
            "cloth": target.cloth,
            "cloth_seed": target.seed,
            "lang": "" if target.locale.language_code == language else target.locale.language_code,
        }
        for target in found
    ]
