"""The summary for readers: `/en/welsh-and-english/` and `/cy/cymraeg-a-saesneg/`."""

from django.urls import URLPattern, path
from django.utils.functional import lazy
from django.utils.translation import get_language

from bilingual.parity import public_summary


def _slug() -> str:
    is_welsh = (get_language() or "").startswith("cy")
    return "cymraeg-a-saesneg/" if is_welsh else "welsh-and-english/"


urlpatterns: list[URLPattern] = [path(lazy(_slug, str)(), public_summary, name="parity_summary")]
