"""Blocks of long texts in two columns: equal ids for twins, and what a new pair starts with.

Segments are addressed by block id (`body.<id>`): without equal ids no paragraph has a counterpart.
"""

import uuid
from collections import defaultdict, deque
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField
from wagtail.models import Page

from bilingual.completeness import text_fields


def stream_fields(page: Page) -> list[StreamField]:
    """The long texts of this page that have a language."""
    return [field for field in text_fields(page) if isinstance(field, StreamField)]


def start(one: Page, other: Page) -> None:
    """Put the type's starting blocks into two new pages, with equal ids, and its starting days.

    `starting_days` of a page type says for the names of dates how many days after today they are.
    """
    for name, days in getattr(type(one), "starting_days", {}).items():
        for page in (one, other):
            setattr(page, name, timezone.localdate() + timedelta(days))
    for name, kinds in getattr(type(one), "starting_blocks", {}).items():
        ids = [str(uuid.uuid4()) for _kind in kinds]
        for page in (one, other):
            block = page._meta.get_field(name).stream_block  # type: ignore[union-attr]
            value = StreamValue(
                block,
                [
                    (kind, block.child_blocks[kind].get_default(), key)
                    for kind, key in zip(kinds, ids, strict=True)
                ],
            )
            setattr(page, name, value)


def give_equal_ids(leader: Page, follower: Page) -> None:
    """Give each block of `follower` without a counterpart the id of one of its kind.

    Blocks that share an id already stay a pair, however they were moved; what is left is paired
    in order. A block that only one language has keeps its own id.
    """
    for field in stream_fields(leader):
        _equal_stream(field.value_from_object(leader), field.value_from_object(follower))


def _equal_stream(leader: StreamValue, follower: StreamValue) -> None:
    known = {child.id for child in leader}
    held = {child.id for child in follower}
    free: dict[str, deque[Any]] = defaultdict(deque)
    for child in leader:
        child.id = child.id or str(uuid.uuid4())
        if child.id not in held:
            free[child.block_type].append(child)
    partners = {child.id: child for child in leader}
    for child in follower:
        if child.id not in known and free[child.block_type]:
            child.id = free[child.block_type].popleft().id
        child.id = child.id or str(uuid.uuid4())
        partner = partners.get(child.id)
        if partner is not None and partner.block_type == child.block_type:
            _equal_value(partner.value, child.value)


def _equal_value(leader: Any, follower: Any) -> None:
    if isinstance(leader, StreamValue) and isinstance(follower, StreamValue):
        _equal_stream(leader, follower)
    elif isinstance(leader, StructValue) and isinstance(follower, StructValue):
        for name, value in leader.items():
            _equal_value(value, follower.get(name))
    elif isinstance(leader, ListValue) and isinstance(follower, ListValue):
        for mine, theirs in zip(leader.bound_blocks, follower.bound_blocks, strict=False):
            theirs.id = mine.id
            _equal_value(mine.value, theirs.value)


def says_nothing(child: Any) -> bool:
    """A block in which nobody has written or chosen anything."""
    return not _content(child.get_prep_value()["value"])


def _content(stored: Any) -> bool:
    if isinstance(stored, dict):
        return any(_content(value) for value in stored.values())
    if isinstance(stored, list):
        return any(_content(value) for value in stored)
    if isinstance(stored, str):
        return bool(strip_tags(stored).strip())
    return stored is not None and stored is not False


def untouched(one: Page, other: Page) -> dict[str, set[str]]:
    """Ids of starting blocks that are empty in both languages, by field name."""
    found: dict[str, set[str]] = {}
    for field in stream_fields(one):
        kinds = set(getattr(type(one), "starting_blocks", {}).get(field.name, ()))
        filled: set[str] = set()
        empty: set[str] = set()
        for page in (one, other):
            for child in field.value_from_object(page):
                nothing = child.block_type in kinds and says_nothing(child)
                (empty if nothing else filled).add(child.id)
        found[field.name] = empty - filled
    return found
