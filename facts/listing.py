"""The list of facts: words, filters and pages, in a fixed number of queries."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from bilingual.models import addresses_in, is_listed, shown_to_readers_of
from core import feeds, navigation
from core.facets import Filters, of_terms
from core.terms import PageTerm, TermKind
from facts.models import FactIndexPage, FactPage
from search.pagination import clamped_page
from search.query import parse
from search.results import library_pages

PAGE_SIZE = 12


def facts_for(language: str) -> "QuerySet[FactPage]":
    """Live facts that have not expired, last reviewed first, each pair once."""
    valid = FactPage.objects.filter(is_listed()).select_related("locale")
    return shown_to_readers_of(language, valid).order_by(
        "-reviewed_on", "-first_published_at", "pk"
    )


def fact_list(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What the list shows: rows, filters with counts, chips, pager."""
    language = page.locale.language_code
    facts = facts_for(language)
    query = parse({"q": request.GET.get("q")}, language)
    matching: list[int] = []
    is_answered = False
    if query:
        own = FactPage.objects.live().filter(locale_id=page.locale_id)
        matching, is_answered = library_pages(query, own)
    if is_answered:
        facts = facts.filter(pk__in=matching)
    filters = Filters([of_terms("topic", _("Topics"), TermKind.TOPIC)], request.GET, language)
    fitting = filters.narrow(facts)
    if is_answered:
        places = {key: place for place, key in enumerate(matching)}
        found = sorted(fitting, key=lambda fact: places[fact.pk])  # at most 200
        total = len(found)
        place = clamped_page(total, request.GET, PAGE_SIZE)
        shown = found[place.start : place.stop]
    else:
        total = fitting.count()
        place = clamped_page(total, request.GET, PAGE_SIZE)
        shown = list(fitting[place.start : place.stop])
    return {
        "query": query.text,
        "search_failed": bool(query) and not is_answered,
        "facts": fact_rows(shown, language),
        "total": total,
        "facets": filters.facets(facts),
        "facet_hidden": [{"name": "q", "value": query.text}] if query.text else [],
        "search_hidden": [
            {"name": name, "value": value}
            for name, keys in filters.ticked.items()
            for value in keys
        ],
        "active_filters": filters.chips(),
        "clear_url": page.url,
        "pager": place.pager,
    }


def crumbs() -> list[dict[str, str]]:
    """The way from the home page to the section, for its answers that are no pages."""
    language = get_language() or "en"
    section = next(
        (entry for entry in navigation.children_of_home(language) if entry.cloth == "ffeithiau"),
        None,
    )
    home = {"title": _("Home"), "url": f"/{language}/", "lang": ""}
    return [home] if section is None else [
        home, {"title": section.title, "url": section.url, "lang": ""}
    ]  # fmt: skip


def fact_rows(facts: list[FactPage], language: str) -> list[dict[str, Any]]:
    """Facts as components/fact_row.html shows them, with their first topic in one query."""
    links = PageTerm.objects.filter(
        page__in=[fact.pk for fact in facts], term__kind=TermKind.TOPIC
    ).select_related("term")
    topics: dict[int, str] = {}
    for link in links.order_by("sort_order", "pk"):
        topics.setdefault(link.page_id, link.term.name_in(language))
    addresses = addresses_in(facts, language)
    rows = []
    for fact in facts:
        own = fact.locale.language_code == language
        rows.append(
            {
                "title": fact.title,
                "url": addresses[fact.pk],
                "lang": "" if own else fact.locale.language_code,
                "topic": topics.get(fact.pk, ""),
                "checked": fact.reviewed_on,
                "claim": fact.claim,
                "key": fact.translation_key,
            }
        )
    return rows


def newest_facts(language: str) -> "QuerySet[FactPage]":
    """What the feed lists."""
    return facts_for(language).order_by("-last_published_at", "pk")[: feeds.NEWEST]


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The facts as an Atom feed, the latest published first; the claim is not in it."""
    return feeds.section_feed(FactIndexPage, reverse("fact_feed"), newest_facts)
