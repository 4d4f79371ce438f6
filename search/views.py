"""The search page of each language."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.throttle import asks_too_often
from search import in_vain
from search.pagination import address_with
from search.query import BEST, NEWEST, TITLE, SearchQuery, parse
from search.ranking import MOST_RANKED
from search.results import Choice, SearchResults, find
from search.titles import SECONDS_KEPT, titles_beginning

SEARCHES_A_MINUTE = 120  # of one address: a school or a council has one for all its people
SUGGESTIONS_A_MINUTE = 600  # some for each search


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages in the interface language that hold all words of `q`; 200 whatever is asked, or 429."""
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    asked = parse(request.GET, language)
    too_often = bool(asked) and asks_too_often("search", request, SEARCHES_A_MINUTE, 60)
    results = SearchResults(asked) if too_often else find(asked, request)
    query = results.query
    if not too_often and in_vain.is_in_vain(results):
        in_vain.count(request, query)
    chosen = query.parameters() | {"page": ""}  # another list starts at its first page
    kinds = _links(results.kinds, chosen, "kind")
    facets = [
        {"label": facet.label, "links": _links(facet.choices, chosen, facet.parameter)}
        for facet in results.facets
    ]
    sorts = [
        {"label": label, "current": query.sort == sort,
         "url": address_with(chosen, sort="" if sort == BEST else sort)}
        for sort, label in ((BEST, _("best match")), (NEWEST, _("newest")), (TITLE, _("by title")))
        if sort != TITLE or results.total <= MOST_RANKED
    ]  # fmt: skip
    # Translators: the title of the page that shows what was found.
    title = _("“%(words)s”: search") % {"words": query.text} if query.text else _("Search")
    response = render(
        request,
        "pages/search/results.html",
        {
            "query": query,
            "results": results,
            "too_often": too_often,
            "kinds": kinds,
            "all_kinds_url": address_with(chosen, kind=""),
            "facets": facets,
            "sorts": sorts,
            "meant_url": address_with({"q": results.meant}) if results.meant else "",
            "other_language_url": _address_in(query, "en" if language == "cy" else "cy"),
            "other_language": "en" if language == "cy" else "cy",
            "crumbs": [{"title": _("Home"), "url": f"/{language}/", "lang": ""}],
            "meta": {
                "title": title,
                "description": _("Search results"),
                "canonical": "",
                "alternates": [],
                "noindex": True,
            },
        },
        status=429 if too_often else 200,
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _links(
    choices: Iterable[Choice], chosen: dict[str, str], parameter: str
) -> list[dict[str, Any]]:
    """A link for each value; that of the current one takes it back."""
    return [
        {
            "label": choice.label,
            "count": choice.count,
            "current": choice.current,
            "url": address_with(
                chosen, **{parameter: "" if choice.current and parameter != "kind" else choice.key}
            ),
        }
        for choice in choices
    ]


def _address_in(query: SearchQuery, language: str) -> str:
    """The same words asked in the other language."""
    with override(language):
        return reverse("search") + address_with({"q": query.typed})


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles that begin as `q` does, with what a screen reader says of them; 200 or 429.

    Only the script of the search field asks for them. Without it the form is sent as it is.
    """
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    typed = request.GET.get("q")
    too_often = bool(typed) and asks_too_often("suggest", request, SUGGESTIONS_A_MINUTE, 60)
    titles = [] if too_often else titles_beginning(typed, language, request)
    said = ngettext(
        "%(counter)s page title begins like this",
        "%(counter)s page titles begin like this",
        len(titles),
    ) % {"counter": len(titles)}
    response = JsonResponse(
        {"titles": [asdict(title) for title in titles], "said": said},
        status=429 if too_often else 200,
    )
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, max_age=0 if too_often else SECONDS_KEPT)
    return response


@require_safe
def search_at_other_slug(request: HttpRequest) -> HttpResponse:
    """`/cy/search/` was meant as `/cy/chwilio/`."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("search") + (f"?{query}" if query else ""))
