"""The share kit: cards, texts and a sheet in both languages. The claim is in none of it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache as once
from functools import partial
from typing import Any

from django.core.cache import cache
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from bilingual.models import language_of, other_language
from bilingual.pairs import Pair, pair_of
from bilingual.switch import OWN_NAMES, absolute
from core.short_links import short_address
from facts.checks import REFERENCES, lines_of
from facts.models import FactFile, FactPage, expired_facts
from files.gate import shared_worker
from press.cards import SHAPES, ShareCard, cards_png, cards_svg
from press.pdf import Face, Section, Sheet, print_pdf
from press.qr import qr_svg
from press.shelf import CACHE_SECONDS, Shelf, are_public_still, public_sides
from press.text import lines_as

SHELF: Shelf[FactFile] = Shelf(FactFile, old_stays=False)
Kind = FactFile.Kind
# The cloth of the section of facts: two grounds and two coloured yarns, as in the tokens.
COLOURS = ("#f5c23b", "#15191b", "#fff7df", "#c63a2c")


def house_values() -> str:
    return _(
        "Wherever people seeking sanctuary go, they will find people who welcome them. That is "
        "what we work for in Wales."
    )


def alt_of(title: str, card_alt: str) -> str:
    """What a card shows, in words."""
    return card_alt or _("A card that says: %(fact)s") % {"fact": title}


# ── the files ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Files:
    """The files of one fact as pages show them."""

    rows: Sequence[FactFile]

    def _row(self, kind: str, language: str) -> FactFile | None:
        return next(
            (row for row in self.rows if (row.kind, row.language) == (kind, language)), None
        )

    def picture(self, language: str) -> dict[str, Any]:
        """The card for links as the head of a page names it; empty until it is made."""
        row = self._row(Kind.LINK_PNG, language)
        if row is None or row.document is None:
            return {}
        width, height = SHAPES["link"]
        return {"url": absolute(str(row.document.url)), "width": width, "height": height}

    def cards(self, language: str) -> list[dict[str, Any]]:
        """The shapes of a language, each with its files as components/share_kit.html shows them."""
        found: dict[str, list[dict[str, str]]] = {}
        for row in self.rows:
            if row.language == language and row.kind != Kind.SHEET and row.document is not None:
                file = {
                    "url": str(row.document.url),
                    "format": row.document.format.upper(),
                    "size": filesizeformat(row.document.file_size or 0),
                }
                found.setdefault(row.kind.partition("_")[0], []).append(file)
        return [{"name": names()[shape], "files": files} for shape, files in found.items()]

    def sheet(self, language: str) -> dict[str, str]:
        row = self._row(Kind.SHEET, language)
        if row is None or row.document is None:
            return {"sheet_url": "", "sheet_size": ""}
        return {
            "sheet_url": str(row.document.url),
            "sheet_size": filesizeformat(row.document.file_size or 0),
        }


def names() -> dict[str, str]:
    """What the three shapes are for, in the active language."""
    return {"link": _("For links"), "square": _("Square"), "tall": _("For stories on a phone")}


def files_of(key: uuid.UUID) -> Files:
    """The files of a fact that can be fetched; kept in the cache between changes."""
    return Files(SHELF.shown_of(key))


def make_kit(pair: Pair) -> None:
    """Make every card and sheet of the languages that are public, and take back all others."""
    key = pair.en.translation_key
    live = public_sides(pair)
    is_current = partial(are_public_still, live)
    SHELF.withdraw(key, still=[(kind, language) for kind in Kind.values for language in live])
    for language, side in live.items():
        with override(language):
            for extension, draw in (("png", cards_png), ("svg", cards_svg)):
                drawn = once(partial(draw, card_of(side)))  # three shapes in one go
                for shape in SHAPES:
                    SHELF.put(
                        key, f"{shape}_{extension}", language,
                        title=f"{side.title} {names()[shape]}", extension=extension,
                        make=partial(_card, drawn, shape), is_current=is_current,
                    )  # fmt: skip
            SHELF.put(
                key, Kind.SHEET, language,
                title=f"{side.title} A4", extension="pdf", make=partial(_sheet, side),
                is_current=is_current,
            )  # fmt: skip


def _card(drawn: Callable[[], dict[str, bytes]], shape: str, number: int) -> bytes:
    """A card carries no number: its version is that of the page."""
    return drawn()[shape]


def refresh() -> int:
    """Take back files of expired facts, try again what failed; the number of facts tried."""
    for key in expired_facts().values_list("translation_key", flat=True).distinct():
        SHELF.withdraw(key)
    failed = FactPage.objects.live().filter(
        translation_key__in=SHELF.failed().values("translation_key")
    )
    tried = {page.translation_key: page for page in failed}
    with shared_worker():
        for page in tried.values():
            make_kit(pair_of(page))
    return len(tried)


def card_of(page: FactPage) -> ShareCard:
    """What the cards of one language say."""
    return ShareCard(
        language=language_of(page),
        text=page.title,
        kicker=_("The fact"),
        by=_("City of Sanctuary in Wales"),
        seed=page.seed,
        colours=COLOURS,
        link=short_address(page.translation_key).partition("://")[2],
        qr=qr_svg(short_address(page.translation_key)),
        sample=_("Sample") if page.is_sample else "",
    )


def _sheet(page: FactPage, number: int) -> bytes:
    return print_pdf(Sheet.HANDOUT, [sheet_face(page)])


def sheet_face(page: FactPage) -> Face:
    """The fact on paper in one language: first, with what is known, and again."""
    link = short_address(page.translation_key)
    with override(language_of(page)):
        known = [REFERENCES.sub("", line).strip() for line in lines_of(page.what_we_know)]
        sources = [link.evidence for link in page.sources.select_related("evidence")]
        return Face(
            language=language_of(page),
            title=page.title,
            lede=page.summary,
            sections=(
                Section(_("What we know"), lines_as("bullet", known)),
                Section(
                    _("What we do not know"), lines_as("paragraph", [page.what_we_do_not_know])
                ),
                Section(_("The fact again"), lines_as("paragraph", [page.said_last])),
                Section(_("Sources"), lines_as("number", [source.title for source in sources])),
            ),
            link=link,
            link_words=_("This page in Welsh and English:"),
            sample=_("Sample") if page.is_sample else "",
            small_print=_("Last reviewed: %(day)s") % {"day": date_format(page.reviewed_on)}
            if page.reviewed_on
            else "",
            qr=qr_svg(link),
        )


# ── the texts ────────────────────────────────────────────────────────────────────────────────


def kits_of(page: FactPage, files: Files) -> list[dict[str, Any]]:
    """Both halves for components/share_kit.html, the page's language first."""
    language = language_of(page)
    halves = [texts_of(page)]
    twin = _twin_texts(page.translation_key, other_language(language))
    if twin:
        halves.append(twin)
    return [
        {
            **half,
            "name": OWN_NAMES[half["code"]],
            "cards": _named(files, half["code"]),
            **files.sheet(half["code"]),
        }
        for half in halves
    ]


