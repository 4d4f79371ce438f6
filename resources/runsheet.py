"""The run-sheet: one session on a phone, step by step, readable without a network once opened."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bilingual.models import other_language, path_in, twin_of
from bilingual.switch import OWN_NAMES, absolute
from resources.models import ResourcePage
from resources.models.resource import RUN_PATHS
from resources.plans import plan_in, time_in_words
from resources.resource import notes_before

WORKER = Path(settings.BASE_DIR) / "static" / "js" / "run-sheet-worker.js"


def run_url(page: ResourcePage) -> str:
    """The address of the run-sheet in the language of this page."""
    return f"{page.url or ''}{RUN_PATHS[page.locale.language_code]}"


def run_context(page: ResourcePage, request: HttpRequest) -> dict[str, Any] | None:
    """What the run-sheet shows beside the furniture; None for a resource without a plan."""
    language = page.locale.language_code
    with translation.override(language):
        plan = plan_in(language, page.plan)
        if not plan.steps:
            return None
        return {
            "plan": plan,
            "time": time_in_words(plan.minutes),
            "notes_before": notes_before(page),
            "before_people_come": page.lines_of("before_people_come"),
            "notes": page.notes if strip_tags(page.notes).strip() else "",
            "cards": [card.value for card in page.cards],
            "switch": _switch(page, request),
            "meta": {
                "title": f"{_('Run-sheet')}: {page.title}",
                "description": page.summary,
                "canonical": absolute(run_url(page)),
                "alternates": _alternates(page),
                "noindex": language != (get_language() or "en"),
            },
        }


def _switch(page: ResourcePage, request: HttpRequest) -> dict[str, str]:
    language = other_language(get_language() or "en")
    start = path_in(page, language, request) or f"/{language}/"
    return {
        "url": start + RUN_PATHS[language],
        "language": language,
        "label": OWN_NAMES[language],
    }


def _alternates(page: ResourcePage) -> list[tuple[str, str]]:
    twin = twin_of(page)
    if twin is None or not twin.live:
        return []
    return [
        (side.locale.language_code, absolute(f"{side.url}{RUN_PATHS[side.locale.language_code]}"))
        for side in (page, twin)
    ]


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps an opened run-sheet. At the root: its scope cannot be wider than its
    folder, and each run-sheet narrows it to its own address."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
