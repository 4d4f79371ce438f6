"""The list of stories: filters, counts and pages, in a fixed number of queries."""

from collections import Counter, defaultdict
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from bilingual.models import path_in
from case_studies.models import CaseStudyPage
from core.terms import PageTerm, Term, TermKind
from search.pagination import clamped_page

PAGE_SIZE = 12
MOST_VALUES = 20  # of one filter; more is not a reader's doing
FACETS = (TermKind.TOPIC, TermKind.COUNTY, TermKind.STREAM)
PARAMETER = {TermKind.TOPIC: "topic", TermKind.COUNTY: "area", TermKind.STREAM: "stream"}


def stories_for(language: str) -> list[CaseStudyPage]:
    """Live stories, newest first: those of this language and originals without a live twin."""
    live = (
        CaseStudyPage.objects.live()
        .public()
        .select_related("locale", "image")
        .defer_streamfields()
        .order_by("-published_on", "-first_published_at", "pk")
    )
    best: dict[Any, CaseStudyPage] = {}
    for story in live:
        if story.translation_key not in best or story.locale.language_code == language:
            best[story.translation_key] = story
    order = {key: place for place, key in enumerate(best)}
    return sorted(best.values(), key=lambda story: order[story.translation_key])


def terms_of(pages: list[CaseStudyPage]) -> dict[int, list[Term]]:
    """Terms of many pages in one query, by page id."""
    found: dict[int, list[Term]] = defaultdict(list)
    links = PageTerm.objects.filter(page__in=[page.pk for page in pages]).select_related("term")
    for link in links.order_by("sort_order", "pk"):
        found[link.page_id].append(link.term)
    return found


def chosen_keys(request: HttpRequest) -> dict[TermKind, list[str]]:
    """The ticked values of each filter, as language-free keys."""
    return {
        kind: list(dict.fromkeys(request.GET.getlist(PARAMETER[kind])))[:MOST_VALUES]
        for kind in FACETS
    }


def matches(
    terms: list[Term], chosen: dict[TermKind, list[str]], but: TermKind | None = None
) -> bool:
    """Several ticks of one filter mean “or”, several filters mean “and”; `but` is left open."""
    held = {(term.kind, term.key) for term in terms}
    return all(
        kind == but or not keys or any((kind, key) in held for key in keys)
        for kind, keys in chosen.items()
    )


def story_list(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What the list shows: rows, filters with counts, active filters, pager."""
    language = page.locale.language_code
    stories = stories_for(language)
    terms = terms_of(stories)
    known = {(t.kind, t.key): t for t in Term.objects.filter(kind__in=FACETS)}
    chosen = {
        kind: [key for key in keys if (kind, key) in known]
        for kind, keys in chosen_keys(request).items()
    }
    fitting = [story for story in stories if matches(terms[story.pk], chosen)]
    place = clamped_page(len(fitting), request.GET, PAGE_SIZE)
    has_filter = any(chosen.values())
    shown = fitting[place.start : place.stop]
    rows = [story_row(story, terms[story.pk], language) for story in shown]
    lead = None if has_filter or place.number > 1 or not rows else rows[0]
    return {
        "lead_story": lead,
        "stories": rows[1:] if lead else rows,
        "total": len(fitting),
        "facets": _facets(stories, terms, known, chosen, language),
        "active_filters": _active(known, chosen),
        "clear_url": page.url if has_filter else "",
        "pager": place.pager,
    }


def story_row(story: CaseStudyPage, terms: list[Term], language: str) -> dict[str, Any]:
    """A story as the entry components show it."""
    its_language = story.locale.language_code
    return {
        "title": story.title,
        "url": story.url if its_language == language else story_url_in(story, language),
        "kind_label": story.get_kind_display(),
        "place": story.place,
        "summary": story.summary,
        "cloth": story.cloth,
        "cloth_seed": story.seed,
        "lang": its_language if its_language != language else "",
        "topics": [term.name for term in terms if term.kind == TermKind.TOPIC],
        "date": story.published_on,
        "date_text": date_format(story.published_on) if story.published_on else "",
        "minutes": story.minutes,
        "is_sample": story.is_sample,
        "image": story.image if story.show_cover else None,
    }


def story_url_in(story: CaseStudyPage, language: str) -> str:
    """Where a reader of `language` finds a story that exists in the other language alone."""
    return path_in(story, language) or ""


def _facets(
    stories: list[CaseStudyPage],
    terms: dict[int, list[Term]],
    known: dict[tuple[str, str], Term],
    chosen: dict[TermKind, list[str]],
    language: str,
) -> list[dict[str, Any]]:
    legends = {
        TermKind.TOPIC: _("Topics"),
        TermKind.COUNTY: _("Where"),
        TermKind.STREAM: _("Stream"),
    }
    facets = []
    for kind in FACETS:
        counts: Counter[str] = Counter(
            term.key
            for story in stories
            if matches(terms[story.pk], chosen, but=kind)
            for term in terms[story.pk]
            if term.kind == kind
        )
        shown = [
            term
            for (its_kind, key), term in known.items()
            if its_kind == kind and (counts[key] or key in chosen[kind])
        ]
        shown.sort(key=lambda term: term.sort_cy if language == "cy" else term.sort_en)
        if shown:
            facets.append(
                {
                    "name": PARAMETER[kind],
                    "legend": legends[kind],
                    "options": [
                        {
                            "value": term.key,
                            "label": term.name_in(language),
                            "count": counts[term.key],
                            "checked": term.key in chosen[kind],
                        }
                        for term in shown
                    ],
                }
            )
    return facets


def _active(
    known: dict[tuple[str, str], Term], chosen: dict[TermKind, list[str]]
) -> list[dict[str, str]]:
    pairs = [(PARAMETER[kind], key) for kind, keys in chosen.items() for key in keys]
    return [
        {
            "label": known[kind, key].name,
            "url": "?" + urlencode([pair for pair in pairs if pair != (PARAMETER[kind], key)]),
        }
        for kind, keys in chosen.items()
        for key in keys
    ]
