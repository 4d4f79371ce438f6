"""The pack builder: choose, see the time, take away as ZIP or on paper."""

import logging
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bilingual.switch import OWN_NAMES, absolute
from core import navigation
from files.cleaning import Refused
from press.archive import stream_archive
from press.pdf import Face, Sheet, Step, print_pdf
from press.qr import qr_svg
from resources import builder, packs
from resources.builder import Wish
from resources.library import resource_rows
from resources.models import ResourcePage
from resources.plans import clock, people_in_words, time_in_words
from resources.prints import whole_face

logger = logging.getLogger(__name__)
STRIPS = {"session_plan": "talk", "activity": "act", "card_set": "pair"}


def _language() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en"


def _section() -> Any:
    return next(
        (entry for entry in navigation.children_of_home(_language())
         if entry.url in {"/en/resources/", "/cy/adnoddau/"}), None,
    )  # fmt: skip


@require_safe
def pack_builder(request: HttpRequest) -> HttpResponse:
    """What is in the pack, how long it takes, what would fit, and how to take it away."""
    language = _language()
    known = builder.live_resources(language)
    wish = builder.known_only(builder.wish_of(request.GET), known)
    chosen = [known[key] for key in wish.keys]
    section = _section()
    library = section.url if section else f"/{language}/"
    response = render(
        request,
        "pages/resources/pack_builder.html",
        {
            "cloth": "adnoddau",
            "cloth_seed": "pack",
            "wish": wish,
            "count": len(chosen),
            "rows": [
                {**row, "pack": {"in_pack": True, "url": wish.without(key).address()}}
                for key, row in zip(wish.keys, resource_rows(chosen, language), strict=True)
            ],
            "blocks": blocks(chosen),
            "end_at": clock(sum(page.minutes or 0 for page in chosen)),
            "time_text": time_text(chosen, wish.minutes),
            "people_texts": people_texts(chosen, wish.people),
            "proposed": _proposed(known, wish, language),
            "hidden": [{"name": "r", "value": key.hex} for key in wish.keys],
            "error_list": [
                {"id": name, "text": text} for name, text in wish.errors.items()
            ],
            "form": _form(wish),
            "download_url": replace(wish, written={}).address("download_pack").split("?")[0],
            "print_url": wish.address("print_pack"),
            "library_url": _with_keys(library, wish),
            "crumbs": [
                {"title": _("Home"), "url": f"/{language}/", "lang": ""},
                *([{"title": section.title, "url": section.url, "lang": ""}] if section else []),
            ],
            "meta": {
                "title": _("Your trainer pack"),
                "description": _("Your chosen resources in one download."),
                "canonical": "",
                "alternates": [],
                "noindex": True,
            },
        },
    )  # fmt: skip
    response["X-Robots-Tag"] = "noindex"
    return response


def blocks(chosen: list[ResourcePage]) -> list[dict[str, Any]]:
    """Each resource with a time as a step of components/session_plan.html."""
    at, found = 0, []
    for page in chosen:
        if page.minutes:
            found.append(
                {
                    "at": clock(at),
                    "minutes": page.minutes,
                    "pattern": STRIPS.get(page.kind, "talk"),
                    "kind": page.get_kind_display(),
                    "title": page.title,
                    "text": "",
                }
            )
            at += page.minutes
    return found


def time_text(chosen: list[ResourcePage], minutes: int | None) -> str:
    """How long the pack takes, and whether it fits."""
    total = sum(page.minutes or 0 for page in chosen)
    if not total:
        return ""
    if minutes is None:
        return _("This pack takes: %(time)s.") % {"time": time_in_words(total)}
    if total > minutes:
        return _("This pack takes: %(time)s. Too long by: %(over)s.") % {
            "time": time_in_words(total),
            "over": time_in_words(total - minutes),
        }
    if total == minutes:
        return _("This pack takes: %(time)s. It fills your time.") % {"time": time_in_words(total)}
    return _("This pack takes: %(time)s. Time left: %(left)s.") % {
        "time": time_in_words(total),
        "left": time_in_words(minutes - total),
    }


def people_texts(chosen: list[ResourcePage], people: int | None) -> list[str]:
    """A sentence for each resource that does not suit the group."""
    return [
        _("“%(title)s” is made for another size of group: %(people)s.")
        % {"title": page.title, "people": people_in_words(page.least_people, page.most_people)}
        for page in chosen
        if not builder.fits_people(page, people)
    ]


