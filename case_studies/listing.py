"""The list of stories: filters, counts and pages, in a fixed number of queries."""

from collections import defaultdict
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from bilingual.models import addresses_in, shown_to_readers_of
from case_studies.models import CaseStudyPage, StoryIndexPage
from core import feeds
from core.facets import Filters, of_terms
from core.terms import PageTerm, Term, TermKind
from search.pagination import clamped_page

PAGE_SIZE = 12


def stories_for(language: str) -> QuerySet[CaseStudyPage]:
    """Live stories, newest first: those of this language and originals without a live twin."""
    stories = CaseStudyPage.objects.select_related("locale", "image").defer_streamfields()
    return shown_to_readers_of(language, stories).order_by(
        F("published_on").desc(nulls_last=True), "-first_published_at", "pk"
    )


def terms_of(pages: list[CaseStudyPage]) -> dict[int, list[Term]]:
    """Terms of many pages in one query, by page id."""
    found: dict[int, list[Term]] = defaultdict(list)
    links = PageTerm.objects.filter(page__in=[page.pk for page in pages]).select_related("term")
    for link in links.order_by("sort_order", "pk"):
        found[link.page_id].append(link.term)
    return found


def story_list(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What the list shows: rows, filters with counts, active filters, pager."""
    language = page.locale.language_code
    stories = stories_for(language)
    filters = Filters(
        [
            of_terms("topic", _("Topics"), TermKind.TOPIC),
            of_terms("area", _("Where"), TermKind.COUNTY),
            of_terms("stream", _("Stream"), TermKind.STREAM),
        ],
        request.GET,
        language,
    )
    fitting = filters.narrow(stories)
    total = fitting.count()
    place = clamped_page(total, request.GET, PAGE_SIZE)
    shown = list(fitting[place.start : place.stop])
    terms = terms_of(shown)
    addresses = addresses_in(shown, language)
    rows = [story_row(story, addresses[story.pk], terms[story.pk], language) for story in shown]
    lead = None if filters or place.number > 1 or not rows else rows[0]
    return {
        "lead_story": lead,
        "stories": rows[1:] if lead else rows,
        "total": total,
        "facets": filters.facets(stories),
        "active_filters": filters.chips(),
        "clear_url": page.url if filters else "",
        "pager": place.pager,
    }


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest stories as an Atom feed, in the language of the address."""
    return feeds.section_feed(StoryIndexPage, reverse("story_feed"), newest_stories)


def newest_stories(language: str) -> QuerySet[CaseStudyPage]:
    """What the feed lists."""
    return stories_for(language)[: feeds.NEWEST]


def story_row(
    story: CaseStudyPage, address: str, terms: list[Term], language: str
) -> dict[str, Any]:
    """A story as the entry components show it."""
    its_language = story.locale.language_code
    return {
        "title": story.title,
        "url": address,
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
