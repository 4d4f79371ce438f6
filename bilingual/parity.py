"""Welsh no less favourably than English, in numbers: for staff page by page, for readers in sum."""

from __future__ import annotations

import csv
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, get_page_models

from bilingual import exceptions
from bilingual.models import LanguageException, PairedPage, is_restricted, language_of
from bilingual.registries import ParityFigure, parity_rows

BOTH, ENGLISH, WELSH, BEHIND = "both", "english", "welsh", "behind"
STATES = {
    BOTH: gettext_lazy("Public in both languages"),
    BEHIND: gettext_lazy("One language is newer"),
    ENGLISH: gettext_lazy("Only in English"),
    WELSH: gettext_lazy("Only in Welsh"),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """One public pair. `drift` is the days since one language went ahead; None if neither is."""

    key: uuid.UUID
    titles: dict[str, str]
    kind: str
    state: str
    drift: int | None
    due_on: date | None
    reason: str

    @property
    def state_name(self) -> str:
        return str(STATES[self.state])

    @property
    def address(self) -> str:
        return reverse("compose_pair", args=[self.key])


def rows() -> list[Row]:
    """Every pair of which at least one language is public, those that are behind first."""
    sides: dict[uuid.UUID, dict[str, Page]] = defaultdict(dict)
    live = Page.objects.filter(live=True, depth__gt=1)
    for page in live.select_related("locale", "content_type").order_by("path"):
        if issubclass(page.specific_class or Page, PairedPage):
            sides[page.translation_key][language_of(page)] = page
    open_entries = exceptions.open_entries()
    found = []
    for key, pair in sides.items():
        entry = open_entries.get(key)
        some = next(iter(pair.values()))
        if len(pair) == 1:
            state = ENGLISH if "en" in pair else WELSH
        else:
            state = BEHIND if entry is not None else BOTH
        since = entry.opened_at if entry else some.first_published_at if len(pair) == 1 else None
        found.append(
            Row(
                key=key,
                titles={language: page.title for language, page in pair.items()},
                kind=str(some.specific_class.get_verbose_name()),
                state=state,
                drift=(timezone.now() - since).days if since else None,
                due_on=entry.due_on if entry else None,
                reason=entry.reason if entry else "",
            )
        )
    return sorted(found, key=lambda row: (row.state == BOTH, -(row.drift or 0)))


@dataclass(frozen=True)
class Summary:
    """The whole site in a few numbers; nothing about a single page."""

    pairs: int
    complete: int
    only_english: int
    only_welsh: int
    behind: int
    oldest: int  # days
    overdue: int
    figures: list[ParityFigure]

    @property
    def share(self) -> int:
        """Pages public in both languages, in whole percent of all."""
        return 100 * (self.complete + self.behind) // self.pairs if self.pairs else 100


def summary(pages: Any = None) -> Summary:
    """Count the public pairs among these pages, and what other rooms have to say of theirs.

    The database counts: the cost is the same for ten pages and for fifty thousand.
    """
    kinds = ContentType.objects.get_for_models(
        *(model for model in get_page_models() if issubclass(model, PairedPage))
    )
    today = timezone.localdate()
    entry = LanguageException.objects.filter(
        translation_key=OuterRef("translation_key"), closed_at__isnull=True
    )
    is_half, is_english = Q(sides=1), Q(english=1)
    counted = (
        (Page.objects if pages is None else pages)
        .filter(live=True, depth__gt=1, content_type__in=kinds.values())
        .order_by()
        .values("translation_key")
        .annotate(
            sides=Count("pk"),
            english=Count("pk", filter=Q(locale__language_code="en")),
            opened=Subquery(entry.values("opened_at")[:1]),
            due=Subquery(entry.values("due_on")[:1]),
            since=Coalesce("opened", Min("first_published_at")),
        )
        .aggregate(
            pairs=Count("translation_key"),
            complete=Count("sides", filter=~is_half & Q(opened__isnull=True)),
            only_english=Count("sides", filter=is_half & is_english),
            only_welsh=Count("sides", filter=is_half & ~is_english),
            behind=Count("sides", filter=~is_half & Q(opened__isnull=False)),
            overdue=Count("sides", filter=Q(due__lt=today)),
            oldest=Min("since", filter=is_half | Q(opened__isnull=False)),
        )
    )
    oldest = counted.pop("oldest")
    return Summary(
        **counted,
        oldest=(timezone.now() - oldest).days if oldest else 0,
        figures=[figure() for figure in parity_rows],
    )


SUMMARY_KEPT = "parity.summary"
SECONDS_KEPT = 60


def public_numbers() -> Summary:
    """The numbers that everybody may see, counted anew at most once in a minute."""
    kept: Summary | None = cache.get(SUMMARY_KEPT)
    if kept is None:
        kept = summary(Page.objects.filter(~is_restricted()))
        cache.set(SUMMARY_KEPT, kept, SECONDS_KEPT)
    return kept


def count_anew(**_kwargs: Any) -> None:
    """A pair went public or was taken back."""
    cache.delete(SUMMARY_KEPT)


def report(request: HttpRequest) -> HttpResponse:
    """The report of the admin, filtered; with `export=csv` the same rows as a file."""
    mine = request.user
    explorable = mine.is_superuser or mine.groups.filter(page_permissions__isnull=False).exists()
    found = rows() if explorable else []
    kinds = sorted({row.kind for row in found})
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    shown = [row for row in found if state not in STATES or row.state == state]
    shown = [row for row in shown if kind not in kinds or row.kind == kind]
    if request.GET.get("export") == "csv":
        return _as_csv(shown)
    context = {
        "rows": shown[:500],
        "more": max(0, len(shown) - 500),
        "summary": summary(),
        "states": STATES.items(),
        "state": state,
        "kinds": kinds,
        "kind": kind,
    }
    return render(request, "wagtailadmin/pairs/parity.html", context)


def _as_csv(found: list[Row]) -> HttpResponse:
    """A table for spreadsheet programs: a text that would be read as a formula is quoted."""
    answer = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="cymraeg-english.csv"'},
    )
    table = csv.writer(answer)
    table.writerow(
        map(str, (_("Welsh"), _("English"), _("Kind"), _("State"), _("Days apart"), _("Due on")))
    )
    for row in found:
        cells = (
            row.titles.get("cy", ""), row.titles.get("en", ""), row.kind, row.state_name,
            "" if row.drift is None else row.drift, row.due_on or "",
        )  # fmt: skip
        table.writerow(
            f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
            for cell in cells
        )
    return answer


@require_safe
def public_summary(request: HttpRequest) -> HttpResponse:
    """The same numbers for everybody, without a title or a name."""
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    other = "en" if language == "cy" else "cy"
    addresses = {language: reverse("parity_summary")}
    with override(other):
        addresses[other] = reverse("parity_summary")
    title = _("Welsh and English on this site, in numbers")
    return render(
        request,
        "pages/bilingual/parity.html",
        {
            "summary": public_numbers(),
            "crumbs": [{"title": _("Home"), "url": f"/{language}/", "lang": ""}],
            "meta": {
                "title": title,
                "description": _("How much of this site is public in both languages today."),
                "canonical": request.build_absolute_uri(addresses[language]),
                "alternates": [
                    (code, request.build_absolute_uri(address))
                    for code, address in sorted(addresses.items())
                ],
                "noindex": False,
            },
        },
    )
