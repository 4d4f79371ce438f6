"""The gallery page: every component in all its states, from sample data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language, gettext

from tests.gallery.forms import form_with_a_mistake
from tests.gallery.samples import NAMES, OTHER, samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery in the active language, English or Welsh."""
    language = "cy" if get_language() == "cy" else "en"
    other = OTHER[language]
    twin = translate_url(request.get_full_path(), other)
    return render(
        request,
        "gallery/gallery.html",
        samples(language)
        | {
            "form": form_with_a_mistake(),
            "content_language": language,
            "cloth": "croeso",
            "quick_exit": True,
            "sample": True,
            "opens_with_cloth": False,
            "switch": {"url": twin, "language": other, "label": NAMES[other]},
            "meta": {
                "title": gettext("Components"),
                "description": gettext("Every part of the site in all its states."),
                "canonical": request.build_absolute_uri(request.path),
                "alternates": [(language, request.get_full_path()), (other, twin)],
                "noindex": True,
                "image": None,
            },
        },
    )
