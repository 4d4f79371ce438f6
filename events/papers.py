"""Poster, invitation and picture of an event, made at publish from the same fields as its page.

Paper cannot be taken back: the place on it is always the public one (`Audience.KEPT`).
"""

from datetime import timedelta
from functools import partial

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bilingual.pairs import Pair
from core.short_links import short_address
from events.dates import change_in_words, planned_occurrences, when_in_words
from events.disclosure import Audience, what_may_be_shown
from events.listing import areas_of
from events.models import EventAccess, EventPage, EventPaper, Occurrence, Status
from press.cards import ShareCard, cards_png
from press.pdf import Face, Section, Sheet, print_pdf
from press.qr import qr_svg
from press.shelf import Shelf, are_public_still, public_sides
from press.text import lines_as

SHELF: Shelf[EventPaper] = Shelf(EventPaper)
Kind = EventPaper.Kind
DATES_ON_PAPER = 4
# The cloth of the section of events: two grounds and two coloured yarns, as in the tokens.
COLOURS = ("#e6eccb", "#25502f", "#eb93a5", "#e2a41f")


def make_papers(pair: Pair) -> None:
    """Make the papers of the public languages anew; the same content changes no byte."""
    key = pair.en.translation_key
    sides = public_sides(pair)
    if not sides:
        SHELF.withdraw(key)
        return
    faces = {language: face_of(side) for language, side in sides.items()}
    is_current = partial(are_public_still, sides)
    for kind, sheet in ((Kind.POSTER, Sheet.POSTER), (Kind.INVITATION, Sheet.INVITATION)):
        public = list(faces.values())
        SHELF.put(
            key, kind, "both", title=_title(kind, public), extension="pdf",
            make=partial(_print, sheet, public), is_current=is_current,
        )  # fmt: skip
    for language, side in sides.items():
        SHELF.put(
            key, Kind.PICTURE, language, title=_title(Kind.PICTURE, [faces[language]]),
            extension="png", make=partial(_picture, side), is_current=is_current,
        )  # fmt: skip


def _print(sheet: Sheet, faces: list[Face], number: int) -> bytes:
    return print_pdf(sheet, faces)


def _picture(event: EventPage, number: int) -> bytes:
    return cards_png(card_of(event))["square"]


def card_of(event: EventPage) -> ShareCard:
    """What the picture of one language says: what, when, in which county."""
    face = face_of(event)
    with translation.override(face.language):
        place = what_may_be_shown(event, _areas(event), Audience.KEPT)
    return ShareCard(
        language=face.language,
        text=f"{event.title}. {place.area}",
        kicker=face.facts[0][1] if len(face.facts) > 1 else "",
        by=face.small_print,
        seed=event.seed,
        colours=COLOURS,
        link=face.link.partition("://")[2],
        qr=face.qr,
        sample=face.sample,
    )


def _title(kind: str, faces: list[Face]) -> str:
    parts = []
    for face in faces:
        with translation.override(face.language):
            parts.append(f"{face.title}: {Kind(kind).label}")
    return " / ".join(parts)


def face_of(event: EventPage) -> Face:
    """One language of an event, as its papers show it."""
    language = event.locale.language_code
    with translation.override(language):
        dates = next_dates(event)
        first = dates[0] if dates else None
        place = what_may_be_shown(event, _areas(event), Audience.KEPT, first)
        link = short_address(event.translation_key)
        sections = []
        if len(dates) > 1:
            lines = [_line(event, one) for one in dates[1:]]
            sections.append(Section(_("More dates"), lines_as("bullet", lines)))
        if access := _access(event):
            sections.append(Section(_("Access"), lines_as("paragraph", [" · ".join(access)])))
        when = _line(event, dates[0]) if dates else ""
        where = place.area if place.is_online else f"{place.area}. {place.promise}"
        return Face(
            language=language,
            title=event.title,
            lede=event.summary,
            facts=tuple(
                (label, value) for label, value in ((_("When"), when), (_("Where"), where)) if value
            ),
            sections=tuple(sections),
            link=link,
            link_words=_("Details in Welsh and English:"),
            sample=_("Sample") if event.is_sample else "",
            small_print=_("You are welcome to speak Welsh with us."),
            qr=qr_svg(link),
        )


def _areas(event: EventPage) -> list[str]:
    language = event.locale.language_code
    return list(areas_of([event], language)[event.pk])


def next_dates(event: EventPage) -> list[Occurrence]:
    """The next dates that take place, as stored or else as planned."""
    stored = list(
        Occurrence.objects.filter(
            translation_key=event.translation_key, ends__gt=timezone.now()
        ).exclude(status__in=[Status.CANCELLED, Status.POSTPONED])[:DATES_ON_PAPER]
    )
    if stored or event.starts_on is None:
        return stored
    return planned_occurrences(event, event.starts_on, event.starts_on + timedelta(days=366))[
        :DATES_ON_PAPER
    ]


def _line(event: EventPage, one: Occurrence) -> str:
    change = change_in_words(one, event.status_note, event.locale.language_code)
    return " ".join(part for part in (when_in_words(one, event.is_all_day), change) if part)


def _access(event: EventPage) -> list[str]:
    return [
        str(row.get_fact_display())
        for row in event.access_facts.all()  # type: ignore[attr-defined]
        if row.answer == EventAccess.Answer.YES
    ]


def health_line() -> tuple[str, bool, str]:
    """For the health page: whether every paper could be made at its last try."""
    return "Posteri a gwahoddiadau", not SHELF.failed().exists(), "Posters and invitations"
