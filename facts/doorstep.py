"""The doorstep kit: a visitor ticks facts and prints a card to hand out and answers to carry.

What is ticked stands in the address, so a kit can be sent to others and needs no cookie. The card
holds facts alone. The answers are for the volunteer and say the claim once, between the facts.
"""

import logging
from collections.abc import Callable, Iterable
from urllib.parse import urlencode

import typst
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.throttle import asks_too_often
from bilingual.models import LANGUAGES, language_of
from bilingual.switch import absolute
from core.short_links import code_of, keys_behind, short_address
from facts.checks import REFERENCES, lines_of
from facts.listing import crumbs, fact_rows, facts_for
from facts.models import FactIndexPage, FactPage
from press.pdf import Face, Section, Sheet, print_pdf
from press.qr import qr_svg
from press.text import Block, Run, lines_as

FaceMaker = Callable[[list[FactPage], str], Face]
logger = logging.getLogger(__name__)
MOST_FACTS = 6  # what a card of A5 holds
PRINTS_A_MINUTE = 20


def _language() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en"


def chosen_codes(params: QueryDict) -> list[str]:
    """The codes of the facts that the address names, each once; others are left out."""
    found = []
    for code in dict.fromkeys(params.getlist("f")[:100]):
        try:
            least, _greatest = keys_behind(code)
        except ValueError:
            continue
        found.append(code_of(least))
    return found[:MOST_FACTS]


def facts_of(codes: Iterable[str], language: str) -> list[FactPage]:
    """The valid facts with these codes in a language, in the order of the codes."""
    wanted = list(codes)
    named = Q(pk__in=[])
    for code in wanted:
        named |= Q(translation_key__range=keys_behind(code))
    known = {code_of(fact.translation_key): fact for fact in facts_for(language).filter(named)}
    return [known[code] for code in wanted if code in known]


@require_safe
def doorstep(request: HttpRequest) -> HttpResponse:
    """Every fact with a box, and the two papers for what is ticked."""
    language = _language()
    facts = list(facts_for(language))
    ticked = set(chosen_codes(request.GET))
    rows = [
        {**row, "code": code_of(row["key"]), "checked": code_of(row["key"]) in ticked}
        for row in fact_rows(facts, language)
    ]
    codes = [row["code"] for row in rows if row["checked"]]
    query = urlencode({"f": codes}, doseq=True)
    response = render(
        request,
        "pages/facts/doorstep.html",
        {
            "cloth": "ffeithiau",
            "crumbs": crumbs(),
            "rows": rows,
            "most": MOST_FACTS,
            "count": len(codes),
            "asked_too_many": len(request.GET.getlist("f")) > MOST_FACTS,
            "card_url": f"{reverse('doorstep_card')}?{query}" if codes else "",
            "answers_url": f"{reverse('doorstep_answers')}?{query}" if codes else "",
            "meta": {
                "title": _("Doorstep kit"),
                "description": _("Facts to take along, in Welsh and English."),
                "canonical": "",
                "alternates": [],
                "noindex": True,
            },
        },
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The card to hand out: A5, Welsh on one side, English on the other."""
    return _paper(request, Sheet.DOORSTEP, _("Doorstep card"), card_face)


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Questions and answers for whoever stands at the door: A4, one language after the other."""
    return _paper(request, Sheet.HANDOUT, _("Answers at the door"), answers_face)


def _paper(request: HttpRequest, sheet: Sheet, title: str, face_of: FaceMaker) -> HttpResponse:
    codes = chosen_codes(request.GET)
    by_language = {language: facts_of(codes, language) for language in LANGUAGES}
    if not by_language["en"]:
        return HttpResponseRedirect(reverse("doorstep"))
    if asks_too_often("doorstep", request, PRINTS_A_MINUTE, 60):
        return _sorry(_("Too many papers were made here. Please try again in a minute."), 429)
    first = _language()
    faces = []
    for language in (first, *(other for other in LANGUAGES if other != first)):
        with override(language):
            faces.append(face_of(by_language[language], language))
    try:
        content = print_pdf(sheet, faces, title=title)
    except (OSError, typst.TypstError):
        logger.exception("A paper of the doorstep kit could not be made.")
        return _sorry(_("The paper cannot be made at the moment. Please try again later."), 503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="noddfa.pdf"'
    response["Content-Language"] = "cy, en"
    response["X-Robots-Tag"] = "noindex"
    return response


def _sorry(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def _address_of(facts: list[FactPage]) -> str:
    """What the code on the paper leads to: both languages of the fact, or of all facts."""
    if len(facts) == 1:
        return short_address(facts[0].translation_key)
    section = FactIndexPage.objects.live().order_by("path").first()
    return short_address(section.translation_key) if section else absolute("/")


def _face(facts: list[FactPage], language: str, title: str, sections: Iterable[Section]) -> Face:
    address = _address_of(facts)
    return Face(
        language=language,
        title=title,
        sections=tuple(sections),
        link=address,
        link_words=_("Sources, in Welsh and English:"),
        sample=_("Sample") if any(fact.is_sample for fact in facts) else "",
        qr=qr_svg(address),
    )


def card_face(facts: list[FactPage], language: str) -> Face:
    """One side of the card: facts, and what to say of each. No claim."""
    sections = [
        Section(
            fact.title,
            lines_as("paragraph", [fact.doorstep_text or fact.said_last]),
            language=language_of(fact),
        )
        for fact in facts
    ]
    return _face(facts, language, _("Facts first"), sections)


def answers_face(facts: list[FactPage], language: str) -> Face:
    """For each fact: the fact, what one may hear, why that misleads, and the fact again."""
    sections = []
    for fact in facts:
        with override(language_of(fact)):  # labels and fact are of one language
            sections.append(_answer_to(fact))
    return _face(facts, language, _("Answers at the door"), sections)


def _answer_to(fact: FactPage) -> Section:
    known = [REFERENCES.sub("", line).strip() for line in lines_of(fact.what_we_know)]
    return Section(
        fact.title,
        (
            Block("paragraph", (Run(fact.doorstep_text or fact.summary),)),
            Block("paragraph", (Run(_("You may hear:"), bold=True), Run(f" {fact.claim}"))),
            Block("paragraph", (Run(fact.why_it_misleads),)),
            *(Block("bullet", (Run(line),)) for line in known),
            Block("paragraph", (Run(fact.said_last, bold=True),)),
        ),
        language=language_of(fact),
    )
