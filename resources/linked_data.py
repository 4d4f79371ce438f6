"""A resource as a schema.org LearningResource with the terms of LRMI 1.1, for search engines."""

from typing import Any

from bilingual.models import LANGUAGES, twin_of
from bilingual.switch import absolute
from core.linked_data import PUBLISHER
from core.terms import TermKind
from files.downloads import CONTENT_TYPES
from resources.blocks import words_of
from resources.downloads import download_of
from resources.licences import licence_of
from resources.models import ResourceFile, ResourcePage
from resources.resource import Parts


def learning_resource(page: ResourcePage, parts: Parts) -> dict[str, Any]:
    """The resource as JSON-LD; what is not known is left out."""
    language = page.locale.language_code
    licence = licence_of(page.licence)
    by_kind: dict[str, list[str]] = {}
    for term in parts.terms:
        by_kind.setdefault(term.kind, []).append(term.name_in(language))
    twin = twin_of(page)
    newest = parts.newest
    found = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": absolute(page.url or ""),
        "url": absolute(page.url or ""),
        "name": page.title,
        "description": page.summary,
        "inLanguage": language,
        "learningResourceType": str(page.get_kind_display()),
        "educationalLevel": str(page.get_level_display()),
        "timeRequired": f"PT{page.minutes}M" if page.minutes else "",
        "typicalAgeRange": _ages(page),
        "teaches": page.lines_of("outcomes"),
        "about": [{"@type": "Thing", "name": name} for name in by_kind.get(TermKind.TOPIC, [])],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": name}
            for name in by_kind.get(TermKind.AUDIENCE, [])
        ],
        "educationalAlignment": [
            {
                "@type": "AlignmentObject",
                "alignmentType": "educationalSubject",
                "targetName": words_of(link.value, "name", language),
                **({"targetUrl": link.value["address"]} if link.value["address"] else {}),
            }
            for link in page.curriculum
        ],
        "isBasedOn": [
            {"@type": "CreativeWork", "name": words_of(part.value, "what", language)}
            for part in page.third_party
        ],
        "license": licence.address if licence else "",
        "isAccessibleForFree": True,
        "version": str(newest.number) if newest else "",
        "dateModified": newest.date.isoformat() if newest else "",
        "publisher": {"@type": "Organization", "name": PUBLISHER[language]},
        "encoding": [
            {
                "@type": "MediaObject",
                "name": file.label_in(language),
                "contentUrl": absolute(download_of(file).url),
                "encodingFormat": CONTENT_TYPES[file.document.file_extension].partition(";")[0],
                "inLanguage": _languages(file),
            }
            for file in parts.newest_files
        ],
        "workTranslation": {"@id": absolute(twin.url or "")} if twin and twin.live else "",
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def _languages(file: ResourceFile) -> str | list[str]:
    """Language codes; “und” where a file in another language does not say in which."""
    if file.language == "both":
        return list(LANGUAGES)
    return file.language if file.language != "other" else file.document.language_inside or "und"


def _ages(page: ResourcePage) -> str:
    """As schema.org writes ages: “7-9”, “16-”."""
    if page.age_from is None and page.age_to is None:
        return ""
    return f"{page.age_from or 0}-{page.age_to if page.age_to is not None else ''}"
