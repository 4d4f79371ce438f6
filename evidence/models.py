"""What every subject may cite: a source, and a number with the day it was true."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


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

    class Status(models.TextChoices):
        FOUND = "found", _("Found")
        TO_BE_FOUND = "to_be_found", _("Address to be found")
        BEING_CHECKED = "being_checked", _("Being checked")

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
    is_sample = models.BooleanField(_("Sample"), default=False)

    panels: ClassVar = [
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("title_cy"), FieldPanel("title_en")]),
        FieldRowPanel([FieldPanel("note_cy"), FieldPanel("note_en")]),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("url_en"), FieldPanel("url_cy")]),
        FieldRowPanel([FieldPanel("tier"), FieldPanel("status"), FieldPanel("as_at")]),
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

    @property
    def title(self) -> str:
        return self.title_cy if get_language() == "cy" else self.title_en


class Figure(models.Model):
    """One number that many pages print. It has a scope, a day it was true, and a source."""

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
    is_sample = models.BooleanField(_("Sample"), default=False)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("value")]),
        FieldRowPanel([FieldPanel("label_cy"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("scope_cy"), FieldPanel("scope_en")]),
        FieldRowPanel([FieldPanel("as_at"), FieldPanel("expiry")]),
        FieldRowPanel([FieldPanel("as_at_note_cy"), FieldPanel("as_at_note_en")]),
        FieldPanel("evidence"),
        FieldPanel("is_sample"),
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
