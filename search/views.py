"""The search page of each language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.pagination import address_with
from search.query import parse
from search.results import find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages in the interface language that hold all words of `q`; 200 whatever is asked."""
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    results = find(parse(request.GET, language), request)
    query = results.query
    base = {"q": query.text}  # a kind is another list: it starts at its first page
    kinds = [
        {"label": kind.label, "count": kind.count, "current": kind.current,
         "url": address_with(base, kind=kind.key)}
        for kind in results.kinds
    ]  # fmt: skip
    # Translators: the title of the page that shows what was found.
    title = _("“%(words)s”: search") % {"words": query.text} if query.text else _("Search")
    response = render(
        request,
        "pages/search/results.html",
        {
            "query": query,
            "results": results,
            "kinds": kinds,
            "all_kinds_url": address_with(base),
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
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def search_at_other_slug(request: HttpRequest) -> HttpResponse:
    """`/cy/search/` was meant as `/cy/chwilio/`."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("search") + (f"?{query}" if query else ""))
