"""Addresses of the search page, to be included below a language prefix.

`/en/search/` and `/cy/chwilio/`. The slug follows the active language by itself and not by a
message catalogue: an address must not change because a catalogue is not compiled.
"""

from django.urls import URLPattern, path
from django.utils.functional import lazy
from django.utils.translation import get_language

from search import views

SLUGS = {"en": "search", "cy": "chwilio"}
SUGGESTION_SLUGS = {"en": "suggestions", "cy": "awgrymiadau"}


def _slug(other: bool = False) -> str:
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    if other:
        language = "en" if language == "cy" else "cy"
    return f"{SLUGS[language]}/"


def _suggestions_slug() -> str:
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    return f"{SLUGS[language]}/{SUGGESTION_SLUGS[language]}/"


_lazy_slug = lazy(_slug, str)

urlpatterns: list[URLPattern] = [
    path(_lazy_slug(), views.search, name="search"),
    path(lazy(_suggestions_slug, str)(), views.suggestions, name="search_suggestions"),
    path(_lazy_slug(other=True), views.search_at_other_slug, name="search_at_other_slug"),
]
