"""Controlled terms: one row holds both names, so that filters and counts work in both languages."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.search import index

from welsh.alphabet import english_sort_key, sort_key


class TermKind(models.TextChoices):
    """The vocabularies of the site (content model, “Terms and facets”)."""

    TOPIC = "topic", _("Topic")
    COUNTY = "county", _("County")
    STREAM = "stream", _("Stream")
    PRINCIPLE = "principle", _("Principle")
    SCALE = "scale", _("Scale")
    APPROACH = "approach", _("Approach")
    BARRIER = "barrier", _("Barrier")
    PARTNER_SECTOR = "partner_sector", _("Partner sector")
    SETTING = "setting", _("Setting")
    AUDIENCE = "audience", _("Audience")
    PROGRAMME = "programme", _("Programme")
    DELIVERY = "delivery", _("Way of running it")


class Term(index.Indexed, models.Model):
    """A word of a controlled vocabulary, with a key that is the same in both languages.

    `in_en` and `in_cy` hold a county's name after “in”: Welsh changes the next word (“ym Mhowys”),
    so the form is stored and never built from parts.
    """

    kind = models.CharField(_("Vocabulary"), max_length=20, choices=TermKind.choices)
    key = models.SlugField(_("Key in addresses"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=120)
    name_cy = models.CharField(_("Welsh name"), max_length=120)
    in_en = models.CharField(_("“in …” in English"), max_length=140, blank=True)
    in_cy = models.CharField(_("“in …” in Welsh"), max_length=140, blank=True)
    sort_override_cy = models.CharField(
        _("Welsh sorting, where no rule knows it"), max_length=140, blank=True
    )
    sort_en = models.CharField(max_length=500, editable=False, db_index=True)
    sort_cy = models.CharField(max_length=500, editable=False, db_index=True)

    panels: ClassVar = [
        FieldPanel("kind"),
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("name_cy"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("in_cy"), FieldPanel("in_en")]),
        FieldPanel("sort_override_cy"),
    ]
    search_fields: ClassVar = [
        index.SearchField("name_en"),
        index.SearchField("name_cy"),
        index.AutocompleteField("name_en"),
        index.AutocompleteField("name_cy"),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["kind", "sort_en"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="term_key_once_in_its_vocabulary"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        return self.name_cy if language == "cy" else self.name_en

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_en = english_sort_key(self.name_en)
        self.sort_cy = sort_key(self.name_cy, self.sort_override_cy or None)
        super().save(*args, **kwargs)


class PageTerm(Orderable):
    """A page is about a term. One table serves every page type and every vocabulary."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_terms")
    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="page_terms", verbose_name=_("term")
    )

    panels: ClassVar = [FieldPanel("term")]

    class Meta(Orderable.Meta):
        verbose_name = _("term of a page")
        verbose_name_plural = _("terms of a page")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "term"], name="term_once_on_a_page"),
        ]
