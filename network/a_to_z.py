"""Lists from A to Z: 29 letters in Welsh, 26 in English, in the order of each language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from bilingual.models import shown_to_readers_of
from network.models import (
    CountyPage,
    DirectoryPage,
    GlossaryPage,
    GlossaryTerm,
    GroupPage,
    NetworkPage,
    Organisation,
    StreamPage,
)
from network.near_you import in_order_of
from welsh.alphabet import ENGLISH_LETTERS, LETTERS, english_sort_key, sort_key

# The first two signs of a sort key are its first letter.
WELSH_LETTER = {sort_key(letter): letter for letter in LETTERS}
ENGLISH_LETTER = {english_sort_key(letter): letter for letter in ENGLISH_LETTERS}


@dataclass(frozen=True)
class Section:
    """The entries under one letter; `letter` is empty for digits and other signs."""

    letter: str
    entries: tuple[Any, ...]

    @property
    def anchor(self) -> str:
        return f"l-{self.letter or '0'}"


def letter_of(key: str, language: str) -> str:
    """The letter under which a name with this sort key stands; empty for none of ours.

    k, q, v, x and z are no letters of Welsh but occur in names: they have their own place.
    """
    own = WELSH_LETTER if language == "cy" else ENGLISH_LETTER
    return own.get(key[:2], "") or ENGLISH_LETTER.get(key[:2], "")


def a_to_z(entries: Iterable[tuple[str, Any]], language: str) -> dict[str, Any]:
    """Pairs of sort key and entry as the component shows them: a bar of letters, and sections."""
    sections: dict[str, list[Any]] = {}
    for key, entry in sorted(entries, key=lambda pair: pair[0]):
        sections.setdefault(letter_of(key, language), []).append(entry)
    shown = [Section(letter, tuple(found)) for letter, found in sections.items()]
    anchors = {section.letter: section.anchor for section in shown}
    letters = LETTERS if language == "cy" else ENGLISH_LETTERS
    return {
        "letters": [{"letter": letter, "anchor": anchors.get(letter, "")} for letter in letters],
        "sections": shown,
    }


def directory_context(page: DirectoryPage) -> dict[str, Any]:
    """Everything in the network that has a public name."""
    language = page.locale.language_code
    kinds = (CountyPage, GroupPage, StreamPage, NetworkPage)
    pages = shown_to_readers_of(
        language, Page.objects.type(*kinds).select_related("locale", "content_type")
    )
    entries = []
    for found in pages:
        own = found.locale.language_code
        entry = {
            "title": found.title,
            "url": found.url,
            "lang": own if own != language else "",
            "kind": found.specific_class.kind_label,
        }
        entries.append((in_order_of(found.title, language), entry))
    for organisation in Organisation.objects.named().select_related("county"):
        name, lang = organisation.name_in(language)
        key = organisation.sort_cy if language == "cy" else organisation.sort_en
        county = organisation.county
        entry = {
            "title": name,
            "lang": lang,
            "kind": organisation.get_kind_display(),
            "place": county.name_in(language) if county else "",
        }
        entries.append((key, entry))
    return a_to_z(entries, language)


def glossary_context(page: GlossaryPage) -> dict[str, Any]:
    """All words with their meaning."""
    language = page.locale.language_code
    return a_to_z((glossary_entry(row, language) for row in GlossaryTerm.objects.all()), language)


def glossary_entry(row: GlossaryTerm, language: str) -> tuple[str, dict[str, Any]]:
    """A word as the page of one language shows it, with its twin in the other one."""
    if language == "cy":
        return row.sort_cy, {
            "id": row.key,
            "term": row.term_cy,
            "plural": row.plural_cy,
            "gender": row.get_gender_cy_display() if row.gender_cy else "",
            "mutated": row.mutated_cy,
            "definition": row.definition_cy,
            "also": row.allowed_cy,
            "twin": row.term_en,
            "twin_lang": "en",
            "twin_label": _("In English"),
            "source": row.source,
        }
    return row.sort_en, {
        "id": row.key,
        "term": row.term_en,
        "plural": row.plural_en,
        "gender": "",
        "mutated": "",
        "definition": row.definition_en,
        "also": row.allowed_en,
        "twin": row.term_cy,
        "twin_lang": "cy",
        "twin_label": _("In Welsh"),
        "source": row.source,
    }
