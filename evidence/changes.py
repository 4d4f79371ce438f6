"""A figure changes in two steps: somebody proposes, somebody else approves.

A proposal touches nothing that is public. The approval writes the figure, its history and the log
of every page that prints it in one transaction, so that all languages of all pages change at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex

PROPOSED, CHANGED, REFUSED = (
    "evidence.figure_proposed",
    "evidence.figure_changed",
    "evidence.figure_refused",
)
FIELDS = (
    "value", "label_en", "label_cy", "scope_en", "scope_cy", "as_at", "as_at_note_en",
    "as_at_note_cy", "expiry", "evidence_id", "subject", "key", "is_sample",
)  # fmt: skip


class ChangeRefused(PermissionDenied):
    """The figure stays as it is; the message says to the person what to do next."""


class ChangedMeanwhile(ChangeRefused):
    """Somebody else proposed or approved a change after this one was begun."""


class FigureChange(models.Model):
    """A proposed, approved, refused or replaced change: together the history of a figure."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waits for a second person")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        REPLACED = "replaced", _("Replaced by a later proposal")

    figure = models.ForeignKey(
        "evidence.Figure", on_delete=models.CASCADE, related_name="changes",
        verbose_name=_("figure"),
    )  # fmt: skip
    before = models.JSONField(_("Before"))
    after = models.JSONField(_("After"))
    reason = models.CharField(_("Reason for the change"), max_length=250, blank=True)
    status = models.CharField(
        _("Status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("Proposed by"),
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("Proposed"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("Decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of a figure")
        verbose_name_plural = _("changes of figures")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["figure"],
                condition=models.Q(status="open"),
                name="one_open_change_of_a_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure.key}: {self.get_status_display()}"

    def differences(self) -> list[tuple[str, str, str]]:
        """Label, old and new value of every field that changes, as staff read them."""
        from evidence.models import Figure

        rows = []
        for name in FIELDS:
            old, new = self.before.get(name), self.after.get(name)
            if old != new:
                field: Any = Figure._meta.get_field(name.removesuffix("_id"))
                label = capfirst(str(field.verbose_name))
                rows.append((label, _as_read(name, old), _as_read(name, new)))
        return rows


@dataclass(frozen=True)
class PrintingPair:
    """A pair of pages that prints a figure: the page of each language, where there is one."""

    pages: Mapping[str, Page]

    @property
    def title(self) -> str:
        return " · ".join(page.title for page in self.pages.values())

    @property
    def is_public(self) -> bool:
        return any(page.live for page in self.pages.values())


def pages_printing(figure: Any) -> list[PrintingPair]:
    """Every pair that prints the figure, in a row of figures, in a text or in a field.

    Both languages count, also where only one of them names the figure.
    """
    ids = page_ids_referring_to(figure) | set(figure.page_figures.values_list("page_id", flat=True))
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    pages: dict[Any, dict[str, Page]] = defaultdict(dict)
    found = Page.objects.filter(translation_key__in=keys).select_related("locale")
    for page in found.order_by("locale__language_code", "path"):
        pages[page.translation_key][page.locale.language_code] = page
    return [PrintingPair(sides) for sides in pages.values()]


def page_ids_referring_to(thing: models.Model) -> set[int]:
    """The pages that name a source or a figure, as Wagtail's reference index knows them."""
    references = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    return {int(found) for found in references.values_list("object_id", flat=True)}


def values_of(figure: Any) -> dict[str, Any]:
    """The fields of a figure as they are stored in its history."""
    values = {}
    for name in FIELDS:
        value = getattr(figure, name)
        if isinstance(value, Decimal):
            value = f"{value:.2f}"
        values[name] = value.isoformat() if isinstance(value, date) else value
    return values


def write_values(figure: Any, values: Mapping[str, Any]) -> None:
    """Set the fields of a figure in memory from its history."""
    for name in FIELDS:
        if name in values:
            field = figure._meta.get_field(name.removesuffix("_id"))
            is_relation = name.endswith("_id")
            setattr(figure, name, values[name] if is_relation else field.to_python(values[name]))


def state_of(figure: Any) -> str:
    """What an editor opened: changes with every proposal and every decision."""
    last = figure.changes.values_list("pk", "status").first()
    return f"{last[0]}-{last[1]}" if last else "0"


def open_change(figure: Any) -> FigureChange | None:
    """The proposal that waits for a second person."""
    found: FigureChange | None = figure.changes.filter(status=FigureChange.Status.OPEN).first()
    return found


def propose(
    figure: Any, wanted: Any, user: Any, *, opened_with: str, reason: str = ""
) -> FigureChange:
    """Keep the values of `wanted` as the open proposal; nothing public changes.

    `opened_with` is `state_of` the figure when the person began. An earlier open proposal stays in
    the history as replaced.

    Raises:
        ChangedMeanwhile: somebody else was quicker.
        ChangeRefused: nothing would change.
    """
    with transaction.atomic():
        stored = type(figure).objects.select_for_update().get(pk=figure.pk)
        if state_of(stored) != opened_with:
            raise ChangedMeanwhile(_told_of_change(stored))
        before, after = values_of(stored), values_of(wanted)
        waiting = open_change(stored)
        if after == (waiting.after if waiting else before):
            raise ChangeRefused(_now("Nothing is different, so nothing was proposed."))
        if waiting is not None:
            _decide(waiting, FigureChange.Status.REPLACED, user)
        change: FigureChange = stored.changes.create(
            before=before, after=after, reason=reason, proposed_by=user
        )
        log(stored, PROPOSED, user=user, data={"before": before, "after": after})
        return change


def approve(change: FigureChange, user: Any) -> list[PrintingPair]:
    """Make a proposal true on every page that prints the figure, in one transaction.

    Raises:
        ChangeRefused: it was decided already, the person proposed it, the figure is another one by
            now, or its new values break a rule.
    """
    with transaction.atomic():
        figure, change = _locked(change)
        if change.proposed_by_id is not None and change.proposed_by_id == user.pk:
            raise ChangeRefused(_now("Somebody else has to approve what you proposed."))
        if values_of(figure) != change.before:
            raise ChangedMeanwhile(
                _now("The figure was changed in another way since. Propose the change again.")
            )
        source = figure._meta.get_field("evidence").related_model.objects
        if not source.filter(pk=change.after["evidence_id"]).exists():
            raise ChangeRefused(
                _now("The source of this proposal was deleted. Propose the change again.")
            )
        write_values(figure, change.after)
        try:
            figure.full_clean()
        except ValidationError as error:
            raise ChangeRefused(" ".join(error.messages)) from error
        figure.save()
        _decide(change, FigureChange.Status.APPROVED, user)
        data = {"figure": figure.key, "before": change.before, "after": change.after}
        log(figure, CHANGED, user=user, data=data)
        printing = pages_printing(figure)
        for pair in printing:
            for page in pair.pages.values():
                log(page, CHANGED, user=user, data=data)
        return printing


def refuse(change: FigureChange, user: Any) -> None:
    """Take a proposal off the table; it stays in the history.

    Raises:
        ChangeRefused: it was decided already.
    """
    with transaction.atomic():
        figure, change = _locked(change)
        _decide(change, FigureChange.Status.REFUSED, user)
        log(figure, REFUSED, user=user, data={"before": change.before, "after": change.after})


def _locked(change: FigureChange) -> tuple[Any, FigureChange]:
    """Figure and change as they are stored now, locked.

    Raises:
        ChangeRefused: the change is not open any more.
    """
    figure = type(change.figure).objects.select_for_update().get(pk=change.figure_id)
    stored = FigureChange.objects.select_for_update().get(pk=change.pk)
    if stored.status != FigureChange.Status.OPEN:
        raise ChangeRefused(_now("This change was decided already."))
    return figure, stored


def _decide(change: FigureChange, status: str, user: Any) -> None:
    change.status, change.decided_by, change.decided_at = status, user, timezone.now()
    change.save(update_fields=["status", "decided_by", "decided_at"])


def _told_of_change(figure: Any) -> str:
    waiting = open_change(figure)
    if waiting is not None:
        return _now(
            "Somebody else proposed %(value)s while you were writing. Your values are still here: "
            "save again to propose them instead."
        ) % {"value": _as_read("value", waiting.after["value"])}
    return _now(
        "Somebody else changed this figure while you were writing: it is %(value)s now. Your "
        "values are still here: save again to propose them."
    ) % {"value": figure.number}


def _as_read(name: str, stored: Any) -> str:
    from evidence.models import Evidence, Figure

    if stored in (None, ""):
        return "–"
    if isinstance(stored, bool):
        return _now("Yes") if stored else _now("No")
    if name == "value":
        return Figure(value=Decimal(stored)).number
    if name in ("as_at", "expiry"):
        return date_format(date.fromisoformat(stored))
    if name == "evidence_id":
        return str(Evidence.objects.filter(pk=stored).first() or "–")
    if name == "subject":
        return str(dict(Figure.Subject.choices).get(stored, stored))
    return str(stored)
