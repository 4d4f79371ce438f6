"""Session plans as they are read: each step with the time at which it begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.blocks import PATTERNS, StepKind, words_of

HOUR = 60


@dataclass(frozen=True)
class Step:
    """A step for components/session_plan.html; `at` and `minutes` are counted in minutes."""

    at: str
    minutes: int
    pattern: str
    kind: str
    title: str
    text: str


@dataclass(frozen=True)
class Plan:
    """A whole plan in one language. `minutes` is the sum of its steps."""

    steps: tuple[Step, ...]
    minutes: int

    @property
    def end_at(self) -> str:
        return clock(self.minutes)


def plan_in(language: str, steps: Iterable[Any]) -> Plan:
    """The steps of a shared stream or list block in "en" or "cy".

    Labels are in the active language: call it with the language of the page switched on.
    """
    shown: list[Step] = []
    minutes = 0
    for step in steps:
        value = getattr(step, "value", step)
        kind = StepKind(value["kind"])
        shown.append(
            Step(
                at=clock(minutes),
                minutes=value["minutes"],
                pattern=PATTERNS[kind],
                kind=str(kind.label),
                title=words_of(value, "title", language),
                text=words_of(value, "text", language),
            )
        )
        minutes += value["minutes"]
    return Plan(tuple(shown), minutes)


def clock(minutes: int) -> str:
    """Minutes since the start as hours and minutes: 85 is “1:25”."""
    return f"{minutes // HOUR}:{minutes % HOUR:02}"


def time_in_words(minutes: int) -> str:
    """A length of time in the active language: “45 minutes”, “2 hours”, “1 hr 30 min”."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return ngettext("%(minutes)d minute", "%(minutes)d minutes", rest) % {"minutes": rest}
    if not rest:
        return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}
    return _("%(hours)d hr %(minutes)d min") % {"hours": hours, "minutes": rest}


def people_in_words(least: int | None, most: int | None) -> str:
    """A size of group in the active language; without bounds any size fits."""
    if least and most and least != most:
        return _("%(least)d to %(most)d people") % {"least": least, "most": most}
    if least and most:
        return ngettext("%(count)d person", "%(count)d people", most) % {"count": most}
    if most:
        return _("Up to %(most)d people") % {"most": most}
    if least:
        return _("%(least)d people or more") % {"least": least}
    return _("Any size")
