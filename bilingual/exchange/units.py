"""The paragraphs of one language beside those of the other, and the way back into a draft.

Paragraphs are wagtail-localize's segments, read from both drafts without its database records: so
either language may be the source, and what stands in a draft counts, by hand or by file. Writing
touches the paragraphs alone. Pictures, choices and blocks that only the written language has stay.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.text import capfirst
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, restore_strings

from bilingual import staleness
from bilingual.completeness import LONGEST_NAME, text_fields
from bilingual.models import language_of

OWN_FIELDS = ("title", "seo_title", "search_description")
# What XML 1.0 cannot hold; pasted Word texts bring some of it along.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Unit:
    """One paragraph: what it says in the language read and in the language to be written.

    `source` and `target` are inline markup where `is_rich` (links as `<a id="a1">`), else plain
    text. `target` is empty where nothing is written yet. `base` stands for what the written
    language says there now: a file that brings another one was made before somebody wrote by hand.
    """

    path: str
    number: int  # among the paragraphs of this path
    source: str
    target: str
    base: str
    is_rich: bool
    label: str

    @property
    def key(self) -> str:
        """What names this unit in a file."""
        return f"{self.path}#{self.number}@{self.base}"


def clean(text: str) -> str:
    """The text as every format can carry it."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class _Texts:
    """All paragraphs of a page by path, and the frames in which rich text holds its own."""

    paragraphs: dict[str, list[StringSegmentValue]]
    frames: dict[str, str]

    def words(self, path: str) -> list[str]:
        return [_words(segment, path in self.frames) for segment in self.paragraphs.get(path, [])]


def _words(segment: StringSegmentValue, is_rich: bool) -> str:
    return clean(segment.string.data if is_rich else segment.render_text())


def _texts_of(page: Page) -> _Texts:
    names = {*OWN_FIELDS, *(field.name for field in text_fields(page))}
    paragraphs: dict[str, list[StringSegmentValue]] = defaultdict(list)
    frames = {}
    for segment in sorted(extract_segments(page), key=lambda segment: segment.order):
        if segment.path.partition(".")[0] not in names:
            continue
        if isinstance(segment, TemplateSegmentValue):
            frames[segment.path] = segment.template
        elif isinstance(segment, StringSegmentValue) and segment.render_text().strip():
            paragraphs[segment.path].append(segment)
    return _Texts(dict(paragraphs), frames)


def units_of(source: Page, target: Page) -> list[Unit]:
    """Every paragraph of `source` in reading order, with its counterpart in `target`."""
    return _units(source, target, _texts_of(source), _texts_of(target))


def _units(source: Page, target: Page, read: _Texts, written: _Texts) -> list[Unit]:
    step = staleness.signed_off(source.translation_key)
    found = []
    for path, words in ((path, read.words(path)) for path in read.paragraphs):
        partners = _partners(
            words,
            written.words(path),
            _said_then(step, source, path),
            _said_then(step, target, path),
        )
        for number, text in enumerate(words):
            now = partners.get(number, "")
            whole = len(words) != len(written.paragraphs.get(path, []))
            found.append(
                Unit(
                    path=path,
                    number=number,
                    source=text,
                    target="" if _is_copy(text, now) else now,
                    base=_digest("\n".join(written.words(path)) if whole else now),
                    is_rich=path in read.frames,
                    label=_label(source, path),
                )
            )
    return found


def _said_then(step: Any, page: Page, path: str) -> list[str]:
    return [] if step is None else list(step.texts.get(language_of(page), {}).get(path, []))


def _partners(
    words: Sequence[str], others: Sequence[str], then: Sequence[str], others_then: Sequence[str]
) -> dict[int, str]:
    """The counterpart of each paragraph by its number.

    Where the numbers differ, the paragraphs that have not changed since both were in step keep
    their counterparts; for the others nothing is guessed.
    """
    if len(words) == len(others):
        return dict(enumerate(others))
    bare = staleness.bare
    if len(then) != len(others_then) or [bare(text) for text in others] != list(others_then):
        return {}
    matched = SequenceMatcher(None, then, [bare(text) for text in words], autojunk=False)
    return {
        block.b + step: others[block.a + step]
        for block in matched.get_matching_blocks()
        for step in range(block.size)
    }


def _is_copy(text: str, other: str) -> bool:
    """A twin's blocks start as copies: that is no translation."""
    return text == other and len(text.split()) > LONGEST_NAME


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8] if text else "new"


