"""The words of this field in both languages."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.models import BasePage
from search.index import Text
from welsh.alphabet import english_sort_key, sort_key


class GlossaryTerm(index.Indexed, models.Model):
    """A word with its meaning; one row for both languages, so that none is without its twin."""

    class Gender(models.TextChoices):
        MASCULINE = "m", _("Masculine")
        FEMININE = "f", _("Feminine")
        EITHER = "mf", _("Masculine or feminine")

    key = models.SlugField(_("Key"), max_length=80, unique=True)
    term_en = models.CharField(_("English word"), max_length=120)
    term_cy = models.CharField(_("Welsh word"), max_length=120)
    plural_en = models.CharField(_("English plural"), max_length=120, blank=True)
    plural_cy = models.CharField(_("Welsh plural"), max_length=120, blank=True)
    gender_cy = models.CharField(
        _("Gender in Welsh"), max_length=2, choices=Gender.choices, blank=True
    )
    mutated_cy = models.CharField(
        _("Mutated forms in Welsh"), max_length=200, blank=True,
        help_text=_("As they are met in a text, with commas between them."),
    )  # fmt: skip
    definition_en = models.TextField(_("English definition"), max_length=600)
    definition_cy = models.TextField(_("Welsh definition"), max_length=600)
    allowed_en = models.CharField(_("English: also allowed"), max_length=250, blank=True)
    allowed_cy = models.CharField(_("Welsh: also allowed"), max_length=250, blank=True)
    forbidden_en = models.CharField(_("English: not to be used"), max_length=250, blank=True)
    forbidden_cy = models.CharField(_("Welsh: not to be used"), max_length=250, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    sort_override_cy = models.CharField(
        _("Welsh sorting, where no rule knows it"), max_length=140, blank=True
    )
    sort_en = models.CharField(max_length=600, editable=False, db_index=True)
    sort_cy = models.CharField(max_length=600, editable=False, db_index=True)
    is_sample = models.BooleanField(_("Sample"), default=False)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("term_cy"), FieldPanel("term_en")]),
        FieldRowPanel([FieldPanel("definition_cy"), FieldPanel("definition_en")]),
        FieldRowPanel([FieldPanel("plural_cy"), FieldPanel("plural_en")]),
        FieldRowPanel([FieldPanel("gender_cy"), FieldPanel("mutated_cy")]),
        FieldRowPanel([FieldPanel("allowed_cy"), FieldPanel("allowed_en")]),
        FieldRowPanel([FieldPanel("forbidden_cy"), FieldPanel("forbidden_en")]),
        MultiFieldPanel(
            [FieldPanel("key"), FieldPanel("source"), FieldPanel("sort_override_cy"),
             FieldPanel("is_sample")],
            _("For staff"),
        ),
    ]  # fmt: skip
    search_fields: ClassVar = [
        index.AutocompleteField("term_en"),
        index.AutocompleteField("term_cy"),
    ]

    class Meta:
        verbose_name = _("glossary word")
        verbose_name_plural = _("glossary words")
        ordering = ["sort_en", "pk"]

    def __str__(self) -> str:
        return f"{self.term_en} · {self.term_cy}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_en = english_sort_key(self.term_en)
        self.sort_cy = sort_key(self.term_cy, self.sort_override_cy or None)
        super().save(*args, **kwargs)


class GlossaryPage(BasePage):
    """The words of this field from A to Z; one in each language."""

    kind_label = _("Glossary")
    page_description = _("The glossary. There is one in each language.")
    template = "pages/network/glossary_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 2

    class Meta:
        verbose_name = _("glossary page")

    def hidden_texts(self) -> Any:
        """The page is found by its words and their forms, in both languages."""
        yield from super().hidden_texts()
        for row in GlossaryTerm.objects.all():
            yield Text(f"{row.term_en} {row.plural_en} {row.definition_en}", "en")
            yield Text(f"{row.term_cy} {row.plural_cy} {row.definition_cy}", "cy")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.a_to_z import glossary_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(glossary_context(self))
        return context
