"""What a person reads on a screen of the admin, and which of it is an English string.

Strings of the interface reach a screen as text, as spoken attributes, and as data for scripts
(the menu, the blocks of a StreamField): all three are read.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polib

from catalogues import ROOT
from catalogues.upstream import DOMAINS, PACKAGES, asked_for, catalogue_of

SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-w-tooltip-content-value")
# Names of people, places, groups and products are names in every language.
NAMES = {"English", "Cymraeg", "Wagtail", "Noddfa", "Moderators", "Editors"}
NO_TEXTS = {"_type", "name", "icon", "icon_name", "classname"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]*>")
# A sentence that holds one of these is English, whether a catalogue knows it or not.
ENGLISH = re.compile(
    r"\b(the|and|with|your|you|this|that|from|are|have|has|not|cannot|please|will|which)\b", re.I
)
FEWEST_LETTERS = 8  # outside its placeholders, for a pattern to say anything


def squeezed(text: str) -> str:
    return " ".join(text.split())


class AdminWords(HTMLParser):
    """All texts of a screen, in `found`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._silent = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "svg"):
            is_data = values.get("type") == "application/json"
            self._silent = "" if is_data else tag
        if tag == "textarea" and values.get("lang") == "en":
            self._silent = tag  # the English column of a pair: what editors wrote, and marked so
        for name, value in values.items():
            if name in SPOKEN:
                self._keep(value)
            elif value[:1] in "[{":
                self._read_data(value)
        if tag == "input" and values.get("type") in ("submit", "button"):
            self._keep(values.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._read_data(data):
            self._keep(data)

    def _keep(self, text: str) -> None:
        text = squeezed(text)
        if "<" in text and ">" in text:
            self.found |= AdminWords(text).found
        elif text:
            self.found.add(text)

    def _read_data(self, text: str) -> bool:
        """Keep the strings in a JSON text; False if it is none."""
        if text.strip()[:1] not in ("[", "{"):
            return False
        try:
            data = json.loads(text)
        except ValueError:
            return False
        for value in strings_in(data):
            self._keep(value)
        return True


def strings_in(data: Any) -> Iterator[str]:
    """Every text in what JSON can hold. Keys, and words in small letters, are names of things."""
    if isinstance(data, str):
        if not data.islower() or " " in data:
            yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in NO_TEXTS:
                yield from strings_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings_in(value)


@cache
def english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Strings of all English catalogues, ours too: whole ones, and patterns of those with gaps.

    Left out is what our Welsh spells in the same way.
    """
    asked, welsh = set(), set()
    for domain in DOMAINS:
        ours = set(ROOT.glob(f"locale/*/cy/LC_MESSAGES/{domain}.po"))
        theirs = {catalogue_of(package, "cy", domain) for package in PACKAGES}
        asked |= {message.msgid for name in PACKAGES for message in asked_for(name, domain)}
        for path in filter(Path.exists, ours | theirs):
            for entry in polib.pofile(str(path)):
                asked |= {entry.msgid, entry.msgid_plural} if path in ours else set()
                welsh |= {entry.msgstr, *entry.msgstr_plural.values()}
    for text in list(asked):
        if TAG.search(text):
            # A text with tags reaches the reader in parts.
            asked |= {part for part in TAG.split(text) if len(part.split()) > 2}
    whole, patterns = set(), []
    spelt_alike = {squeezed(text).casefold() for text in welsh} | {n.casefold() for n in NAMES}
    for text in map(squeezed, asked):
        if TAG.search(text) or not re.search(r"[A-Za-z]{2}", text):
            continue
        if text.casefold() in spelt_alike:
            continue
        if not PLACEHOLDER.search(text):
            whole.add(text)
        elif len(re.findall(r"[A-Za-z]", PLACEHOLDER.sub("", text))) >= FEWEST_LETTERS:
            parts = map(re.escape, PLACEHOLDER.split(text))
            patterns.append(re.compile(".{1,60}?".join(parts)))
    return frozenset(whole), tuple(patterns)


def english_among(texts: set[str], names: set[str]) -> set[str]:
    """The texts that are strings of an English catalogue, or sentences in English.

    `names` are texts that an editor wrote: titles of pages in both trees and the like.
    """
    whole, patterns = english()
    found = set()
    for text in texts - names:
        bare = text
        for name in names:
            bare = bare.replace(name, "…")
        if (
            text in whole
            or (" " in text and "/" not in text.split()[0] and ENGLISH.search(bare))
            or (" " in text and any(pattern.fullmatch(text) for pattern in patterns))
        ):
            found.add(text)
    return found
