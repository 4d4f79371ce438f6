"""The threshold: the one page without a language of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView

from bilingual.switch import absolute
from core import navigation


class Threshold(TemplateView):
    """`/` shows both languages side by side, Welsh read first, and guesses nothing."""

    template_name = "pages/home/threshold.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        homes = {language: navigation.home_of(language) for language in ("cy", "en")}
        addresses = {
            language: home.url if home else f"/{language}/" for language, home in homes.items()
        }
        return {
            **super().get_context_data(**kwargs),
            "home_urls": addresses,
            "home_url_cy": addresses["cy"],
            "home_url_en": addresses["en"],
            "meta": {
                "title": "Dinas Noddfa · City of Sanctuary",
                "description": "",
                "canonical": absolute("/"),
                "alternates": [
                    ("cy", absolute(addresses["cy"])),
                    ("en", absolute(addresses["en"])),
                    ("x-default", absolute("/")),
                ],
                "noindex": False,
            },
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        # LocaleMiddleware would name its guess: the page holds both languages, whoever asks.
        response["Content-Language"] = "cy, en"
        return response
