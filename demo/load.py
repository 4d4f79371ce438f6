"""Loads the demo content: twice loaded is the same as once.

A pair is found by its translation key, which is made from the key in its file; planted pages
(homes and sections) are found by their type. Everything goes through the pair service.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone, translation
from wagtail.fields import StreamField
from wagtail.models import Page

from bilingual import pairs
from case_studies.models import CaseStudyPage
from core.models import PageTerm, RelatedPage, Term
from demo.data import (
    ATTRIBUTION,
    LANGUAGES,
    PageData,
    evidence_rows,
    figure_rows,
    pages,
    stable_id,
)
from demo.documents import sample_documents
from demo.registers import load_registers
from events.models import EventPage
from evidence.models import Evidence, Figure, PageFigure
from facts.models import FactPage, FactSource
from files.gate import shared_worker
from home.models import PositionPage, StandardPage
from resources.models import PackPage, ProgrammePage, ResourcePage, WorkshopPage
from resources.packs import each_pack_once

# The blocks inside streams that have one type only and need no name in the files.
ONLY_BLOCK = {
    "outcomes": "outcome", "quotes": "quote", "other_languages": "text", "plan": "step",
    "cards": "card", "sessions": "session",
}  # fmt: skip
STEP = {"text_cy": "", "text_en": ""}


@dataclass
class Loaded:
    """What a load did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


def is_empty() -> bool:
    """No story, standing page or position has been written yet."""
    return not any(model.objects.exists() for model in (CaseStudyPage, StandardPage, PositionPage))


def load_demo() -> Loaded:
    """Load or refresh all demo content in one transaction.

    Raises:
        bilingual.pairs.PairRefused: a check before publication found something missing.
    """
    done = Loaded()
    # Refusals are for whoever runs the command; texts come from the files, not from here.
    with translation.override("en"), shared_worker(), each_pack_once(), transaction.atomic():
        figures = load_figures()
        load_registers()
        known: dict[str, pairs.Pair] = {
            data.key: planted_pair(data) for data in pages() if data.planted
        }
        for data in pages():
            _load_pair(data, known, figures, done)
    return done


def load_figures() -> dict[str, Figure]:
    """Sources and numbers by key."""
    sources = {}
    for row in evidence_rows():
        key = row.pop("key")
        sources[key], _ = Evidence.objects.update_or_create(
            key=key, defaults={**row, "is_sample": True}
        )
    figures = {}
    for row in figure_rows():
        row["evidence"] = sources[row["evidence"]]
        key = row.pop("key")
        figures[key], _ = Figure.objects.update_or_create(
            key=key, defaults={**row, "is_sample": True}
        )
    return figures


def planted_pair(data: PageData) -> pairs.Pair:
    """A home or section from the first migration."""
    model = apps.get_model(data.model)
    found = model.objects.filter(locale__language_code="en")
    if data.planted_slug:
        found = found.filter(slug=data.planted_slug)
    return pairs.pair_of(found.get())


def _load_pair(
    data: PageData, known: dict[str, pairs.Pair], figures: dict[str, Figure], done: Loaded
) -> None:
    existing = known.get(data.key) or _existing(data)
    if existing is None:
        model = apps.get_model(data.model)
        fresh = {language: model() for language in LANGUAGES}
        for language, page in fresh.items():
            _write(page, language, data, known, figures)
        known[data.key] = pairs.create_pair(
            known[data.parent].en, fresh["en"], fresh["cy"], publish=True, key=data.translation_key
        )
        done.created += 1
        return
    drafts = {language: pairs.latest_draft(existing.side(language)) for language in LANGUAGES}
    changed = [_write(page, language, data, known, figures) for language, page in drafts.items()]
    if any(changed) or not (existing.en.live and existing.cy.live):
        for page in drafts.values():
            page.save_revision()
        pairs.publish_pair(existing.en)
        done.changed += 1
    else:
        done.unchanged += 1
    known[data.key] = pairs.pair_of(existing.en)


def _existing(data: PageData) -> pairs.Pair | None:
    page = Page.objects.filter(translation_key=data.translation_key).first()
    return None if page is None else pairs.pair_of(page)


