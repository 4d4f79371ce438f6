"""Parts of a training resource that repeat.

A step of a plan has its minutes and its kind once, and its words in both languages side by side:
so the two pages of a pair can never differ in the order, number or length of their steps. The
streams made of these blocks are shared fields (`bilingual.shared`), held once and shown in the
language of the page by `words_of`.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import PLAIN_PROSE

MOST_MINUTES = 480  # of one step: a whole working day


class StepKind(models.TextChoices):
    """How people work in a step of a plan."""

    TOGETHER = "together", _("Together")
    PAIRS = "pairs", _("In pairs")
    THREES = "threes", _("In threes")
    MENTORS = "mentors", _("With mentors")
    ALONE = "alone", _("Alone")
    BREAK = "break", _("Break")


# The cloth of a step's strip on the tape (components/session_plan.html).
PATTERNS = {
    StepKind.TOGETHER: "talk",
    StepKind.PAIRS: "pair",
    StepKind.THREES: "act",
    StepKind.MENTORS: "pair",
    StepKind.ALONE: "act",
    StepKind.BREAK: "rest",
}


class StepBlock(blocks.StructBlock):
    """One step of a session plan."""

    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES)
    kind = blocks.ChoiceBlock(
        label=_("How people work"), choices=StepKind.choices, default=StepKind.TOGETHER
    )
    title_cy = blocks.CharBlock(label=_("Title in Welsh"), max_length=120)
    title_en = blocks.CharBlock(label=_("Title in English"), max_length=120)
    text_cy = blocks.TextBlock(label=_("Text in Welsh"), required=False, rows=2)
    text_en = blocks.TextBlock(label=_("Text in English"), required=False, rows=2)

    class Meta:
        icon = "time"
        label = _("Step")


class SessionBlock(blocks.StructBlock):
    """One session of a course; without steps its plan is in the handbook."""

    title_cy = blocks.CharBlock(label=_("Title in Welsh"), max_length=120)
    title_en = blocks.CharBlock(label=_("Title in English"), max_length=120)
    text_cy = blocks.CharBlock(label=_("Sentence in Welsh"), required=False, max_length=250)
    text_en = blocks.CharBlock(label=_("Sentence in English"), required=False, max_length=250)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), default=[])

    class Meta:
        icon = "date"
        label = _("Session")


class ThirdPartyBlock(blocks.StructBlock):
    """Something in the material that others made: what it is, whose, under which terms."""

    what_cy = blocks.CharBlock(label=_("What it is, in Welsh"), max_length=200)
    what_en = blocks.CharBlock(label=_("What it is, in English"), max_length=200)
    maker = blocks.CharBlock(label=_("Whose it is"), max_length=200)
    licence = blocks.CharBlock(label=_("Licence"), max_length=120)
    address = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        icon = "copy"
        label = _("Made by others")


class CurriculumBlock(blocks.StructBlock):
    """A part of a curriculum that the material serves."""

    name_cy = blocks.CharBlock(label=_("Name in Welsh"), max_length=200)
    name_en = blocks.CharBlock(label=_("Name in English"), max_length=200)
    address = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        icon = "link"
        label = _("Curriculum link")


class CardBlock(blocks.StructBlock):
    """One card to cut out, written in the language of its page."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN_PROSE)

    class Meta:
        icon = "form"
        label = _("Card")


def words_of(value: Any, name: str, language: str) -> str:
    """The `title`, `text`, `what` or `name` of a shared block in "en" or "cy"."""
    return str(value.get(f"{name}_{language}") or "")
