"""Error pages in both languages. They never raise: an error page that fails helps nobody."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

logger = logging.getLogger(__name__)

WORDS: dict[int, dict[str, tuple[str, str]]] = {
    400: {
        "en": ("We cannot read this address", "Check it, or start again from the home page."),
        "cy": ("Ni allwn ddarllen y cyfeiriad hwn", "Gwiriwch ef, neu dechreuwch o’r hafan."),
    },
    403: {
        "en": ("You may not open this page", "If you think you should, contact us."),
        "cy": ("Ni chewch agor y dudalen hon", "Os ydych yn meddwl y dylech, cysylltwch â ni."),
    },
    404: {
        "en": ("We cannot find this page", "It may have moved, or the address may be wrong."),
        "cy": (
            "Ni allwn ddod o hyd i’r dudalen hon",
            "Efallai ei bod wedi symud, neu fod y cyfeiriad yn anghywir.",
        ),
    },
    410: {
        "en": ("This page is no longer available", "It has been taken down."),
        "cy": ("Dydy’r dudalen hon ddim ar gael mwyach", "Mae wedi cael ei thynnu i lawr."),
    },
    500: {
        "en": ("Something went wrong here", "Please try again in a few minutes."),
        "cy": ("Aeth rhywbeth o’i le yma", "Rhowch gynnig arall arni ymhen ychydig funudau."),
    },
}
HOME = {"en": "Home", "cy": "Hafan"}


def language_of_path(path: str) -> str:
    """The language of the address; Welsh is read first where it has none."""
    return "en" if path.startswith("/en/") else "cy"


def both_languages(request: HttpRequest, status: int) -> HttpResponse:
    """A page that needs no database: the language of the address first, the other beside it."""
    first = language_of_path(request.path_info)
    order = (first, "en" if first == "cy" else "cy")
    parts = [
        {
            "language": language,
            "heading": WORDS[status][language][0],
            "text": WORDS[status][language][1],
            "home": HOME[language],
        }
        for language in order
    ]
    title = WORDS[status][first][0]
    try:
        from django.template.loader import render_to_string

        html: str = render_to_string(
            "errors/plain.html", {"first": first, "parts": parts, "title": title}
        )
    except Exception:  # the last page before nothing: it must be sent whatever is broken
        logger.exception("The error page itself failed.")
        sections = "".join(
            f'<section lang="{part["language"]}"><h2>{part["heading"]}</h2>'
            f"<p>{part['text']}</p></section>"
            for part in parts
        )
        html = (
            f'<!doctype html><html lang="{first}"><head><meta charset="utf-8">'
            f"<title>{title}</title></head><body><main>{sections}</main></body></html>"
        )
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return both_languages(request, 400)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return both_languages(request, 403)


def gone(request: HttpRequest) -> HttpResponse:
    """For something that was withdrawn: neutral words, nothing of what it was."""
    return both_languages(request, 410)


def server_error(request: HttpRequest) -> HttpResponse:
    return both_languages(request, 500)


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """In the language of the address, with menus and the switch, and the other language beside."""
    if not request.path_info.startswith(("/en/", "/cy/")):
        return both_languages(request, 404)
    with translation.override(language_of_path(request.path_info)):
        try:
            return render(request, "errors/404.html", {"opens_with_cloth": True}, status=404)
        except Exception:  # a database that is down must not turn a 404 into a 500
            logger.exception("The page for unknown addresses failed.")
            return both_languages(request, 404)