def _label(page: Page, path: str) -> str:
    return capfirst(str(page._meta.get_field(path.partition(".")[0]).verbose_name))  # type: ignore[union-attr]


class OtherBlocks(LookupError):
    """The draft has another kind of block, or another number of paragraphs, at this place."""


def write(source: Page, target: Page, words: Mapping[Unit, str]) -> list[Unit]:
    """Lay these words into `target` in memory; the units for which there is no place come back.

    Links keep the addresses that the paragraph had in `target`, else those in `source`.
    """
    if not words:
        return []
    read, written = _texts_of(source), _texts_of(target)
    by_path: dict[str, dict[int, tuple[Unit, str]]] = defaultdict(dict)
    for unit, text in words.items():
        by_path[unit.path][unit.number] = (unit, text)
    units = _units(source, target, read, written)
    known = {(unit.path, unit.number): unit for unit in units}
    homeless: list[Unit] = []
    for path, fresh in by_path.items():
        try:
            value = _value(path, fresh, read, written, known)
            _put(source, target, path, value, list(read.paragraphs))
        except OtherBlocks:
            homeless += [unit for unit, _text in fresh.values()]
    return homeless


def _value(
    path: str,
    fresh: Mapping[int, tuple[Unit, str]],
    read: _Texts,
    written: _Texts,
    known: Mapping[tuple[str, int], Unit],
) -> str:
    """The whole text at a path, in the frame of the written language where the numbers agree."""
    models = read.paragraphs[path]
    own = written.paragraphs.get(path, [])
    if path not in read.frames:
        return fresh[0][1]
    parallel = len(own) == len(models) and path in written.frames
    strings = []
    for number, model in enumerate(models):
        stored = own[number] if parallel else None
        attrs = {**(model.attrs or {}), **((stored and stored.attrs) or {})}
        if number in fresh:
            strings.append((StringValue.from_translated_html(fresh[number][1]), attrs))
        elif stored is not None:
            strings.append((stored.string, attrs))
        elif known[path, number].target:
            strings.append(
                (StringValue(known[path, number].target), _attrs(own, known, path, number))
            )
        else:
            raise OtherBlocks(path)
    frame = written.frames[path] if parallel else read.frames[path]
    return str(restore_strings(frame, strings))


def _attrs(
    own: Sequence[StringSegmentValue], known: Mapping[Any, Unit], path: str, number: int
) -> dict[str, Any]:
    """The link addresses of the paragraph that was found to be the counterpart."""
    words = known[path, number].target
    return next((s.attrs or {} for s in own if clean(s.string.data) == words), {})


def _put(source: Page, target: Page, path: str, value: str, paths: Sequence[str]) -> None:
    name, _dot, rest = path.partition(".")
    field = target._meta.get_field(name)
    if not isinstance(field, StreamField):
        setattr(target, name, value)
        return
    stored = field.value_from_object(target).get_prep_value()
    model = field.value_from_object(source).get_prep_value()
    below = [other.split(".")[1:] for other in paths if other.startswith(f"{name}.")]
    _put_in(stored, model, rest.split("."), value, below)
    setattr(target, name, field.stream_block.to_python(stored))


def _put_in(
    stored: Any, model: Any, steps: list[str], value: str, texts: Sequence[list[str]]
) -> None:
    """Set one leaf of stored block data. `texts` are the leaves that hold words in `model`."""
    step, rest = steps[0], steps[1:]
    inside = [other[1:] for other in texts if other[0] == step and len(other) > 1]
    if isinstance(stored, dict):
        if not rest:
            stored[step] = value
        else:
            _put_in(stored[step], model[step], rest, value, inside)
        return
    theirs = next(item for item in model if item["id"] == step)
    mine = next((item for item in stored if item.get("id") == step), None)
    if mine is None:
        mine = copy.deepcopy(theirs)
        if rest:
            for leaf in inside:
                _put_in(mine["value"], theirs["value"], leaf, "", inside)
        before = [item["id"] for item in model[: model.index(theirs)]]
        places = [number for number, item in enumerate(stored) if item.get("id") in before]
        stored.insert(places[-1] + 1 if places else 0, mine)
    if mine["type"] != theirs["type"]:
        raise OtherBlocks(step)
    if not rest:
        mine["value"] = value
    else:
        _put_in(mine["value"], theirs["value"], rest, value, inside)