def _proposed(known: dict[Any, ResourcePage], wish: Wish, language: str) -> dict[str, Any] | None:
    """What would fill the minutes that are left; None where no time was given or it is full."""
    if wish.minutes is None:
        return None
    left = wish.minutes - sum(known[key].minutes or 0 for key in wish.keys)
    if left <= 0:
        return None
    others = [page for key, page in known.items() if key not in wish.keys]
    found = builder.proposal(others, left, wish.people)
    return {
        "left": time_in_words(left),
        "rows": [
            {
                **row,
                "pack": {"in_pack": False, "url": wish.adding(page.translation_key).address()},
            }
            for page, row in zip(found, resource_rows(found, language), strict=True)
        ],
        "all_url": wish.adding(*(page.translation_key for page in found)).address(),
        "total": time_in_words(sum(page.minutes or 0 for page in found)),
    }


def _form(wish: Wish) -> dict[str, Any]:
    """Choices of components/pack_form.html, with the size of each."""
    language = _language()
    other = "en" if language == "cy" else "cy"
    sizes = {}
    items = packs.items_of(wish.keys, to_print="print" in wish.files,
                           to_change="change" in wish.files) if wish.keys else []  # fmt: skip
    for choice in builder.LANGUAGES:
        wanted = {"cy", "en"} if choice == "both" else {choice}
        sizes[choice] = sum(
            file.document.file_size or 0
            for item in items
            for file in item.files
            if file.document.language in wanted | {"both", "other"}
        )
    labels = {code: OWN_NAMES[code] for code in ("cy", "en")} | {"both": _("Both")}
    return {
        "languages": [
            {
                "value": choice,
                "label": labels[choice],
                "lang": "" if choice == "both" else choice,
                "count": filesizeformat(sizes[choice]),
                "checked": choice == wish.language,
            }
            for choice in ("both", language, other)
        ],
        "files": [
            {"value": "print", "label": _("To print (PDF)"), "checked": "print" in wish.files},
            {
                "value": "change",
                "label": _("To change (DOCX, PPTX and others)"),
                "checked": "change" in wish.files,
            },
        ],
        "size": filesizeformat(sizes[wish.language]),
    }


def _with_keys(url: str, wish: Wish) -> str:
    query = "&".join(f"r={key.hex}" for key in wish.keys)
    return f"{url}?{query}" if query else url


@require_safe
def download_pack(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The pack as a ZIP, sent while it is made. Without a resource back to the builder."""
    wish = builder.wish_of(request.GET)
    chosen = ("cy", "en") if wish.language == "both" else (wish.language,)
    items = packs.items_of(wish.keys, chosen, "change" in wish.files, "print" in wish.files)
    if not items:
        return HttpResponseRedirect(wish.address())
    stream = stream_archive(packs.members_of(packs.without_missing(items), packs.about_choice()))
    response = StreamingHttpResponse(stream, content_type="application/zip")
    response["Content-Length"] = str(len(stream))
    response["Content-Disposition"] = f'attachment; filename="{_("trainer-pack")}.zip"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def print_pack(request: HttpRequest) -> HttpResponse:
    """The list of contents with its times, then each resource, as one PDF in this language."""
    language = _language()
    wish = builder.wish_of(request.GET)
    items = packs.items_of(wish.keys)
    if not items:
        return HttpResponseRedirect(wish.address())
    pages = [item.side(language) for item in items]
    faces = [_contents(pages, wish), *(whole_face(page) for page in pages)]
    try:
        content = print_pdf(Sheet.PLAN, faces, title=_("Your trainer pack"))
    except (OSError, RuntimeError, Refused):
        logger.exception("A pack could not be printed.")
        return HttpResponse(
            _("This pack cannot be printed at the moment. Download it instead."),
            status=503, content_type="text/plain; charset=utf-8",
        )  # fmt: skip
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_("trainer-pack")}.pdf"'
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex"
    return response


def _contents(pages: list[ResourcePage], wish: Wish) -> Face:
    link = absolute(wish.address())
    return Face(
        language=_language(),
        title=_("Your trainer pack"),
        lede=time_text(pages, wish.minutes),
        facts=tuple(
            (page.title, time_in_words(page.minutes) if page.minutes else _("No fixed time"))
            for page in pages
        ),
        plan_heading=_("In this pack"),
        steps=tuple(
            Step(
                row["at"], row["minutes"], row["pattern"],
                ngettext("%(kind)s, %(minutes)s minute", "%(kind)s, %(minutes)s minutes",
                         row["minutes"]) % {"kind": row["kind"], "minutes": row["minutes"]},
                row["title"],
            )
            for row in blocks(pages)
        ),
        end_at=clock(sum(page.minutes or 0 for page in pages)),
        end_text=_("End"),
        link=link,
        link_words=_("This pack on the site:"),
        sample=_("Sample") if any(page.is_sample for page in pages) else "",
        qr=qr_svg(link),
    )  # fmt: skip
