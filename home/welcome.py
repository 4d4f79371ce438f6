"""What the home page shows, gathered in a fixed number of queries."""

from typing import Any

from django.db.models import Case, When

from bilingual.models import addresses_in, language_of
from case_studies.listing import stories_for, story_row, terms_of
from core import navigation
from events.listing import next_events
from facts.listing import facts_for
from home.models import HomePage

STORIES_BESIDE_THE_LEAD = 3
NEXT_EVENTS = 3


def home_context(page: HomePage) -> dict[str, Any]:
    """Doors, stories, quilt, figures and principles in the page's own language."""
    language = page.locale.language_code
    stories = stories_for(language)
    lead_key = page.lead_story.translation_key if page.lead_story else None
    lead_first = Case(When(translation_key=lead_key, then=0), default=1)
    shown = list(
        stories.order_by(lead_first, *stories.query.order_by)[: STORIES_BESIDE_THE_LEAD + 1]
    )
    terms = terms_of(shown)
    addresses = addresses_in(shown, language)
    rows = [story_row(story, addresses[story.pk], terms[story.pk], language) for story in shown]
    figures = [link.figure for link in page.page_figures.select_related("figure__evidence")]
    return {
        "doors": doors(page, language),
        "lead_story": rows[0] if rows else None,
        "stories": rows[1:],
        "stories_url": section_url("straeon", language),
        "fact": newest_fact(language),
        "facts_url": section_url("ffeithiau", language),
        "figures": figures,
        "quilt": quilt(page),
        "principles": [part.value for part in page.principles],
        "events_url": section_url("digwyddiadau", language),
        "next_events": next_events(language, NEXT_EVENTS),
    }


def section_url(cloth: str, language: str) -> str:
    """The address of a section of the menu; empty where it is not there."""
    return next(
        (
            entry.url
            for entry in navigation.children_of_home(language)
            if entry.cloth == cloth and entry.in_menu
        ),
        "",
    )


def newest_fact(language: str) -> dict[str, str] | None:
    """The fact that was reviewed last and is still valid; without the claim it answers."""
    fact = facts_for(language).first()
    if fact is None:
        return None
    own = language_of(fact) == language
    return {
        "title": fact.title,
        "url": addresses_in([fact], language)[fact.pk],
        "lang": "" if own else language_of(fact),
    }


def doors(page: HomePage, language: str) -> list[dict[str, Any]]:
    """The doors, each leading to its page in this language."""
    known = {entry.key: entry for entry in navigation.children_of_home(language)}
    result = []
    for part in page.doors:
        target = part.value.get("page")
        entry = known.get(str(target.translation_key)) if target else None
        if entry is not None:
            result.append(
                {
                    "text": part.value["text"],
                    "note": part.value["note"],
                    "url": entry.url,
                    "cloth": entry.cloth,
                    "cloth_seed": entry.key,
                }
            )
    return result


def quilt(page: HomePage) -> dict[str, Any] | None:
    """The numbers of the quilt; None until both figures are chosen."""
    if page.quilt_total is None or page.quilt_marked is None:
        return None
    return {
        "total": int(page.quilt_total.value),
        "marked": int(page.quilt_marked.value),
        "total_figure": page.quilt_total,
        "marked_figure": page.quilt_marked,
    }
