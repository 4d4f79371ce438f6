"""What can go wrong between two trees, found by reading every page row once."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from bilingual import exceptions
from bilingual.models import LanguageException, language_of


@dataclass(frozen=True)
class Fault:
    """One pair that is not whole. `kind`: half, orphan, double, alias, apart or schedule."""

    kind: str
    key: UUID
    title: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.title} ({self.key})"


def faults() -> list[Fault]:
    """All faults, by kind and title; empty when the site is whole.

    half: one language public alone without an open exception. orphan: no page in the other
    language. double: two pages of one pair in one language. alias: a page that only mirrors
    another. apart: the twins do not stand below twins. schedule: the two times differ.
    """
    sides: dict[UUID, list[Page]] = defaultdict(list)
    keys_by_path: dict[str, UUID] = {}
    for page in Page.objects.filter(depth__gt=1).select_related("locale").order_by("path"):
        sides[page.translation_key].append(page)
        keys_by_path[page.path] = page.translation_key
    allowed = {
        key: entry.language
        for key, entry in exceptions.open_entries().items()
        if entry.kind == LanguageException.Kind.ALONE
    }
    found = []
    for key, pages in sides.items():
        title = pages[0].title
        if any(page.alias_of_id for page in pages):
            found.append(Fault("alias", key, title))
        if len({page.locale_id for page in pages}) < len(pages):
            found.append(Fault("double", key, title))
        elif len(pages) == 1:
            found.append(Fault("orphan", key, title))
        public = [language_of(page) for page in pages if page.live]
        if len(public) == 1 and public[0] != allowed.get(key):
            found.append(Fault("half", key, title))
        if len({keys_by_path.get(page.path[: -Page.steplen]) for page in pages}) > 1:
            found.append(Fault("apart", key, title))
        if len({(page.go_live_at, page.expire_at) for page in pages}) > 1:
            found.append(Fault("schedule", key, title))
    return sorted(found, key=lambda fault: (fault.kind, fault.title))
