"""Which paragraphs have changed since both languages were last in step.

The paragraphs are wagtail-localize's segments (`extract_segments`): a path such as
`body.<block id>.text` and the texts under it in order. What both languages said when they were
last signed off together is kept, so that a change in either one can be shown beside the other.
The engine's own records know one direction only (`bilingual.engine`).
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from bilingual.models import SignedOff, language_of

# The address of a page follows its own title: it is no text to be translated.
LEFT_OUT = {"slug"}


@dataclass(frozen=True)
class Change:
    """One paragraph that the other language has not followed: its path, then and now."""

    path: str
    was: str
    now: str

    @property
    def field(self) -> str:
        """The name of the model field in which the paragraph stands."""
        return self.path.partition(".")[0]


def paragraphs(segments: Iterable[Any]) -> dict[str, list[str]]:
    """The texts among these segments of a page by path, in reading order, without markup."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for segment in segments:
        if isinstance(segment, StringSegmentValue) and segment.path not in LEFT_OUT:
            found[segment.path].append((segment.order, bare(segment.string.data)))
    return {path: [text for _order, text in sorted(texts)] for path, texts in found.items()}


def bare(markup: str) -> str:
    """The words alone, as they are compared."""
    return " ".join(strip_tags(markup).split())


def sign_off(key: uuid.UUID, texts: Mapping[str, dict[str, list[str]]]) -> None:
    """Both languages of this pair are in step as they stand now: language → `paragraphs`."""
    SignedOff.objects.update_or_create(
        translation_key=key, defaults={"signed_at": timezone.now(), "texts": texts}
    )


def signed_off(key: uuid.UUID) -> SignedOff | None:
    """When and with which texts this pair was last in step; None if never."""
    return SignedOff.objects.filter(translation_key=key).first()


def changes(ahead: Page, behind: Page, step: SignedOff | None = None) -> list[Change]:
    """What `ahead` says anew since both were in step and `behind` has not touched.

    Empty where the pair was never signed off: then there is nothing to compare with.
    """
    step = step or signed_off(ahead.translation_key)
    if step is None:
        return []
    then = step.texts.get(language_of(ahead), {})
    now = paragraphs(extract_segments(ahead))
    kept = step.texts.get(language_of(behind), {})
    current = paragraphs(extract_segments(behind))
    found = []
    for path in dict.fromkeys([*now, *then]):
        if now.get(path) == then.get(path) or current.get(path) != kept.get(path):
            continue
        pairs: Any = zip_longest(then.get(path, []), now.get(path, []), fillvalue="")
        found += [Change(path, was, text) for was, text in pairs if was != text]
    return found