def _named(files: Files, language: str) -> list[dict[str, Any]]:
    with override(language):
        return files.cards(language)


def texts_of(page: FactPage) -> dict[str, Any]:
    """What is ready to send in the page's own language, each with the address of this page."""
    language, address = language_of(page), absolute(page.url or "")
    with override(language):
        shared = page.share_text or f"{page.title} {page.summary}"
        text = _("%(fact)s The fact and its sources: %(address)s") % {
            "fact": shared,
            "address": address,
        }
        return {
            "code": language,
            "title": page.title,
            "seed": page.seed,
            "text": text,
            "message": f"{page.message or page.title} {address}",
            "subject": page.title,
            "alt": alt_of(page.title, page.card_alt),
        }


def _twin_texts(key: uuid.UUID, language: str) -> dict[str, Any]:
    """The half of the other language, kept in the cache; empty while that page is not live."""
    name = _cache_key(key, language)
    found: dict[str, Any] | None = cache.get(name)
    if found is None:
        page = (
            FactPage.objects.live()
            .filter(translation_key=key, locale__language_code=language)
            .select_related("locale")
            .first()
        )
        found = texts_of(page) if page is not None else {}
        cache.set(name, found, CACHE_SECONDS)
    return found


def forget(key: uuid.UUID) -> None:
    """The texts of this pair have changed."""
    cache.delete_many([_cache_key(key, language) for language in ("cy", "en")])


def _cache_key(key: uuid.UUID, language: str) -> str:
    return f"facts.kit.{key.hex}.{language}"


def short_link_of(page: FactPage) -> str:
    """For paper: leads to both languages, whichever is read."""
    return short_address(page.translation_key)


def health_line() -> tuple[str, bool, str]:
    """For the health page: whether every card could be made at its last try."""
    return "Cardiau ffeithiau", not SHELF.failed().exists(), "Share cards of facts"
