"""The speed lane: facts on their way to the public, with a clock and every gate in one list.

The gates are those of the pair service and run side by side: nothing waits for anything else.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision

from bilingual import completeness, pairs
from bilingual.models import language_of
from facts import checks
from facts.models import FactPage, HeardClaim

LONGEST_LIST = 10
RECENT = timedelta(days=7)
GATES_KEPT = 60  # seconds: sources and what was heard may change beside a draft


@dataclass(frozen=True)
class Gate:
    """One thing that must be true. `sentences` say what is missing; none means that it is open."""

    name: str
    sentences: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return not self.sentences


@dataclass(frozen=True)
class Lane:
    """One fact on its way. `minutes` since “New fact”, or until it was public."""

    title: str
    language: str
    address: str
    minutes: int
    gates: tuple[Gate, ...] = ()


def gates_of(pair: pairs.Pair, user: Any) -> tuple[Gate, ...]:
    """Every gate of the latest drafts, for this person as the one who publishes."""
    drafts = [pairs.latest_draft(side) for side in pair]
    both = [gap.sentence for draft in drafts for gap in completeness.what_is_missing(draft)] + [
        gap.sentence for gap in completeness.what_differs(*drafts)
    ]

    def asked(*questions: Any) -> list[str]:
        return [said for question in questions for draft in drafts for said in question(draft)]

    found = (
        (_("Written in Welsh and in English"), [*both, *asked(checks.fact_is_written)]),
        (_("Sources and days"), asked(checks.fact_has_its_sources, checks.fact_has_its_days)),
        (_("The claim is in nothing that travels"), asked(checks.claim_stays_in_its_place)),
        (_("A second person"), checks.second_person_publishes(drafts[0], user)),
    )
    return tuple(Gate(name, tuple(dict.fromkeys(sentences))) for name, sentences in found)


def on_their_way(user: Any) -> list[Lane]:
    """Facts that were never public and that this person may edit, the oldest first."""
    drafts = FactPage.objects.filter(first_published_at=None).select_related("locale")
    shown = _once(drafts.order_by("latest_revision_created_at"), user)
    sides = _sides_of(shown)
    begun = _begun(sides)
    gates = _kept_gates(
        [page for page in shown if len(sides[page.translation_key]) == 2], sides, user
    )
    now = timezone.now()
    return [
        _lane(page, begun, now, gates[page.translation_key])
        for page in shown
        if page.translation_key in gates
    ]


def just_public(user: Any) -> list[Lane]:
    """Facts of the last days with the time they took."""
    pages = FactPage.objects.filter(
        live=True, first_published_at__gte=timezone.now() - RECENT
    ).select_related("locale")
    shown = _once(pages.order_by("-first_published_at"), user)
    begun = _begun(_sides_of(shown))
    return [_lane(page, begun, page.first_published_at) for page in shown]


def _once(pages: Any, user: Any) -> list[FactPage]:
    """One page of each pair, in the person's own language where there is a title."""
    found: dict[Any, FactPage] = {}
    for page in pages[: 4 * LONGEST_LIST]:
        if not page.permissions_for_user(user).can_edit():
            continue
        if page.translation_key not in found or language_of(page) == get_language():
            found[page.translation_key] = page
    return list(found.values())[:LONGEST_LIST]


def _sides_of(shown: list[FactPage]) -> dict[UUID, list[Page]]:
    """Both pages of each pair, by its key."""
    sides: dict[UUID, list[Page]] = defaultdict(list)
    keys = [page.translation_key for page in shown]
    for side in Page.objects.filter(translation_key__in=keys).order_by("pk"):
        sides[side.translation_key].append(side)
    return sides


def _begun(sides: Mapping[UUID, list[Page]]) -> dict[UUID, datetime]:
    """When somebody pressed “New fact”: the first draft is kept a few seconds later."""
    keys = {str(side.pk): key for key, pages in sides.items() for side in pages}
    found: dict[UUID, datetime] = {}
    revisions = Revision.page_revisions.filter(object_id__in=keys).order_by()
    first_drafts = revisions.values_list("object_id").annotate(first=Min("created_at"))
    for object_id, first in first_drafts:
        key = keys[object_id]
        found[key] = min(first, found.get(key, first))
    return found


def _kept_gates(
    shown: list[FactPage], sides: Mapping[UUID, list[Page]], user: Any
) -> dict[UUID, tuple[Gate, ...]]:
    """The gates of each pair. A draft that was saved is looked at anew; the rest is remembered."""
    names = {}
    for page in shown:
        drafts = "-".join(str(side.latest_revision_id) for side in sides[page.translation_key])
        names[page.translation_key] = f"facts.gates.{user.pk}.{get_language()}.{drafts}"
    known = cache.get_many(names.values())
    for page in shown:
        name = names[page.translation_key]
        if name not in known:
            known[name] = gates_of(pairs.pair_of(page), user)
            cache.set(name, known[name], GATES_KEPT)
    return {key: known[name] for key, name in names.items()}


def _lane(
    page: FactPage, begun: Mapping[UUID, datetime], until: Any, gates: tuple[Gate, ...] = ()
) -> Lane:
    minutes = (until - begun.get(page.translation_key, until)).total_seconds() // 60
    return Lane(
        title=page.get_admin_display_title(),
        language=language_of(page),
        address=reverse("compose_pair", args=[page.translation_key]),
        minutes=max(0, int(minutes)),
        gates=gates,
    )


class LanePanel(Component):
    """On the dashboard, under the pairs; nothing where nothing is on its way or was heard."""

    name = "facts"
    template_name = "wagtailadmin/facts/lane.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        may_read = user.has_perm("facts.change_heardclaim")
        return {
            "lanes": on_their_way(user),
            "done": just_public(user),
            "heard": HeardClaim.objects.waiting().count() if may_read else 0,
            "heard_url": reverse(HeardClaim.snippet_viewset.get_url_name("list")),  # type: ignore[attr-defined]
        }
