"""What every subject may cite: a source, and a number with the day it was true."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from evidence.changes import FigureChange
from evidence.corrections import Correction, CorrectionsPage

__all__ = ["Correction", "CorrectionsPage", "Evidence", "Figure", "FigureChange", "PageFigure"]

BEING_CHECKED_AFTER = timedelta(days=7)


class Evidence(models.Model):
    """A source. Without an address its status is “to be found”: addresses are never guessed."""

    class Tier(models.TextChoices):
        STATISTICS = "statistics", _("Official statistics")
        LAW = "law", _("Law")
        COURT = "court", _("Court")
        UN = "un", _("United Nations")
        RESEARCH = "research", _("Research")
        NGO = "ngo", _("Organisation’s own evidence")
        MEDIA = "media", _("Media")
        SURVEY = "survey", _("Survey")
        PRACTICE = "practice", _("Practice evidence")

    # What may carry a claim about asylum law and numbers (content model, 2.8.5).
    OFFICIAL: ClassVar = (Tier.STATISTICS, Tier.LAW, Tier.COURT, Tier.UN)

    class Status(models.TextChoices):
        FOUND = "found", _("Found")
        TO_BE_FOUND = "to_be_found", _("Address to be found")
        BEING_CHECKED = "being_checked", _("Being checked")

    class Finding(models.TextChoices):
        FINE = "fine", _("As it was")
        MOVED = "moved", _("Has another address")
        CHANGED = "changed", _("Has changed")
        SUPERSEDED = "superseded", _("A newer edition should be out")
        GONE = "gone", _("Is gone")
        OUT_OF_REACH = "out_of_reach", _("Cannot be reached")
        NOT_ALLOWED = "not_allowed", _("Has an address that is not looked at")

    # What the watch knows of an address that it has not visited.
    NOT_WATCHED_YET: ClassVar[dict[str, Any]] = {
        "finding": "", "finding_detail": "", "fingerprint": "", "failures": 0,
        "failing_since": None, "next_check": None,
    }  # fmt: skip

    key = models.SlugField(_("Key"), max_length=60, unique=True)
    title_en = models.CharField(_("English title as shown"), max_length=250)
    title_cy = models.CharField(_("Welsh title as shown"), max_length=250)
    note_en = models.CharField(_("English note"), max_length=250, blank=True)
    note_cy = models.CharField(_("Welsh note"), max_length=250, blank=True)
    publisher = models.CharField(_("Publisher"), max_length=200)
    language = models.CharField(
        _("Language of the source"),
        max_length=5,
        choices=[("en", _("English")), ("cy", _("Welsh")), ("both", _("Both"))],
        default="en",
    )
    url_en = models.URLField(_("Address"), blank=True)
    url_cy = models.URLField(_("Address of the Welsh version"), blank=True)
    tier = models.CharField(_("Kind of source"), max_length=20, choices=Tier.choices)
    status = models.CharField(
        _("Status"), max_length=20, choices=Status.choices, default=Status.TO_BE_FOUND
    )
    as_at = models.DateField(_("As at"), null=True, blank=True)
    released_on = models.DateField(_("Released on"), null=True, blank=True)
    next_release = models.DateField(
        _("Next release"), null=True, blank=True,
        help_text=_("From this day on the watch says that a newer edition should be out."),
    )  # fmt: skip
    archive_url = models.URLField(
        _("Archive copy"), blank=True, max_length=400,
        help_text=_("Offered to readers while the source itself cannot be reached."),
    )  # fmt: skip
    # What the watch found out; see `evidence.watch`.
    finding = models.CharField(
        _("What the watch found"), max_length=20, choices=Finding.choices, blank=True,
        editable=False,
    )  # fmt: skip
    finding_detail = models.CharField(max_length=400, blank=True, editable=False)
    last_checked = models.DateTimeField(_("Last checked"), null=True, editable=False)
    next_check = models.DateTimeField(null=True, editable=False, db_index=True)
    failing_since = models.DateTimeField(_("Out of reach since"), null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    is_sample = models.BooleanField(_("Sample"), default=False)

    panels: ClassVar = [
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("title_cy"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("note_cy"), FieldPanel("note_en")]),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("url_en"), FieldPanel("url_cy")]),
        FieldRowPanel([FieldPanel("tier"), FieldPanel("status"), FieldPanel("as_at")]),
        FieldRowPanel([FieldPanel("released_on"), FieldPanel("next_release")]),
        FieldPanel("archive_url"),
        FieldPanel("is_sample"),
    ]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(status="found", url_en="", url_cy=""),
                name="found_source_has_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.status == self.Status.FOUND:
            if not self.url_en and not self.url_cy:
                raise ValidationError(
                    {"url_en": _("Give the address, or say that it is to be found.")}
                )
            if self.as_at is None:
                raise ValidationError({"as_at": _("Say for which day the source speaks.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Another address is watched from the beginning."""
        before = Evidence.objects.filter(pk=self.pk).values_list("url_en", "url_cy").first()
        if before not in (None, (self.url_en, self.url_cy)):
            for name, value in self.NOT_WATCHED_YET.items():
                setattr(self, name, value)
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        return self.title_cy if get_language() == "cy" else self.title_en

    @property
    def is_official(self) -> bool:
        """It may carry a claim about asylum law and numbers."""
        return self.tier in self.OFFICIAL

    @property
    def is_being_checked(self) -> bool:
        """Readers are told that the source is in doubt: staff say so, or it failed for a week."""
        if self.status == self.Status.BEING_CHECKED:
            return True
        since = self.failing_since
        return since is not None and timezone.now() - since >= BEING_CHECKED_AFTER

    @property
    def address(self) -> str:
        """Where a reader of the active language finds it: the archive copy while it is in doubt."""
        if self.is_being_checked and self.archive_url:
            return self.archive_url
        own = self.url_cy if get_language() == "cy" else self.url_en
        return own or self.url_en or self.url_cy


