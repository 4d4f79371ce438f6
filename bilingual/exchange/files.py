"""Three file formats for one thing: the units of a pair, for one language to be written.

PO by polib, XLIFF by translate-toolkit. Inline tags are elements in XLIFF (`<g id="b1">`,
`<pc id="a1">`), so that a translator's program protects them, and stand as they are in PO.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polib
from django.utils.translation import gettext as _
from lxml import etree
from translate.storage import xliff, xliff2

from bilingual.models import LANGUAGES, other_language

LARGEST_FILE = 5_000_000  # bytes
_ID = re.compile(r"([a-z]+)\d+")
_EMPTY_TAGS = {"br"}


class BadFile(ValueError):
    """This file cannot be read, or was not made here; the message says what to do."""


@dataclass(frozen=True)
class Words:
    """One text as it stands in a file: as plain text and as inline markup."""

    text: str
    markup: str


@dataclass(frozen=True)
class Entry:
    """One unit of a file. `suggestion` comes from the memory and is written on the way out."""

    key: str
    source: Words
    target: Words
    is_sure: bool = True  # the translator's program does not call it unfinished
    is_rich: bool = False
    label: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Bundle:
    """What one file holds: the pair, the language to be written, and the units."""

    pair: uuid.UUID
    language: str
    entries: Sequence[Entry]


def _bundle(pair: str | None, language: str | None, entries: Sequence[Entry]) -> Bundle:
    try:
        key = uuid.UUID(pair or "")
    except ValueError:
        raise BadFile(
            _("This file was not made by this site: it does not say which page it is about.")
        ) from None
    if language not in LANGUAGES:
        raise BadFile(_("This file does not say which language it is for."))
    return Bundle(key, language, entries)


# ── PO ───────────────────────────────────────────────────────────────────────────────────────


def write_po(bundle: Bundle) -> bytes:
    """The units with their keys as contexts; suggestions from the memory are marked fuzzy."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": bundle.language,
        "X-Noddfa-Pair": str(bundle.pair),
        "X-Noddfa-Language": bundle.language,
    }
    for entry in bundle.entries:
        target = _spoken(entry.target, entry)
        catalogue.append(
            polib.POEntry(
                msgctxt=entry.key,
                msgid=_spoken(entry.source, entry),
                msgstr=target or entry.suggestion,
                comment=entry.label,
                flags=["fuzzy"] if entry.suggestion and not target else [],
            )
        )
    return str(catalogue).encode()


def _spoken(words: Words, entry: Entry) -> str:
    return words.markup if entry.is_rich else words.text


def read_po(data: bytes) -> Bundle:
    """Raises BadFile."""
    try:
        catalogue = polib.pofile(data.decode("utf-8-sig") + "\n")
    except (OSError, UnicodeDecodeError, ValueError, IndexError, AttributeError) as error:
        raise BadFile(_("This is no PO file, or it is broken.")) from error
    entries = [
        Entry(
            key=entry.msgctxt or "",
            source=Words(entry.msgid, entry.msgid),
            target=Words(entry.msgstr, entry.msgstr),
            is_sure="fuzzy" not in entry.flags,
        )
        for entry in catalogue
        if not entry.obsolete
    ]
    metadata = catalogue.metadata
    return _bundle(metadata.get("X-Noddfa-Pair"), metadata.get("X-Noddfa-Language"), entries)


# ── XLIFF ────────────────────────────────────────────────────────────────────────────────────


class _Unit12(xliff.Xliff1Unit):
    namespace = "urn:oasis:names:tc:xliff:document:1.2"


class _File12(xliff.Xliff1File):
    namespace = _Unit12.namespace
    UnitClass = _Unit12
    XMLskeleton = (
        f'<?xml version="1.0" encoding="utf-8"?><xliff version="1.2" xmlns="{_Unit12.namespace}">'
        '<file original="NoName" source-language="en" datatype="html"><body/></file></xliff>'
    )


@dataclass(frozen=True)
class _Dialect:
    """What one version of XLIFF calls its parts."""

    store: Any
    span: str  # an element around words
    point: str  # an element without words
    name: str  # the attribute of a unit that carries our key


_V12 = _Dialect(_File12, "g", "x", "resname")
_V20 = _Dialect(xliff2.Xliff2File, "pc", "ph", "name")


def write_xliff_12(bundle: Bundle) -> bytes:
    """One file element; suggestions are alternatives."""
    store = _V12.store()
    store.switchfile(str(bundle.pair), createifmissing=True)
    store.setsourcelanguage(other_language(bundle.language))
    store.settargetlanguage(bundle.language)
    for number, entry in enumerate(bundle.entries, 1):
        unit = store.addsourceunit("", filename=str(bundle.pair))
        unit.xmlelement.set("id", str(number))
        unit.xmlelement.set("resname", entry.key)
        _fill(unit, entry, _V12)
        if entry.suggestion and not entry.target.text:
            unit.addalttrans(entry.suggestion, origin="memory")
        unit.addnote(entry.label, origin="developer")
    return bytes(store)


