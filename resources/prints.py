"""The print set of a resource: made at publish from the same fields as its page."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bilingual.pairs import Pair
from core.short_links import short_address
from press.pdf import Arrangement, Card, Face, Section, Sheet, Step, print_pdf
from press.qr import qr_svg
from press.shelf import are_public_still, public_sides
from press.text import Block, Run, blocks_of, lines_as
from resources import made
from resources.licences import licence_of
from resources.models import ResourcePage
from resources.plans import plan_in, time_in_words
from resources.resource import key_facts, notes_before, parts_of

# How both languages stand in one paper: a plan is followed in both at once, the others are handed
# out and turned over.
BESIDE = {Sheet.PLAN: Arrangement.SIDE_BY_SIDE}


def sheets_of(page: ResourcePage) -> list[Sheet]:
    """The papers that this resource has something for."""
    found = [
        (Sheet.PLAN, bool(page.plan)),
        (Sheet.HANDOUT, bool(page.material)),
        (Sheet.CARDS, bool(page.cards)),
    ]
    sheets = [sheet for sheet, there in found if there]
    return [*sheets, Sheet.LARGE] if sheets else []


def whole_face(page: ResourcePage) -> Face:
    """Everything of one language of a resource that a paper may show."""
    language = page.locale.language_code
    with translation.override(language):
        plan = plan_in(language, page.plan)
        licence = licence_of(page.licence)
        link = short_address(page.translation_key)
        return Face(
            language=language,
            title=page.title,
            lede=page.summary,
            facts=tuple((row["label"], row["value"]) for row in key_facts(page, parts_of(page))),
            sections=_before(page),
            plan_heading=_("Step by step: %(time)s") % {"time": time_in_words(plan.minutes)},
            steps=tuple(
                Step(
                    at=step.at,
                    minutes=step.minutes,
                    pattern=step.pattern,
                    kind=ngettext(
                        "%(kind)s, %(minutes)s minute", "%(kind)s, %(minutes)s minutes",
                        step.minutes,
                    ) % {"kind": step.kind, "minutes": step.minutes},
                    title=step.title,
                    text=step.text,
                )
                for step in plan.steps
            ),
            end_at=plan.end_at,
            end_text=page.plan_end or _("End"),
            closing=_after(page),
            cards=tuple(
                Card(card.value["title"], blocks_of(card.value["text"].source))
                for card in page.cards
            ),
            cards_heading=_("Cards"),
            link=link,
            link_words=_("This page in Welsh and English:"),
            sample=_("Sample") if page.is_sample else "",
            small_print=f"{licence.name}. {licence.text}" if licence else "",
            qr=qr_svg(link),
        )  # fmt: skip


def _before(page: ResourcePage) -> tuple[Section, ...]:
    sections = [
        Section(note["heading"], lines_as("paragraph", [note["text"]]))
        for note in notes_before(page)
    ]
    if outcomes := page.lines_of("outcomes"):
        head = _("What people will be able to do")
        sections.append(Section(head, lines_as("bullet", outcomes)))
    return tuple(sections)


def _after(page: ResourcePage) -> tuple[Section, ...]:
    sections = []
    if lines := page.lines_of("before_people_come"):
        sections.append(Section(_("Before people come"), lines_as("bullet", lines)))
    if strip_tags(page.notes).strip():
        sections.append(Section(_("Notes for the facilitator"), blocks_of(page.notes)))
    return tuple(sections)


def material_of(page: ResourcePage) -> tuple[Section, ...]:
    """The material as sections; a heading block opens each. Pictures stay on the web page."""
    sections: list[Section] = []
    heading = ""
    blocks: list[Block] = []
    for child in page.material:
        if child.block_type == "heading":
            if heading or blocks:
                sections.append(Section(heading, tuple(blocks)))
            heading, blocks = str(child.value), []
        else:
            blocks += _blocks_of(child)
    if heading or blocks:
        sections.append(Section(heading, tuple(blocks)))
    return tuple(sections)


def _blocks_of(child: Any) -> list[Block]:
    value = child.value
    if child.block_type == "paragraph":
        return list(blocks_of(value.source))
    if child.block_type == "quote":
        return [Block("quote", (Run(value["text"]), Run("\n"), Run(value["source"])))]
    if child.block_type == "notice":
        return [Block("heading", (Run(value["heading"]),)), *blocks_of(value["text"].source)]
    return []


def face_for(sheet: Sheet, page: ResourcePage) -> Face:
    """What one paper shows of a resource."""
    face = whole_face(page)
    if sheet == Sheet.HANDOUT:
        return replace(face, sections=material_of(page))
    if sheet == Sheet.LARGE:
        return replace(face, closing=(*face.closing, *material_of(page)))
    return face


def make_prints(pair: Pair) -> None:
    """Make every paper of the languages that are public, and one with both where both are; take
    back all others."""
    key = pair.en.translation_key
    sides = public_sides(pair)
    editions = {language: [side] for language, side in sides.items()}
    if len(sides) > 1:
        editions["both"] = list(sides.values())
    wanted = [
        (sheet, edition)
        for edition, pages in editions.items()
        for sheet in sheets_of(pages[0])
        if sheet != Sheet.LARGE or edition != "both"  # large print is read in one language
    ]
    made.withdraw(key, still=[(sheet.value, edition) for sheet, edition in wanted])
    for sheet, edition in wanted:
        faces = [face_for(sheet, page) for page in editions[edition]]
        made.put(
            key,
            sheet.value,
            edition,
            title=_title(sheet, faces),
            extension="pdf",
            make=partial(_print, sheet, faces, BESIDE.get(sheet, Arrangement.BACK_TO_BACK)),
            is_current=partial(are_public_still, sides),
        )


def _print(sheet: Sheet, faces: list[Face], arrangement: Arrangement, number: int) -> bytes:
    """A paper carries no number: its version is that of the resource."""
    return print_pdf(sheet, faces, arrangement)


def _title(sheet: Sheet, faces: list[Face]) -> str:
    """The title of the document, in the languages of its faces."""
    parts = []
    for face in faces:
        with translation.override(face.language):
            parts.append(f"{face.title}: {made.MadeFile.Kind(sheet.value).label}")
    return " / ".join(parts)