class FigureForm(WagtailAdminModelForm):
    """The figure as staff edit it, with the state it was opened in and the reason."""

    opened_with = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason for the change"), max_length=250, required=False,
        help_text=_("Kept in the history. The second person reads it."),
    )  # fmt: skip


class Figure(models.Model):
    """One number that many pages print. It has a scope, a day it was true, and a source.

    It changes for all of them at once, by `evidence.changes`.
    """

    class Subject(models.TextChoices):
        MOVEMENT = "movement", _("The sanctuary movement itself")
        ASYLUM = "asylum", _("Asylum law and numbers: needs an official or UN source")

    key = models.SlugField(_("Key"), max_length=60, unique=True)
    value = models.DecimalField(_("Value"), max_digits=14, decimal_places=2)
    label_en = models.CharField(_("English words after the number"), max_length=120)
    label_cy = models.CharField(_("Welsh words after the number"), max_length=120)
    scope_en = models.CharField(_("English scope"), max_length=160, blank=True)
    scope_cy = models.CharField(_("Welsh scope"), max_length=160, blank=True)
    as_at = models.DateField(_("As at"))
    as_at_note_en = models.CharField(_("English note on the date"), max_length=120, blank=True)
    as_at_note_cy = models.CharField(_("Welsh note on the date"), max_length=120, blank=True)
    expiry = models.DateField(_("Review by"))
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="figures", verbose_name=_("source")
    )
    subject = models.CharField(
        _("What it is about"), max_length=10, choices=Subject.choices, default=Subject.MOVEMENT
    )
    is_sample = models.BooleanField(_("Sample"), default=False)

    base_form_class = FigureForm
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("value")]),
        FieldRowPanel([FieldPanel("label_cy"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("scope_cy"), FieldPanel("scope_en")]),
        FieldRowPanel([FieldPanel("as_at"), FieldPanel("expiry")]),
        FieldRowPanel([FieldPanel("as_at_note_cy"), FieldPanel("as_at_note_en")]),
        FieldRowPanel([FieldPanel("subject"), FieldPanel("evidence")]),
        MultiFieldPanel([FieldPanel("reason"), FieldPanel("is_sample")], _("For staff")),
    ]

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["key"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(expiry__gt=models.F("as_at")),
                name="figure_expires_after_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"

    def clean(self) -> None:
        super().clean()
        if self.as_at and self.expiry and self.expiry <= self.as_at:
            raise ValidationError({"expiry": _("The review comes after the day it was true.")})
        if (
            self.subject == self.Subject.ASYLUM
            and self.evidence_id is not None
            and not self.evidence.is_official
        ):
            raise ValidationError(
                {"evidence": _("A number about asylum needs official statistics, law or the UN.")}
            )

    @property
    def is_expired(self) -> bool:
        """Its day of review has passed."""
        return self.expiry < timezone.localdate()

    @property
    def number(self) -> str:
        """The value without needless decimals, as both languages print it."""
        return f"{self.value:,.2f}".rstrip("0").rstrip(".")

    def _in_language(self, name: str) -> str:
        return str(getattr(self, f"{name}_{'cy' if get_language() == 'cy' else 'en'}"))

    @property
    def label(self) -> str:
        return self._in_language("label")

    @property
    def scope(self) -> str:
        return self._in_language("scope")

    @property
    def as_at_note(self) -> str:
        return self._in_language("as_at_note")


class PageFigure(Orderable):
    """A page prints a figure; the figure’s usage lists every such page."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_figures")
    figure = models.ForeignKey(
        Figure, on_delete=models.PROTECT, related_name="page_figures", verbose_name=_("figure")
    )

    panels: ClassVar = [FieldPanel("figure")]

    class Meta(Orderable.Meta):
        verbose_name = _("figure of a page")
        verbose_name_plural = _("figures of a page")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "figure"], name="figure_once_on_a_page"),
        ]
