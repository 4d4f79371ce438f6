"""The feed of stories: `/en/stories/atom/` and `/cy/straeon/atom/`."""

from django.urls import URLPattern, path
from django.utils.functional import lazy
from django.utils.translation import get_language

from case_studies import listing


def _feed() -> str:
    return f"{'straeon' if (get_language() or '').startswith('cy') else 'stories'}/atom/"


urlpatterns: list[URLPattern] = [path(lazy(_feed, str)(), listing.feed, name="story_feed")]
