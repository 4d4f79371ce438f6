"""The pack that a visitor chooses: its state is the address, and nothing is kept anywhere.

`r` names resources by their key, `minutes` and `people` say what there is, `l` the language and
`f` the files. Whatever the address holds, a person reads what to do next and keeps the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bilingual.models import is_restricted, language_of
from resources.models import ResourcePage
from resources.models.resource import MOST_MINUTES, MOST_PEOPLE

MOST_RESOURCES = 20  # in one pack
LANGUAGES = ("both", "cy", "en")
FILES = ("print", "change")
LONGEST_SHOWN = 20  # characters of what somebody wrote, in a message


@dataclass(frozen=True)
class Wish:
    """What the address asks for. `written` holds numbers as they were typed, wrong ones too."""

    keys: tuple[UUID, ...] = ()
    minutes: int | None = None
    people: int | None = None
    language: str = "both"
    files: tuple[str, ...] = FILES
    written: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of an address that asks for the same."""
        found = [("r", key.hex) for key in self.keys]
        found += [(name, self.written[name]) for name in ("minutes", "people")
                  if self.written.get(name)]  # fmt: skip
        if self.language != "both":
            found.append(("l", self.language))
        if self.files != FILES:
            found += [("f", name) for name in self.files]
        return found

    def address(self, name: str = "pack_builder") -> str:
        """The address of the builder, of the download or of the print, in the active language."""
        query = urlencode(self.pairs())
        return f"{reverse(name)}?{query}" if query else reverse(name)

    def adding(self, *keys: UUID) -> "Wish":
        return replace(self, keys=tuple(dict.fromkeys([*self.keys, *keys])))

    def without(self, key: UUID) -> "Wish":
        return replace(self, keys=tuple(kept for kept in self.keys if kept != key))


def wish_of(query: QueryDict) -> Wish:
    """Read an address. Nothing is refused: what cannot be read is said in `errors` and `notes`."""
    keys, notes = _keys(query.getlist("r"))
    errors: dict[str, str] = {}
    written = {name: query.get(name, "").strip()[:LONGEST_SHOWN] for name in ("minutes", "people")}
    minutes = _number(written["minutes"], MOST_MINUTES)
    people = _number(written["people"], MOST_PEOPLE)
    if written["minutes"] and minutes is None:
        errors["minutes"] = _("Write the minutes as a whole number from 1 to %(most)d.") % {
            "most": MOST_MINUTES
        }
    if written["people"] and people is None:
        errors["people"] = _("Write the number of people as a whole number from 1 to %(most)d.") % {
            "most": MOST_PEOPLE
        }
    language = query.get("l", "")
    files = tuple(name for name in FILES if name in query.getlist("f"))
    return Wish(
        keys=keys,
        minutes=minutes,
        people=people,
        language=language if language in LANGUAGES else "both",
        files=files or FILES,
        written=written,
        errors=errors,
        notes=tuple(notes),
    )


def _keys(values: Sequence[str]) -> tuple[tuple[UUID, ...], list[str]]:
    found: dict[UUID, None] = {}
    unreadable = twice = 0
    for value in values:
        try:
            key = UUID(hex=value)
        except ValueError:
            unreadable += 1
            continue
        twice += key in found
        found[key] = None
    notes = []
    if unreadable:
        notes.append(_unknown(unreadable))
    if twice:
        notes.append(_("A resource stood in the address twice. It is in the pack once."))
    if len(found) > MOST_RESOURCES:
        notes.append(
            _("A pack holds %(most)d resources at most. The others were left out.")
            % {"most": MOST_RESOURCES}
        )
    return tuple(found)[:MOST_RESOURCES], notes


def _unknown(count: int) -> str:
    return ngettext(
        "%(count)d resource in the address is not known or no longer available. "
        "It was left out.",
        "%(count)d resources in the address are not known or no longer available. "
        "They were left out.",
        count,
    ) % {"count": count}  # fmt: skip


def _number(text: str, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < LONGEST_SHOWN):
        return None
    number = int(text)
    return number if 1 <= number <= most else None


def live_resources(language: str) -> dict[UUID, ResourcePage]:
    """Every public resource by key, in `language` where it is public in it: one query.

    The library of a small charity holds some hundreds; texts are not read.
    """
    found: dict[UUID, ResourcePage] = {}
    pages = (
        ResourcePage.objects.filter(~is_restricted(), live=True)
        .select_related("locale")
        .defer_streamfields()
        .order_by("path")
    )
    for page in pages:
        if page.translation_key not in found or language_of(page) == language:
            found[page.translation_key] = page
    return found


def known_only(wish: Wish, known: Iterable[UUID]) -> Wish:
    """The wish without resources that are not public; says how many were left out."""
    there = set(known)
    kept = tuple(key for key in wish.keys if key in there)
    if len(kept) == len(wish.keys):
        return wish
    missing = len(wish.keys) - len(kept)
    return replace(wish, keys=kept, notes=(*wish.notes, _unknown(missing)))


def fits_people(resource: Any, people: int | None) -> bool:
    """The group is neither too small nor too large; any group fits a resource without bounds."""
    if people is None:
        return True
    return (resource.least_people or 1) <= people <= (resource.most_people or MOST_PEOPLE)


def proposal(
    resources: Iterable[ResourcePage], minutes: int, people: int | None
) -> list[ResourcePage]:
    """Resources that together fill the minutes as well as can be, and fit the group.

    Of all selections that are not longer than `minutes` the fullest one; among equally full ones
    that of the fewest resources, and of those the first found. Material without a time is not
    proposed.
    """
    best: dict[int, list[ResourcePage]] = {0: []}
    for resource in resources:
        length = resource.minutes
        if not length or length > minutes or not fits_people(resource, people):
            continue
        for total in sorted(best, reverse=True):
            longer = total + length
            if longer > minutes or len(best[total]) >= MOST_RESOURCES:
                continue
            if longer not in best or len(best[longer]) > len(best[total]) + 1:
                best[longer] = [*best[total], resource]
    return best[max(best)]


def pack_link(query: QueryDict, key: str) -> dict[str, Any]:
    """For components/pack_button.html: whether a resource is in the pack of this address, and the
    address of the pack with it, or without it when it is in."""
    wish, own = wish_of(query), UUID(hex=key)
    inside = own in wish.keys
    changed = wish.without(own) if inside else wish.adding(own)
    return {"in_pack": inside, "url": changed.address()}


def pack_address(key: str) -> str:
    """A pack with this one resource, in the active language."""
    return Wish(keys=(UUID(hex=key),)).address()