def _write(
    page: Any,
    language: str,
    data: PageData,
    known: dict[str, pairs.Pair],
    figures: dict[str, Figure],
) -> bool:
    """Set on an unsaved page or a draft what its file says; True if anything changed."""
    changed = False
    for name, value in {"is_sample": True, **data.shared, **data.texts[language]}.items():
        field = page._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and isinstance(value, str):
            is_term = field.related_model is Term
            target = _term(value).pk if is_term else known[value].en.pk
            changed |= _set(page, field.attname, target)
            continue
        if isinstance(field, StreamField):
            wanted = _blocks(data, name, value, language, known, figures)
            current = field.value_from_object(page)
            if (list(current.get_prep_value()) if current else []) != wanted:
                setattr(page, name, json.dumps(wanted))
                changed = True
            continue
        changed |= _set(page, name, "\n".join(value) if isinstance(value, list) else value)
    for name, figure_key in (
        ("quilt_total", data.quilt_total),
        ("quilt_marked", data.quilt_marked),
    ):
        if figure_key:
            changed |= _set(page, f"{name}_id", figures[figure_key].pk)
    if data.lead_story:
        changed |= _set(page, "lead_story_id", known[data.lead_story].side(language).pk)
    changed |= _set_rows(
        page, "page_terms", PageTerm, [{"term_id": _term(name).pk} for name in data.terms]
    )
    # Relations have no language: both twins point at the English page.
    changed |= _set_rows(
        page,
        "related_pages",
        RelatedPage,
        [
            {"target_id": known[key].en.pk, "relation": relation}
            for relation, keys in (("group", data.groups), ("see_also", data.related))
            for key in keys
        ],
    )
    changed |= _write_library(page, data, known)
    changed |= _write_days(page, data.days)
    if isinstance(page, FactPage):
        rows = [
            {
                "evidence_id": Evidence.objects.get(key=row["evidence"]).pk,
                "where_en": row.get("where_en", ""),
                "where_cy": row.get("where_cy", ""),
            }
            for row in data.sources
        ]
        changed |= _set_rows(page, "sources", FactSource, rows)
    if hasattr(page, "page_figures"):
        changed |= _set_rows(
            page,
            "page_figures",
            PageFigure,
            [{"figure_id": figures[key].pk} for key in data.figures],
        )
    return changed


def _write_days(page: Any, days: dict[str, int]) -> bool:
    """Days to come, counted from today; one that has not passed is left as it is."""
    changed, today = False, timezone.localdate()
    for name, number in days.items():
        stored, wanted = getattr(page, name), today + timedelta(days=number)
        if stored is None or not today <= stored <= wanted:
            changed |= _set(page, name, wanted)
    return changed


def _write_library(page: Any, data: PageData, known: dict[str, pairs.Pair]) -> bool:
    """The rows of resources, packs, workshops and events."""
    changed = False
    rows: dict[str, list[dict[str, Any]]] = {}
    if isinstance(page, ResourcePage):
        rows["versions"] = [{"is_breaking": False, **row} for row in data.versions]
        rows["files"] = [
            {
                "document_id": document.pk,
                "role": row["role"],
                "version": row.get("version", 1),
                **{
                    name: row.get(name, "")
                    for name in ("label_en", "label_cy", "note_en", "note_cy")
                },
            }
            for row in data.files
            for document in sample_documents(data, row)
        ]
    if isinstance(page, (PackPage, ProgrammePage, WorkshopPage)):
        rows["packed_resources"] = [{"resource_id": known[key].en.pk} for key in data.resources]
    if isinstance(page, (ProgrammePage, WorkshopPage)):
        rows["areas"] = [
            {"county_id": _term(f"county:{area['county']}").pk, "status": area["status"]}
            for area in data.areas
        ]
    if isinstance(page, EventPage):
        rows["access_facts"] = [
            {"detail_en": "", "detail_cy": "", "answer": "yes", **row} for row in data.access
        ]
    for relation, its_rows in rows.items():
        model = page._meta.get_field(relation).related_model
        changed |= _set_rows(page, relation, model, its_rows)
    return changed


def _set(page: Any, name: str, value: Any) -> bool:
    if getattr(page, name) == value:
        return False
    setattr(page, name, value)
    return True


def _set_rows(
    page: Any, relation: str, model: type[models.Model], rows: list[dict[str, Any]]
) -> bool:
    manager = getattr(page, relation)
    names = list(rows[0]) if rows else []
    ordered = sorted(manager.all(), key=lambda row: row.sort_order or 0)
    if [{name: getattr(row, name) for name in names} for row in ordered] == rows:
        return False
    manager.set([model(**row, sort_order=number) for number, row in enumerate(rows)])
    return True


def _term(name: str) -> Term:
    kind, key = name.split(":")
    return Term.objects.get(kind=kind, key=key)


def _blocks(
    data: PageData,
    field: str,
    blocks: list[dict[str, Any]],
    language: str,
    known: dict[str, pairs.Pair],
    figures: dict[str, Figure],
) -> list[dict[str, Any]]:
    """A stream as it is stored. Ids are made from the place, so both languages have the same."""
    stored = []
    for number, block in enumerate(blocks):
        kind = ONLY_BLOCK.get(field) or block["type"]
        value = block if field in ONLY_BLOCK else block["value"]
        place = (data.key, field, number)
        if kind == "quote":
            value = {
                "text": value["text"],
                "source": ATTRIBUTION[language],
                "language": value.get("language", "en"),
                "lived_experience": False,
            }
        elif kind == "figures":
            value = [
                {
                    "type": "item",
                    "value": figures[key].pk,
                    "id": str(stable_id(*place, position)),
                }
                for position, key in enumerate(value)
            ]
        elif kind == "step":
            value = {**STEP, **value}
        elif kind == "session":
            value = {**STEP, **value, "steps": _steps(place, value.get("steps", []))}
        elif isinstance(value, dict) and "page" in value:
            value = {**value, "page": known[value["page"]].side(language).pk}
        stored.append({"type": kind, "value": value, "id": str(stable_id(*place))})
    return stored


def _steps(place: tuple[object, ...], steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a session as a list block stores them."""
    return [
        {"type": "item", "value": {**STEP, **step}, "id": str(stable_id(*place, number))}
        for number, step in enumerate(steps)
    ]
