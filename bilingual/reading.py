"""The words of one page, field by field, to be read beside the other language."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from bilingual.completeness import text_fields

_ENDS = re.compile(r"</(?:p|li|h[1-6])>|<br/?>")


@dataclass(frozen=True)
class Passage:
    """One field: its name, its label in the reader's language, and its paragraphs."""

    field: str
    label: str
    paragraphs: list[str]


def reading(page: Page) -> list[Passage]:
    """Title and texts of this page in the order of its model; empty ones are left out."""
    title = page._meta.get_field("title")
    passages = [Passage("title", capfirst(str(title.verbose_name)), [page.title])]  # type: ignore[union-attr]
    for field in text_fields(page):
        value: Any = field.value_from_object(page)
        if isinstance(field, StreamField):
            paragraphs = [text for child in value for text in _texts(child.get_prep_value())]
        elif isinstance(field, RichTextField):
            paragraphs = plain(value or "")
        else:
            paragraphs = str(value or "").splitlines()
        kept = [text.strip() for text in paragraphs if text.strip()]
        if kept:
            passages.append(Passage(field.name, capfirst(str(field.verbose_name)), kept))
    return [passage for passage in passages if passage.paragraphs != [""]]


def plain(markup: str) -> list[str]:
    """The paragraphs of a rich text without markup."""
    return [get_text_for_indexing(part) for part in _ENDS.split(markup)]


def _texts(stored: Any) -> list[str]:
    """Words in stored block data: keys, kinds and ids are no words."""
    if isinstance(stored, dict):
        if "type" in stored and "value" in stored:
            return _texts(stored["value"])
        return [text for name, value in stored.items() if name != "id" for text in _texts(value)]
    if isinstance(stored, list):
        return [text for value in stored for text in _texts(value)]
    return plain(stored) if isinstance(stored, str) else []