def write_xliff_20(bundle: Bundle) -> bytes:
    """One file element; suggestions are notes."""
    store = _V20.store()
    store.setsourcelanguage(other_language(bundle.language))
    store.settargetlanguage(bundle.language)
    store.body.set("id", str(bundle.pair))
    for number, entry in enumerate(bundle.entries, 1):
        unit = store.UnitClass("")
        store.addunit(unit)
        whole = unit.getunitelement()
        whole.set("id", f"u{number}")
        whole.set("name", entry.key[:4000])
        _fill(unit, entry, _V20)
        notes = etree.Element(unit.namespaced("notes"))
        etree.SubElement(notes, unit.namespaced("note"), category="place").text = entry.label
        if entry.suggestion and not entry.target.text:
            etree.SubElement(
                notes, unit.namespaced("note"), category="memory"
            ).text = entry.suggestion
        whole.insert(0, notes)
    return bytes(store)


def _fill(unit: Any, entry: Entry, dialect: _Dialect) -> None:
    for name, words in (("source", entry.source), ("target", entry.target)):
        if name == "target" and not words.text:
            continue
        node = unit.xmlelement.find(unit.namespaced(name))
        if node is None:
            node = etree.SubElement(unit.xmlelement, unit.namespaced(name))
        node.text = None
        if entry.is_rich:
            _encode(etree.fromstring(f"<_>{words.markup}</_>"), node, dialect, unit, Counter())
        else:
            node.text = words.text


def _encode(inline: Any, node: Any, dialect: _Dialect, unit: Any, count: Counter[str]) -> None:
    """Inline HTML to inline XLIFF: the id of an element is the name of its tag and a number."""
    node.text = inline.text
    for child in inline:
        count[child.tag] += 1
        kind = dialect.point if child.tag in _EMPTY_TAGS else dialect.span
        made = etree.SubElement(node, unit.namespaced(kind))
        made.set("id", child.get("id") or f"{child.tag}{count[child.tag]}")
        _encode(child, made, dialect, unit, count)
        made.tail = child.tail


def _decode(node: Any, dialect: _Dialect) -> str:
    """Inline XLIFF to inline HTML. What a program added for itself is taken off, its words stay."""
    if node is None:
        return ""
    holder = etree.Element("_")
    _decode_into(node, holder, dialect)
    text = etree.tostring(holder, encoding="unicode")
    return text.removeprefix("<_>").removesuffix("</_>").removesuffix("<_/>")


def _decode_into(node: Any, holder: Any, dialect: _Dialect) -> None:
    _add_text(holder, node.text)
    for child in node:
        if isinstance(child.tag, str):
            known = _ID.fullmatch(child.get("id") or "")
            local = etree.QName(child).localname
            if known and local in (dialect.span, dialect.point):
                made = etree.SubElement(holder, known[1])
                if known[1] == "a":
                    made.set("id", child.get("id"))
                _decode_into(child, made, dialect)
            else:
                _decode_into(child, holder, dialect)
        _add_text(holder, child.tail)


def _add_text(holder: Any, text: str | None) -> None:
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + (text or "")
    else:
        holder.text = (holder.text or "") + (text or "")


def read_xliff(data: bytes) -> Bundle:
    """Either version. Raises BadFile."""
    if b"<!DOCTYPE" in data[:LARGEST_FILE] or b"<!ENTITY" in data:
        raise BadFile(_("This XLIFF file defines entities, which is not accepted."))
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        dialect = _V20 if str(root.get("version", "")).startswith("2") else _V12
        store = dialect.store.parsestring(data)
        units = list(store.units)
    except (etree.XMLSyntaxError, ValueError, StopIteration, TypeError, AttributeError) as error:
        raise BadFile(_("This is no XLIFF file, or it is broken.")) from error
    boxes = [node for node in root if isinstance(node.tag, str)]
    pair = boxes[0].get("id" if dialect is _V20 else "original") if boxes else None
    if len({box.get("original") or box.get("id") for box in boxes}) > 1:
        raise BadFile(_("One file for each page, please: this one holds several."))
    return _bundle(pair, store.targetlanguage, [_entry(unit, dialect) for unit in units])


def _entry(unit: Any, dialect: _Dialect) -> Entry:
    whole = unit.getunitelement() if dialect is _V20 else unit.xmlelement
    nodes = {name: unit.xmlelement.find(unit.namespaced(name)) for name in ("source", "target")}
    source, target = (
        Words("" if node is None else "".join(node.itertext()), _decode(node, dialect))
        for node in nodes.values()
    )
    state = unit.xmlelement.get("state") if dialect is _V20 else None
    if dialect is _V12 and nodes["target"] is not None:
        state = nodes["target"].get("state")
    is_sure = state != "initial" and not str(state).startswith("needs-") and state != "new"
    return Entry(whole.get(dialect.name) or "", source, target, is_sure)


@dataclass(frozen=True)
class Format:
    """How a bundle is written and what such a file is called."""

    label: str
    suffix: str
    write: Callable[[Bundle], bytes]


FORMATS = {
    "po": Format("PO (gettext)", "po", write_po),
    "xliff1": Format("XLIFF 1.2", "xlf", write_xliff_12),
    "xliff2": Format("XLIFF 2.0", "xlf", write_xliff_20),
}


def read(data: bytes) -> Bundle:
    """What this file holds, whatever its name.

    Raises:
        BadFile: too large, empty, broken, or not made here.
    """
    if len(data) > LARGEST_FILE:
        raise BadFile(_("This file is larger than 5 MB."))
    if not data.strip():
        raise BadFile(_("This file is empty."))
    if b"\0" in data:
        raise BadFile(_("This is neither a PO file nor an XLIFF file."))
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    return read_xliff(data) if start.startswith(b"<") else read_po(data)
