"""The files of a resource by document and language, as tables and lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from bilingual.models import other_language
from bilingual.switch import OWN_NAMES
from files.models import Document
from resources.models import MadeFile, ResourceFile


@dataclass(frozen=True)
class Download:
    """One file as a link: `format` in capitals, `size` with its unit in the active language."""

    url: str
    format: str
    size: str
    bytes: int


def download_of(file: ResourceFile) -> Download:
    """The link to a file; its address stays the same for ever (it is the document's own)."""
    return _link_to(file.document)


def _link_to(document: Document) -> Download:
    size = document.file_size or 0
    return Download(
        url=str(document.url),
        format=(document.format or document.file_extension).upper(),
        size=filesizeformat(size),
        bytes=size,
    )


def languages_from(language: str) -> list[dict[str, str]]:
    """Both languages, the reader's first, each with its own name."""
    return [
        {"code": code, "name": OWN_NAMES[code]} for code in (language, other_language(language))
    ]


def table_of(files: Iterable[ResourceFile], language: str) -> list[dict[str, Any]]:
    """Rows for components/downloads.html: files of one name are one document.

    A file in both languages stands in both columns. A file in another language stands in neither
    and is left to `others_of`.
    """
    documents: dict[str, list[ResourceFile]] = {}
    for file in files:
        if file.language != "other":
            documents.setdefault(file.label_in(language), []).append(file)
    return [
        {
            "name": name,
            "note": next((row.note_in(language) for row in rows if row.note_in(language)), ""),
            "versions": [
                {
                    "code": column["code"],
                    "language": column["name"],
                    "files": [download_of(row) for row in rows if row.is_for(column["code"])],
                }
                for column in languages_from(language)
            ],
        }
        for name, rows in documents.items()
    ]


def others_of(files: Iterable[ResourceFile], language: str) -> list[dict[str, Any]]:
    """Files that are in neither Welsh nor English: name and link."""
    return [
        {"name": file.label_in(language), "file": download_of(file)}
        for file in files
        if file.language == "other"
    ]


def formats_of(files: Iterable[ResourceFile], language: str) -> list[dict[str, str]]:
    """Rows for components/formats.html: what exists in each language, in one line.

    A language without a file is said in words; without any file there are no rows.
    """
    rows = list(files)
    missing = {"cy": _("Not yet in Welsh"), "en": _("Not yet in English")}
    return [
        {
            "code": column["code"],
            "name": column["name"],
            "text": ", ".join(
                f"{download.format} {download.size}"
                for download in map(
                    download_of, (row for row in rows if row.is_for(column["code"]))
                )
            )
            or missing[column["code"]],
        }
        for column in languages_from(language)
        if rows
    ]


def made_before(*rows: MadeFile) -> str:
    """Says of files that could not be made anew that they are older than the page."""
    is_old = any(row.failure for row in rows)
    return _("Made before the last change to this page.") if is_old else ""


def print_rows(rows: Iterable[MadeFile], language: str) -> list[dict[str, Any]]:
    """Rows for components/downloads.html: the papers that the site makes from a resource.

    A paper in both languages stands in both columns. Labels are in the active language.
    """
    papers: dict[str, list[MadeFile]] = {}
    for row in rows:
        if row.kind != MadeFile.Kind.PACK:
            papers.setdefault(row.label, []).append(row)
    return [
        {
            "name": name,
            "note": made_before(*editions),
            "versions": [
                {
                    "code": column["code"],
                    "language": column["name"],
                    "files": [
                        _link_to(row.document)
                        for row in editions
                        if row.document is not None and row.language in (column["code"], "both")
                    ],
                }
                for column in languages_from(language)
            ],
        }
        for name, editions in papers.items()
    ]
