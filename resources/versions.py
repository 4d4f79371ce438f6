"""One version of a resource: which of how many, its files, and what changed since."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bilingual.models import other_language, path_in, twin_of
from bilingual.switch import OWN_NAMES, absolute
from resources.downloads import languages_from, others_of, table_of
from resources.models import ResourcePage
from resources.models.resource import version_path
from resources.resource import parts_of, version_rows


def version_context(page: ResourcePage, number: int, request: HttpRequest) -> dict[str, Any] | None:
    """What the page of one version shows beside the furniture; None for no such version."""
    language = page.locale.language_code
    parts = parts_of(page)
    chosen = next((version for version in parts.versions if version.number == number), None)
    if chosen is None:
        return None
    with translation.override(language):
        files = parts.files_of(number)
        count = len(parts.versions)
        heading = _("Version %(number)d of %(count)d") % {"number": number, "count": count}
        return {
            "version": chosen,
            "heading": heading,
            "version_text": chosen.changed_in(language),
            "is_newest": chosen is parts.newest,
            "downloads": table_of(files, language),
            "other_downloads": others_of(files, language),
            "download_languages": languages_from(language),
            "changed_since": [row for row in version_rows(page, parts) if row["number"] > number],
            "switch": _switch(page, number, request),
            "meta": _meta(page, number, heading),
        }


def _switch(page: ResourcePage, number: int, request: HttpRequest) -> dict[str, str]:
    language = other_language(get_language() or "en")
    start = path_in(page, language, request) or f"/{language}/"
    query = request.GET.urlencode()
    path = start + version_path(number, language)
    return {
        "url": f"{path}?{query}" if query else path,
        "language": language,
        "label": OWN_NAMES[language],
    }


def _meta(page: ResourcePage, number: int, heading: str) -> dict[str, Any]:
    """Each version names itself as the one address of its text, and its twin."""
    twin = twin_of(page)
    both = [page, twin] if twin is not None and twin.live else []
    return {
        "title": f"{page.title}: {heading}",
        "description": page.summary,
        "canonical": absolute(page.version_url(number)),
        "alternates": [
            (side.locale.language_code,
             absolute(f"{side.url}{version_path(number, side.locale.language_code)}"))
            for side in both
        ],
        "noindex": page.locale.language_code != (get_language() or "en"),
    }  # fmt: skip
