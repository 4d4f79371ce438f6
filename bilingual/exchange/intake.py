"""Bundles out of pairs, and files back into drafts, with a receipt for every text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.strings import StringValue

from bilingual import pairs, staleness, termbase
from bilingual.exchange import files, memory, units
from bilingual.exchange.files import Bundle, Entry, Words
from bilingual.exchange.units import Unit
from bilingual.models import language_of, other_language

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def bundle_of(page: Page, language: str) -> Bundle:
    """What a translator into `language` gets: the latest drafts of this pair.

    Raises:
        PairRefused: the pair has no page in the language to be read.
    """
    source, target = _drafts(page, language)
    found = units.units_of(source, target)
    offered = memory.suggestions([unit for unit in found if not unit.target], language)
    return Bundle(
        page.translation_key,
        language,
        [
            Entry(
                key=unit.key,
                source=_words(unit.source, unit),
                target=_words(unit.target, unit),
                is_rich=unit.is_rich,
                label=unit.label,
                suggestion=offered.get(unit, ""),
            )
            for unit in found
        ],
    )


def _words(text: str, unit: Unit) -> Words:
    """The same text in both shapes that a file may need."""
    if unit.is_rich:
        return Words(StringValue(text).render_text(), text)
    return Words(text, "")


def _drafts(page: Page, language: str) -> tuple[Any, Any]:
    """The latest drafts: of the language read, and of the one to be written."""
    pair = pairs.pair_of(page)
    return (
        pairs.latest_draft(pair.side(other_language(language))),
        pairs.latest_draft(pair.side(language)),
    )


@dataclass(frozen=True)
class Line:
    """What became of one text of a file. `reason` is empty where it was accepted."""

    label: str
    text: str
    reason: str = ""


@dataclass
class Receipt:
    """What became of one file. `complaint` is set where nothing of it could be used."""

    name: str
    complaint: str = ""
    title: str = ""
    language: str = ""
    address: str = ""
    accepted: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    unchanged: int = 0


def take_in(name: str, data: bytes, user: Any) -> Receipt:
    """Lay what a file brings into the draft of its language; nothing is published.

    Every text is judged by itself. One that has changed on the site since the file was made, in
    either language, is refused, so that no hand-made text is lost.
    """
    receipt = Receipt(name)
    try:
        bundle = files.read(data)
        with transaction.atomic():
            _take_in(receipt, bundle, user)
    except (files.BadFile, pairs.PairRefused) as refusal:
        receipt.accepted, receipt.unchanged = [], 0
        receipt.complaint = str(refusal)
    return receipt


def _take_in(receipt: Receipt, bundle: Bundle, user: Any) -> None:
    page = Page.objects.filter(translation_key=bundle.pair, depth__gt=1).first()
    if page is None:
        raise files.BadFile(_("The page of this file does not exist here, or not any more."))
    if not any(entry.target.text.strip() for entry in bundle.entries):
        raise files.BadFile(_("There is no translation in this file."))
    if language_of(page) != bundle.language:
        pairs.make_twin(page, user=user)
    source, target = _drafts(page, bundle.language)
    if user is not None and not target.permissions_for_user(user).can_edit():
        raise files.BadFile(_("You may not write this page in the language of this file."))
    receipt.title, receipt.language = source.title or target.title, bundle.language
    receipt.address = reverse("compose_pair", args=[bundle.pair])
    opened_with = {bundle.language: target.latest_revision_id}
    words = _judge(receipt, bundle, units.units_of(source, target), target)
    for unit in units.write(source, target, words):
        del words[unit]
        receipt.refused.append(
            Line(
                unit.label,
                unit.source,
                _("The two languages have other blocks or paragraphs here: write it side by side."),
            )
        )
    receipt.accepted = [Line(unit.label, unit.source) for unit in words]
    for unit, text in words.items():
        both = {bundle.language: text, other_language(bundle.language): unit.source}
        bare = {language: staleness.bare(words) for language, words in both.items()}
        receipt.advice += termbase.advice(bare)[bundle.language]
    receipt.advice = list(dict.fromkeys(receipt.advice))
    if words:
        pairs.save_drafts({bundle.language: target}, user, opened_with=opened_with)


def _judge(receipt: Receipt, bundle: Bundle, known: Sequence[Unit], target: Any) -> dict[Unit, str]:
    """The texts to be written; the others are counted or refused on the receipt."""
    by_place: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for each in known:
        by_place[each.path, each.source].append(each)
    paths = {each.path for each in known}
    rich = {each.path for each in known if each.is_rich}
    words: dict[Unit, str] = {}
    for entry in bundle.entries:
        place, _at, base = entry.key.rpartition("@")
        path, _hash, number = place.rpartition("#")
        is_rich = path in rich
        text = units.clean(entry.target.markup if is_rich else entry.target.text)
        said = units.clean(entry.source.markup if is_rich else entry.source.text)
        same = by_place.get((path, said), [])
        unit = next((one for one in same if str(one.number) == number), same[0] if same else None)
        if not text.strip():
            continue
        if unit is None:
            reason = (
                _("The text was changed on the site after this file was made.")
                if path in paths
                else _("This text is not on the page, or not any more.")
            )
            receipt.refused.append(Line("", said, reason))
            continue
        if text == unit.target:
            receipt.unchanged += 1
            continue
        if not entry.is_sure:
            reason = _("The translator’s program marks it as unfinished.")
        elif base != unit.base:
            reason = _("Somebody wrote this text by hand after the file was made.")
        else:
            reason = _fault(unit, text, target)
        if reason:
            receipt.refused.append(Line(unit.label, said, reason))
        else:
            words[unit] = text
    return words


def _fault(unit: Unit, text: str, target: Any) -> str:
    """Why this text cannot stand in the place of this unit; empty where it can."""
    if unit.is_rich:
        try:
            StringValue.from_translated_html(text)
        except ValueError:
            return _("It holds tags that do not belong into a sentence.")
        if _tags(text) != _tags(unit.source):
            return _("Links or bold and italic passages are missing, or there are new ones.")
    if Counter(_PLACEHOLDER.findall(text)) != Counter(_PLACEHOLDER.findall(unit.source)):
        return _("A placeholder is missing, or there is a new one.")
    field = target._meta.get_field(unit.path.partition(".")[0])
    if not isinstance(field, StreamField):
        try:
            field.run_validators(text)
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


def _tags(markup: str) -> Counter[tuple[str, str]]:
    return Counter(
        (tag.name, str(tag.get("id", "")))
        for tag in BeautifulSoup(markup, "html.parser").find_all()
    )
