"""The language switch on every answer, and what search engines are told about the other language.

The prefix of a page's address is never swapped in a string, because slugs differ: the other
address comes from the twin, from the fallback, or from the same view in the other language.
"""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, override
from wagtail.models import Page

from bilingual.models import (
    HOME_DEPTH,
    LANGUAGES,
    language_of,
    other_language,
    path_in,
    path_of,
    twin_of,
)

OWN_NAMES = {"en": "English", "cy": "Cymraeg"}
PAGE_VIEW = "wagtail_serve"  # the view of all pages: only the tree knows their other address


def absolute(path: str) -> str:
    """A path with this site's scheme and host."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def switch_for(request: HttpRequest, page: Page | None = None) -> dict[str, str]:
    """Where the same thing stands in the other language.

    Returns:
        `url` (path and query, without `page`: the other list may be shorter), `language` (its
        code) and `label` (its own name). An unknown address leads to the same path under the
        other prefix, where routing looks in both trees again.
    """
    language = other_language(get_language() or "en")
    path = None
    if page is not None and page.pk:
        path = path_in(page, language, request)
    if path is None:
        path = _path_of_view(request, language)
    query = request.GET.copy()
    query.pop("page", None)
    encoded = query.urlencode()
    return {
        "url": f"{path}?{encoded}" if encoded else path,
        "language": language,
        "label": OWN_NAMES[language],
    }


def _path_of_view(request: HttpRequest, language: str) -> str:
    match = request.resolver_match
    if match is not None and match.view_name and match.view_name != PAGE_VIEW:
        try:
            with override(language):
                path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            pass
        else:
            if path.startswith(f"/{language}/"):
                return path
    prefix, _slash, rest = request.path.lstrip("/").partition("/")
    # Outside both trees (sign-in, threshold) there is no other address: the home page has both.
    return f"/{language}/{rest}" if prefix in LANGUAGES else f"/{language}/"


def alternates_for(page: Page) -> list[tuple[str, str]]:
    """(hreflang, absolute address) of a page and its twin; empty unless both are live."""
    twin = twin_of(page)
    return [] if twin is None else alternates_for_pair([page, twin])


def alternates_for_pair(pages: Sequence[Page]) -> list[tuple[str, str]]:
    """As `alternates_for`, for pages already at hand.

    `x-default` is the threshold for the home pair, else the page in the language in which it
    was written first.
    """
    by_language = {language_of(page): page for page in pages if page.live}
    if len(by_language) < len(LANGUAGES):
        return []
    addresses = {language: path_of(page) for language, page in by_language.items()}
    found = [
        (language, absolute(address))
        for language in LANGUAGES
        if (address := addresses[language]) is not None
    ]
    if len(found) < len(LANGUAGES):
        return []
    first = pages[0]
    if first.depth == HOME_DEPTH:
        default = absolute("/")
    else:
        specific = first if hasattr(first, "authored_in") else first.specific
        default = dict(found)[getattr(specific, "authored_in", "en")]
    return [*found, ("x-default", default)]


def canonical_for(page: Page) -> str:
    """The one address of this text; for a fallback that is the original's address."""
    path = path_of(page)
    return absolute(path) if path else ""
