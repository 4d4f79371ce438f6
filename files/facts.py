"""What a file says about itself, and what it lacks for people who cannot see or hear it."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT_LIMIT = 200_000  # characters kept for search
OFFICE = frozenset({"docx", "pptx", "xlsx", "odt", "odp", "ods"})


@dataclass(frozen=True)
class FileFacts:
    """One file's own answers; None where its kind has no such thing.

    `size` is in bytes, `checksum` is SHA-256 in hexadecimal, `pages` counts pages or slides,
    `language` is the two or three letters of BCP 47 before any region. `has_text_layer` is False
    for a PDF made of pictures of pages. `text` is at most `TEXT_LIMIT` characters.
    """

    format: str
    size: int
    checksum: str
    pages: int | None = None
    title_inside: str = ""
    language_inside: str = ""
    is_tagged: bool | None = None
    has_text_layer: bool | None = None
    pictures_without_alt: int | None = None
    text: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For the pipe between the worker and the site, and for the fields of a model."""
        return asdict(self)


def missing_for_access(facts: FileFacts, language: str) -> "list[str]":
    """Whole sentences in the active language; empty when nothing lacks.

    `language` is what the editor says the file is in: "cy", "en", "both" or "other".
    """
    return list(_missing(facts, language))


def _missing(facts: FileFacts, language: str) -> "Iterator[str]":
    if facts.format != "pdf" and facts.format not in OFFICE:
        return
    if facts.has_text_layer is False:
        yield _(
            "This PDF is a picture of its pages: a screen reader finds no words. Make it anew from "
            "the document it was printed from."
        )
    if facts.is_tagged is False:
        yield _(
            "This PDF has no tags: a screen reader cannot tell headings and lists. Export it again "
            "as a tagged PDF."
        )
    if not facts.title_inside:
        yield _("The file has no title inside. Set it in the properties of the document.")
    if not facts.language_inside:
        yield _(
            "The file does not say what language it is in. Set the language of the text and save "
            "it again."
        )
    elif language in {"cy", "en"} and facts.language_inside != language:
        yield _(
            "The language set inside the file is not the one chosen here: a screen reader would "
            "read it with the wrong voice."
        )
    if facts.pictures_without_alt:
        yield ngettext(
            "%(count)d picture in the file has no alternative text.",
            "%(count)d pictures in the file have no alternative text.",
            facts.pictures_without_alt,
        ) % {"count": facts.pictures_without_alt}
