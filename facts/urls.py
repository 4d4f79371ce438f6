"""Addresses of the section of facts that are no pages; the slug follows the active language."""

from django.urls import URLPattern, path
from django.utils.functional import lazy
from django.utils.translation import get_language

from facts import doorstep, heard, listing

SLUGS = {
    "atom": ("facts/atom/", "ffeithiau/atom/"),
    "claim": ("facts/send-a-claim/", "ffeithiau/anfon-honiad/"),
    "doorstep": ("facts/doorstep/", "ffeithiau/carreg-y-drws/"),
    "card": ("facts/doorstep/card/", "ffeithiau/carreg-y-drws/cerdyn/"),
    "answers": ("facts/doorstep/answers/", "ffeithiau/carreg-y-drws/atebion/"),
}


def _slug(name: str) -> str:
    english, welsh = SLUGS[name]
    return welsh if (get_language() or "").startswith("cy") else english


_lazy = lazy(_slug, str)

urlpatterns: list[URLPattern] = [
    path(_lazy("atom"), listing.feed, name="fact_feed"),
    path(_lazy("claim"), heard.send_claim, name="send_claim"),
    path(_lazy("doorstep"), doorstep.doorstep, name="doorstep"),
    path(_lazy("card"), doorstep.card, name="doorstep_card"),
    path(_lazy("answers"), doorstep.answers, name="doorstep_answers"),
]
