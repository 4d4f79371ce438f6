"""One language ahead of the other: allowed only in writing, with a reason and a day.

An open entry is what makes half a pair legitimate (`bilingual.check` counts every other half as a
fault). It is closed by itself when the other language catches up, or when both leave the public.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bilingual.models import LONGEST_REASON, LanguageException

WORKING_DAYS = 2  # the Welsh Language Commissioner’s measure for late translation
SATURDAY = 5


def due_after(day: date, working_days: int = WORKING_DAYS) -> date:
    """The day that many working days later; weekends are left out, bank holidays are not known."""
    while working_days:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            working_days -= 1
    return day


@dataclass(frozen=True)
class GoAhead:
    """What an author says when one language goes ahead: why, and when the other one follows.

    `kind` is one of `LanguageException.Kind`; `asked_by` is the author where somebody else
    approves.
    """

    kind: str
    reason: str
    due_on: date | None = None
    asked_by: Any = None


def open_for(key: uuid.UUID) -> LanguageException | None:
    """The open entry of this pair."""
    return LanguageException.objects.filter(translation_key=key, closed_at__isnull=True).first()


def open_entries(keys: Sequence[uuid.UUID] | None = None) -> dict[uuid.UUID, LanguageException]:
    """All open entries by pair, the one due first at the front."""
    entries = LanguageException.objects.filter(closed_at__isnull=True).select_related("opened_by")
    if keys is not None:
        entries = entries.filter(translation_key__in=keys)
    return {entry.translation_key: entry for entry in entries}


def record(key: uuid.UUID, language: str, answer: GoAhead, user: Any) -> LanguageException:
    """Write the decision down; a new one takes the place of an open one."""
    close(key)
    now = timezone.now()
    settled = answer.kind == LanguageException.Kind.NO_CHANGE
    return LanguageException.objects.create(
        translation_key=key,
        kind=answer.kind,
        language=language,
        reason=answer.reason.strip()[:LONGEST_REASON],
        due_on=None if settled else answer.due_on or due_after(timezone.localdate()),
        opened_at=now,
        opened_by=answer.asked_by or user,
        approved_by=user,
        closed_at=now if settled else None,
    )


def close(*keys: uuid.UUID) -> None:
    """The other language has caught up, or neither is public any more."""
    LanguageException.objects.filter(translation_key__in=keys, closed_at__isnull=True).update(
        closed_at=timezone.now()
    )
