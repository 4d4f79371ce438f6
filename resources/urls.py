"""Addresses of the pack builder and of what the library gives to others.

`/en/resources/pack/` and `/cy/adnoddau/pecyn/`. As with the search, the slug follows the active
language by itself and not by a message catalogue.
"""

from django.urls import URLPattern, path
from django.utils.functional import lazy
from django.utils.translation import get_language

from resources import builder_views, exchange, reports

SLUGS = {"en": ("resources/pack", "download", "print"),
         "cy": ("adnoddau/pecyn", "lawrlwytho", "argraffu")}  # fmt: skip


def _slug(step: int = 0) -> str:
    start, *steps = SLUGS["cy" if (get_language() or "").startswith("cy") else "en"]
    return f"{start}/{steps[step - 1]}/" if step else f"{start}/"


def _library(end: str) -> str:
    return f"{'adnoddau' if (get_language() or '').startswith('cy') else 'resources'}/{end}/"


def _report() -> str:
    is_welsh = (get_language() or "").startswith("cy")
    return "gweithdai/adroddiad/" if is_welsh else "workshops/report/"


_lazy_slug = lazy(_slug, str)
_lazy_report = lazy(_report, str)
_lazy_library = lazy(_library, str)

urlpatterns: list[URLPattern] = [
    path(_lazy_slug(), builder_views.pack_builder, name="pack_builder"),
    path(_lazy_slug(1), builder_views.download_pack, name="download_pack"),
    path(_lazy_report(), reports.report, name="session_report"),
    path(_lazy_library("csv"), exchange.table, name="library_table"),
    path(_lazy_library("atom"), exchange.feed, name="library_feed"),
    path(_lazy_slug(2), builder_views.print_pack, name="print_pack"),
]
