"""Is the text there in both languages? Asked before a pair goes public.

Pure questions about two pages as they will be published; every answer is a whole sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry

from bilingual.models import language_of
from bilingual.shared import shared_names

# Shorter texts are often names, which may be the same in both languages.
LONGEST_NAME = 5  # words
# Nobody writes these, and each costs a query; they are checked when the page is stored.
KEPT_BY_WAGTAIL = {
    "path", "translation_key",
    *(field.name for field in Page._meta.concrete_fields if field.is_relation),
}  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """What keeps one language from going public; `field` is empty for the page as a whole."""

    language: str
    field: str
    sentence: str


def text_fields(page: Page) -> list[models.Field[Any, Any]]:
    """The fields of this type that hold prose in one language (Wagtail's own fields left out)."""
    shared = set(shared_names(page))
    inherited = {field.name for field in Page._meta.get_fields()}
    return [
        field
        for field in page._meta.concrete_fields
        if field.name not in shared | inherited
        and field.editable
        and not field.choices
        and isinstance(field, (models.CharField, models.TextField, StreamField))
        and not isinstance(field, (models.EmailField, models.SlugField, models.URLField))
    ]


def plain_text(page: Page, field: models.Field[Any, Any]) -> str:
    """The field's words without markup; a StreamField gives its stored JSON without ids."""
    value = field.value_from_object(page)
    if isinstance(field, StreamField):
        return str([_without_ids(child) for child in value.get_prep_value()]) if value else ""
    return " ".join(strip_tags(str(value or "")).split())


def _without_ids(stored: Any) -> Any:
    if isinstance(stored, dict):
        return {key: _without_ids(value) for key, value in stored.items() if key != "id"}
    if isinstance(stored, list):
        return [_without_ids(value) for value in stored]
    return stored


def words_of(page: Page) -> dict[str, str]:
    """The title and all prose of this page by field name, without markup and block ids."""
    return {
        "title": page.title,
        **{field.name: plain_text(page, field) for field in text_fields(page)},
    }


def what_is_missing(page: Page) -> list[Gap]:
    """Required fields of this page that are empty or wrong, one sentence each."""
    try:
        page.full_clean(exclude=KEPT_BY_WAGTAIL)
    except ValidationError as error:
        language = language_of(page)
        gaps = []
        for name, complaints in error.message_dict.items():
            values = {"field": _label(page, name), "reason": " ".join(map(str, complaints))}
            sentence = (
                _("Welsh page, “%(field)s”: %(reason)s") % values
                if language == "cy"
                else _("English page, “%(field)s”: %(reason)s") % values
            )
            gaps.append(Gap(language, name, sentence))
        return gaps
    return []


def what_differs(one: Page, other: Page) -> list[Gap]:
    """What one language has and the other lacks, or has only as a copy."""
    gaps = []
    copied_into = "en" if getattr(one, "authored_in", "en") == "cy" else "cy"
    for field in text_fields(one):
        texts = {language_of(page): plain_text(page, field) for page in (one, other)}
        values = {"field": capfirst(str(field.verbose_name))}
        if texts["en"] and not texts["cy"]:
            sentence = _("“%(field)s” is empty on the Welsh page.") % values
            gaps.append(Gap("cy", field.name, sentence))
        elif texts["cy"] and not texts["en"]:
            sentence = _("“%(field)s” is empty on the English page.") % values
            gaps.append(Gap("en", field.name, sentence))
        elif _is_copied(one, other, field, texts):
            sentence = _("“%(field)s” is the same text on both pages.") % values
            gaps.append(Gap(copied_into, field.name, sentence))
    return gaps


def _is_copied(
    one: Page, other: Page, field: models.Field[Any, Any], texts: dict[str, str]
) -> bool:
    """Prose equals prose; in a StreamField half of the longer texts or more."""
    if not isinstance(field, StreamField):
        return texts["en"] == texts["cy"] and len(texts["en"].split()) > LONGEST_NAME
    long_texts = [
        {
            text
            for text in _strings(field.value_from_object(page).get_prep_value())
            if len(text.split()) > LONGEST_NAME
        }
        for page in (one, other)
    ]
    return bool(long_texts[0]) and 2 * len(long_texts[0] & long_texts[1]) >= len(long_texts[0])


def _strings(stored: Any) -> list[str]:
    if isinstance(stored, dict):
        # A quotation names the language it was said in: it is the same on both pages on purpose.
        kept = {name: value for name, value in stored.items() if name != "text"}
        values = kept if "language" in stored else stored
        return [text for value in values.values() for text in _strings(value)]
    if isinstance(stored, list):
        return [text for value in stored for text in _strings(value)]
    return [" ".join(strip_tags(stored).split())] if isinstance(stored, str) else []


def is_untouched_copy(page: Page) -> bool:
    """A twin that was made by copying and that nobody has saved since."""
    if page.first_published_at is not None:
        return False  # it would not have gone public
    entries = PageLogEntry.objects.filter(page=page.pk)
    copied = entries.filter(action="wagtail.copy_for_translation").order_by("-pk").first()
    return (
        copied is not None and not entries.filter(action="wagtail.edit", pk__gt=copied.pk).exists()
    )


def _label(page: Page, name: str) -> str:
    try:
        return capfirst(str(page._meta.get_field(name).verbose_name))
    except Exception:  # child relations and "__all__" have no verbose name
        return name
