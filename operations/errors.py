"""Error pages in both languages. They never raise: an error page that fails helps nobody."""

import logging
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)

WORDS: dict[int | str, dict[str, tuple[str, str]]] = {
    400: {
        "en": ("We cannot read this address", "Check it, or start again from the home page."),
        "cy": ("Ni allwn ddarllen y cyfeiriad hwn", "Gwiriwch ef, neu dechreuwch o’r hafan."),
    },
    403: {
        "en": ("You may not open this page", "If you think you should, contact us."),
        "cy": ("Ni chewch agor y dudalen hon", "Os ydych yn meddwl y dylech, cysylltwch â ni."),
    },
    404: {
        "en": (
            "We cannot find this page",
            "A thread has come loose. The page may have moved, or the address may be wrong.",
        ),
        "cy": (
            "Ni allwn ddod o hyd i’r dudalen hon",
            "Daeth edefyn yn rhydd. Efallai fod y dudalen wedi symud, "
            "neu fod y cyfeiriad yn anghywir.",
        ),
    },
    410: {
        "en": ("This page is no longer available", "It has been taken down."),
        "cy": ("Dydy’r dudalen hon ddim ar gael mwyach", "Mae wedi cael ei thynnu i lawr."),
    },
    "file gone": {
        "en": ("This file is no longer available", "It has been taken down."),
        "cy": ("Dydy’r ffeil hon ddim ar gael mwyach", "Mae wedi cael ei thynnu i lawr."),
    },
    "file lost": {
        "en": (
            "We cannot open this file at the moment",
            "The fault is ours and has been noted. Please try again later.",
        ),
        "cy": (
            "Ni allwn agor y ffeil hon ar hyn o bryd",
            "Arnom ni y mae’r bai, ac mae wedi’i nodi. Rhowch gynnig arall arni’n nes ymlaen.",
        ),
    },
    500: {
        "en": ("Something went wrong here", "Please try again in a few minutes."),
        "cy": ("Aeth rhywbeth o’i le yma", "Rhowch gynnig arall arni ymhen ychydig funudau."),
    },
}
HOME = {"en": "Home", "cy": "Hafan"}
OWN_NAMES = {"en": "English", "cy": "Cymraeg"}


def language_of_path(path: str) -> str:
    """The language of the address; Welsh is read first where it has none."""
    return "en" if path.startswith("/en/") else "cy"


def halves(first: str, words: int | str) -> list[dict[str, str]]:
    """What the page says in each language, the reader's first."""
    return [
        {
            "language": language,
            "heading": WORDS[words][language][0],
            "text": WORDS[words][language][1],
            "home": HOME[language],
        }
        for language in (first, "en" if first == "cy" else "cy")
    ]


def plain_page(request: HttpRequest, status: int, words: str = "") -> HttpResponse:
    """Both languages on a page that asks no database, with the switch where the address has a
    language. `words` names others than those of the status."""
    first = language_of_path(request.path_info)
    parts = halves(first, words or status)
    prefix, _slash, rest = request.path_info.lstrip("/").partition("/")
    other = parts[1]["language"]
    switch = {"url": f"/{other}/{quote(rest, errors='replace')}", "language": other,
              "label": OWN_NAMES[other]} if prefix in HOME else {}  # fmt: skip
    context = {"first": first, "parts": parts, "switch": switch}
    try:
        html: str = render_to_string("errors/plain.html", context)
    except Exception:  # the last page before nothing: it must be sent whatever is broken
        logger.exception("The error page itself failed.")
        sections = "".join(
            f'<section lang="{part["language"]}"><h2>{part["heading"]}</h2><p>{part["text"]}</p>'
            f'<p><a href="/{part["language"]}/">{part["home"]}</a></p></section>'
            for part in parts
        )
        title = parts[0]["heading"]
        html = (
            f'<!doctype html><html lang="{first}"><head><meta charset="utf-8">'
            f"<title>{title}</title></head><body><main><h1>{title}</h1>{sections}</main></body>"
            "</html>"
        )
    return HttpResponse(html, status=status)


def whole_page(request: HttpRequest, status: int) -> HttpResponse:
    """In the language of the address with menus and the switch, the other language beside it."""
    if not request.path_info.startswith(("/en/", "/cy/")):
        return plain_page(request, status)
    first = language_of_path(request.path_info)
    context = {
        "parts": halves(first, status),
        "opens_with_cloth": True,
        "meta": {"title": WORDS[status][first][0], "noindex": True},
    }
    with translation.override(first):
        try:
            return render(request, "errors/lost.html", context, status=status)
        except Exception:  # a database that is down must not turn a 404 into a 500
            logger.exception("The page for status %s failed.", status)
            return plain_page(request, status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return plain_page(request, 400)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return whole_page(request, 403)


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return whole_page(request, 404)


def gone(request: HttpRequest) -> HttpResponse:
    """For something that was withdrawn: neutral words, nothing of what it was."""
    return whole_page(request, 410)


def file_gone(request: HttpRequest) -> HttpResponse:
    """For a withdrawn file: neutral words, not even its title."""
    return plain_page(request, 410, "file gone")


def file_lost(request: HttpRequest) -> HttpResponse:
    """For a file that the storage does not give; caches go on serving what they have."""
    response = plain_page(request, 503, "file lost")
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return plain_page(request, 500)
