"""The editors' first screen: what is wanted, by when, and one press to begin.

Every row is tested for the person's rights and opens the pair side by side.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from bilingual import exceptions, staleness
from bilingual.approval import to_check
from bilingual.models import LANGUAGES, LanguageException, SignedOff, language_of
from bilingual.registries import quick_add, reviews_due

LONGEST_LIST = 10  # rows of one list
REVIEW_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Row:
    """One pair in a list. `days_left` is negative when it is late, and None without a day."""

    title: str
    language: str  # of the title
    address: str
    kind: str = ""  # of the exception
    due_on: date | None = None
    days_left: int | None = None
    who: str = ""
    reason: str = ""
    changes: tuple[staleness.Change, ...] = ()

    @property
    def days_late(self) -> int:
        return 0 if self.days_left is None else max(0, -self.days_left)


def _by_key(pages: Any) -> dict[uuid.UUID, dict[str, Page]]:
    locales = Locale.objects.in_bulk()
    found: dict[uuid.UUID, dict[str, Page]] = {}
    for page in pages:
        page.locale = locales[page.locale_id]  # a specific page is read without it
        found.setdefault(page.translation_key, {})[language_of(page)] = page
    return found


def writable(user: Any) -> Any:
    """The pages that the user may write by right, as one query whatever their number."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_permission_for(user, "change").filter(depth__gt=1)


def _address(key: uuid.UUID) -> str:
    return reverse("compose_pair", args=[key])


def wanted(user: Any) -> dict[str, list[Row]]:
    """By language: pairs in which the user may write what is missing or behind, overdue first."""
    entries = exceptions.open_entries()
    behind = _by_key(writable(user).filter(translation_key__in=entries))
    lists: dict[str, list[LanguageException]] = {language: [] for language in LANGUAGES}
    for key, entry in entries.items():
        chosen = lists[entry.missing_language]
        if entry.missing_language in behind.get(key, {}) and len(chosen) < LONGEST_LIST:
            chosen.append(entry)
    shown = [entry.translation_key for chosen in lists.values() for entry in chosen]
    sides = _by_key(Page.objects.filter(translation_key__in=shown).specific())
    steps = SignedOff.objects.in_bulk(shown, field_name="translation_key")
    return {
        language: [
            _wanted(entry, sides[entry.translation_key], steps.get(entry.translation_key))
            for entry in chosen
            if entry.language in sides[entry.translation_key]
        ]
        for language, chosen in lists.items()
    }


def _wanted(entry: LanguageException, sides: dict[str, Page], step: SignedOff | None) -> Row:
    ahead, behind = sides[entry.language], sides[entry.missing_language]
    changes: tuple[staleness.Change, ...] = ()
    if entry.kind == LanguageException.Kind.NEWER and step is not None:
        changes = tuple(staleness.changes(ahead, behind, step))
    return Row(
        title=ahead.title,
        language=entry.language,
        address=_address(entry.translation_key),
        kind=entry.kind,
        due_on=entry.due_on,
        days_left=entry.days_left,
        who=str(entry.opened_by or ""),
        reason=entry.reason,
        changes=changes,
    )


def checks(user: Any) -> list[Row]:
    """Pairs whose words wait for this person's approval, longest first."""
    waiting = dict(list(to_check(user).items())[:LONGEST_LIST])
    pages = _by_key(Page.objects.filter(translation_key__in=waiting))
    rows = []
    for key, names in waiting.items():
        language = next(code for code in _own_first() if code in pages[key])
        title = pages[key][language].get_admin_display_title()
        rows.append(Row(title, language, _address(key), reason=", ".join(names)))
    return rows


def _own_first() -> tuple[str, str]:
    """Both languages, that of the person first."""
    return ("cy", "en") if get_language() == "cy" else ("en", "cy")


def my_pairs(user: Any) -> tuple[list[Row], list[Row]]:
    """Pairs that the user saved last: those with words not yet public, and the others.

    Each pair once, newest first, in the user's own language where its title is there.
    """
    pages = (
        writable(user)
        .filter(latest_revision__user=user)
        .select_related("locale")
        .order_by("-latest_revision_created_at")[: 4 * LONGEST_LIST]
    )
    waiting: set[uuid.UUID] = set()
    once: dict[uuid.UUID, Row] = {}
    for page in pages:
        key, language = page.translation_key, language_of(page)
        if key not in once or language == get_language():
            once[key] = Row(page.get_admin_display_title(), language, _address(key))
        if page.has_unpublished_changes:
            waiting.add(key)
    drafts = [row for key, row in once.items() if key in waiting]
    others = [row for key, row in once.items() if key not in waiting]
    return drafts[:LONGEST_LIST], others[:LONGEST_LIST]


def reviews(user: Any) -> list[Row]:
    """Pairs to be reviewed within two weeks or overdue, each once."""
    today = timezone.localdate()
    once: dict[uuid.UUID, Row] = {}
    due = [page for provider in reviews_due for page in provider(today + REVIEW_AHEAD)]
    mine = set(writable(user).filter(pk__in={page.pk for page in due}).values_list("pk", flat=True))
    for page in due:
        if page.pk in mine:
            row = Row(
                title=page.get_admin_display_title(),
                language=language_of(page),
                address=_address(page.translation_key),
                due_on=page.review_date,
                days_left=(page.review_date - today).days,
            )
            once.setdefault(page.translation_key, row)
    return list(once.values())[:LONGEST_LIST]


def buttons(user: Any) -> list[dict[str, Any]]:
    """What the user may begin, with the address of two empty columns."""
    found = []
    for entry in quick_add:
        model: Any = apps.get_model(entry.model)
        parents = Page.objects.type(*model.allowed_parent_page_models()).filter(
            locale__language_code="en"
        )
        parent = next(
            (
                page
                for page in parents.order_by("depth", "path")[:LONGEST_LIST]
                if page.permissions_for_user(user).can_add_subpage()
                and model.can_create_at(page.specific)
            ),
            None,
        )
        if parent is not None:
            arguments = [model._meta.app_label, model._meta.model_name, parent.pk]
            found.append(
                {"label": entry.label, "address": reverse("compose_new_pair", args=arguments)}
            )
    return found


class PairsPanel(Component):
    """On top of the admin's home."""

    name = "pairs"
    template_name = "wagtailadmin/pairs/dashboard.html"
    order = 50

    @property
    def media(self) -> Media:
        return Media(css={"all": ["bilingual/pairs.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        lists = wanted(user)
        drafts, published = my_pairs(user)
        return {
            "buttons": buttons(user),
            "wanted": [
                {"language": language, "rows": lists[language]} for language in _own_first()
            ],
            "checks": checks(user),
            "drafts": drafts,
            "published": published,
            "reviews": reviews(user),
        }
