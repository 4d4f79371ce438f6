"""What the pages of workshops, programmes and packs show."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page

from bilingual.models import addresses_in, is_restricted, path_in
from core.related import related_to
from resources.blocks import words_of
from resources.library import resource_rows
from resources.models import (
    PackPage,
    ProgrammePage,
    ResourcePage,
    WorkshopIndexPage,
    WorkshopPage,
)
from resources.models.resource import RUN_PATHS
from resources.packs import download_of_pack
from resources.plans import plan_in, time_in_words

TAUGHT = (ProgrammePage, WorkshopPage)


def taught_context(page: ProgrammePage | WorkshopPage) -> dict[str, Any]:
    """What a programme and a workshop have in common, in the page's own language."""
    language = page.locale.language_code
    resources = resources_in_order(page.resource_ids(), language)
    rows = resource_rows(resources, language)
    return {
        "key_facts": _key_facts(page),
        "follow_up": [line.strip() for line in page.follow_up.splitlines() if line.strip()],
        "areas": _areas(page),
        "resources": rows,
        "run_sheets": [
            {**row, "url": f"{row['url']}{RUN_PATHS[language]}"}
            for resource, row in zip(resources, rows, strict=True)
            if resource.has_plan  # type: ignore[attr-defined]
        ],
        "pack": download_of_pack(page.translation_key),
        "asking_url": path_in(page.asking_page, language) if page.asking_page_id else "",
        "related": related_to(page, language) if page.pk else [],
        "has_text": {
            name: bool(strip_tags(getattr(page, name, "")).strip())
            for name in ("aim", "roles", "funding_note", "mentoring")
        },
    }


def programme_context(page: ProgrammePage) -> dict[str, Any]:
    """The sessions of a programme; the first one with a plan is open."""
    language = page.locale.language_code
    sessions: list[dict[str, Any]] = []
    is_one_open = False
    for session in page.sessions:
        plan = plan_in(language, session.value["steps"])
        sessions.append(
            {
                "title": words_of(session.value, "title", language),
                "text": words_of(session.value, "text", language),
                "steps": plan.steps,
                "end_at": plan.end_at,
                "open": bool(plan.steps) and not is_one_open,
            }
        )
        is_one_open = is_one_open or bool(plan.steps)
    context = taught_context(page)
    handbook = next(
        (row["url"] for row in context["resources"]
         if row["kind"] == ResourcePage.Kind.HANDBOOK), "",
    )  # fmt: skip
    for row in sessions:
        row["plan_url"] = handbook
    return {**context, "sessions": sessions}


def workshop_context(page: WorkshopPage) -> dict[str, Any]:
    """The plan of a workshop on its tape."""
    plan = plan_in(page.locale.language_code, page.plan)
    return {
        **taught_context(page),
        "plan": plan if plan.steps else None,
        "plan_heading": _("Step by step: %(time)s") % {"time": time_in_words(plan.minutes)},
    }


def pack_context(page: PackPage) -> dict[str, Any]:
    """The resources of a pack in their order."""
    language = page.locale.language_code
    return {
        "resources": resource_rows(resources_in_order(page.resource_ids(), language), language),
        "pack": download_of_pack(page.translation_key),
        "related": related_to(page, language) if page.pk else [],
    }


def workshop_list(page: WorkshopIndexPage) -> dict[str, Any]:
    """All live programmes and workshops for a reader of this page's language."""
    language = page.locale.language_code
    found: list[Any] = []
    for model in TAUGHT:
        best: dict[Any, Any] = {}
        live = model.objects.live().filter(~is_restricted()).select_related("locale")
        for entry in live.defer_streamfields().order_by("path"):
            key = entry.translation_key
            if key not in best or entry.locale.language_code == language:
                best[key] = entry
        found += best.values()
    addresses = addresses_in(found, language)
    return {"entries": [_entry(one, language, addresses[one.pk]) for one in found]}


def _entry(page: Any, language: str, url: str) -> dict[str, Any]:
    own = page.locale.language_code == language
    return {
        "title": page.title,
        "url": url,
        "text": page.summary,
        "seed": page.seed,
        "kind_label": page.kind_label,
        "lang": "" if own else page.locale.language_code,
    }


def resources_in_order(ids: list[int], language: str) -> list[ResourcePage]:
    """The live resources of a list, each in `language` where it is live in it: one query."""
    keys = ResourcePage.objects.filter(pk__in=ids).values("translation_key")
    found = (
        ResourcePage.objects.filter(~is_restricted(), translation_key__in=keys)
        .select_related("locale")
        .annotate(has_plan=ExpressionWrapper(~Q(plan=[]), output_field=BooleanField()))
        .defer_streamfields()
    )
    key_of = {resource.pk: resource.translation_key for resource in found}
    best: dict[Any, ResourcePage] = {}
    for resource in found:
        if resource.live and (
            resource.translation_key not in best or resource.locale.language_code == language
        ):
            best[resource.translation_key] = resource
    return [best[key_of[pk]] for pk in ids if key_of.get(pk) in best]


def _key_facts(page: Page) -> list[dict[str, str]]:
    facts = [
        (_("For"), page.who_for),
        (_("Length"), page.length),
        (_("Cost"), page.cost),
        (_("Languages"), page.languages_note),
        (_("To take part"), page.entry_needs),
        (_("Funders"), page.funders),
        (_("True as at"), page.as_at_note),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _areas(page: Any) -> list[dict[str, str]]:
    rows = page.areas.select_related("county")
    return [{"label": row.county.name, "value": row.get_status_display()} for row in rows]
