"""What a fact page shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bilingual.models import language_of
from core.linked_data import as_script
from core.related import related_to
from facts import kit
from facts.checks import REFERENCES, lines_of, numbers_in
from facts.linked_data import article
from facts.models import FactPage, FactSource


@dataclass(frozen=True)
class Reference:
    """A number in the text. The source leads back to the first one of each."""

    number: int
    first: bool


@dataclass(frozen=True)
class Statement:
    """One sentence of “What we know”."""

    text: str
    references: tuple[Reference, ...]


def fact_context(page: FactPage, context: dict[str, Any]) -> dict[str, Any]:
    """The parts of a fact in the page's own language; `context` is what every page has."""
    language = language_of(page)
    sources = list(page.sources.select_related("evidence"))
    files = kit.Files(()) if page.is_expired else kit.files_of(page.translation_key)
    meta = {**context["meta"], "noindex": context["meta"]["noindex"] or page.is_expired}
    picture = files.picture(language)
    if picture:
        meta["picture"] = {**picture, "alt": kit.alt_of(page.title, page.card_alt)}
    return {
        "meta": meta,
        "values_line": page.values_line or kit.house_values(),
        "claim": f"“{page.claim}”",
        "warning": page.warning or house_warning(),
        "lede_references": (Reference(1, first=True),) if sources else (),
        "statements": statements(page, len(sources)),
        "sources": [source_row(link, language) for link in sources],
        "figures": [link.figure for link in page.page_figures.select_related("figure__evidence")],
        "related": related_to(page, language),
        "kits": kit.kits_of(page, files),
        "short_link": kit.short_link_of(page),
        "linked_data": as_script(article(page, [link.evidence for link in sources])),
    }


def house_warning() -> str:
    return _("What follows is misleading. It stands here once, so that you know it when it comes.")


def statements(page: FactPage, count: int) -> list[Statement]:
    """The sentences with their numbers; numbers of sources that are not listed are left out.

    The first source is that of the fact itself, so the lede has referred to it already.
    """
    met = {1}
    found = []
    for line in lines_of(page.what_we_know):
        references = []
        for number in dict.fromkeys(numbers_in(line)):
            if 1 <= number <= count:
                references.append(Reference(number, first=number not in met))
                met.add(number)
        found.append(Statement(REFERENCES.sub("", line).strip(), tuple(references)))
    return found


def source_row(link: FactSource, language: str) -> dict[str, Any]:
    """A source as components/sources.html shows it, in the active language, `language`."""
    source = link.evidence
    said = [
        _sentence(link.where_in(language)),
        _sentence(source.note_cy if language == "cy" else source.note_en),
        _("This source is being checked.") if source.is_being_checked else "",
    ]
    return {
        "title": source.title,
        "url": source.address,
        "text": " ".join(filter(None, said)),
        "referred": True,
        "sample": source.is_sample,
    }


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
