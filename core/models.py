"""What every page of the site has."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    PublishingPanel,
)
from wagtail.models import Orderable, Page
from wagtail.search import index

from bilingual.models import PairedPage
from core.alerts import Alert
from core.registries import page_context
from core.terms import PageTerm, Term, TermKind
from search.index import SearchablePage, Text

__all__ = ["Alert", "BasePage", "PageTerm", "RelatedPage", "Term", "TermKind"]


class RelatedPage(Orderable):
    """One page points at another; both ends show it. The relation says what the pointing means."""

    class Relation(models.TextChoices):
        TRY_IT = "try_it", _("Try it where you are")
        SEE_ALSO = "see_also", _("Related content")
        ABOUT_GROUP = "group", _("Local group")

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="related_pages")
    target = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="related_from",
        verbose_name=_("page"),
    )
    relation = models.CharField(
        _("relation"), max_length=20, choices=Relation.choices, default=Relation.SEE_ALSO
    )

    panels: ClassVar = [PageChooserPanel("target"), FieldPanel("relation")]

    class Meta(Orderable.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")


class BasePage(SearchablePage, PairedPage):
    """A page of the public site: its cloth, its summary, what it relates to.

    `cloth` is the section's cloth and `kind_label` the word for this kind of page in lists.
    """

    cloth: ClassVar[str] = "croeso"
    kind_label: Any = _("Page")

    summary = models.TextField(
        _("Summary"),
        blank=True,
        max_length=400,
        help_text=_("One or two plain sentences. Shown under the title, in lists and in search."),
    )
    social_text = models.CharField(
        _("Text for sharing"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the summary is used."),
    )
    image = models.ForeignKey(
        "files.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Picture"),
    )
    caption = models.CharField(_("Caption"), max_length=200, blank=True)
    show_cover = models.BooleanField(
        _("Open with the picture"),
        default=False,
        help_text=_("Otherwise the page opens with its cloth."),
    )
    cloth_seed = models.CharField(
        _("Seed of the cloth"),
        max_length=80,
        blank=True,
        help_text=_(
            "Empty: stored from the address at the first publication. Change it for another cloth."
        ),
    )
    quick_exit = models.BooleanField(_("Show “Leave this site”"), default=False)
    is_sample = models.BooleanField(
        _("Sample"), default=False, help_text=_("Shows “Enghraifft / Sample” on the page.")
    )
    review_date = models.DateField(_("Review by"), null=True, blank=True)

    shared_fields: ClassVar[list[str]] = [
        "image", "show_cover", "cloth_seed", "quick_exit", "is_sample", "review_date",
        "page_terms", "related_pages",
    ]  # fmt: skip
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("is_sample"),
    ]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("summary")]
    promote_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"),
             FieldPanel("social_text")],
            _("Search and sharing"),
        ),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("caption"), FieldPanel("show_cover"),
             FieldPanel("cloth_seed")],
            _("Picture and cloth"),
        ),
        InlinePanel("page_terms", heading=_("Terms"), label=_("Term")),
        InlinePanel("related_pages", heading=_("Related pages"), label=_("Page")),
    ]  # fmt: skip
    settings_panels: ClassVar = [
        PublishingPanel(),
        MultiFieldPanel(
            [FieldPanel("authored_in"), FieldPanel("review_date"), FieldPanel("quick_exit"),
             FieldPanel("is_sample")],
            _("This page"),
        ),
    ]  # fmt: skip

    class Meta:
        abstract = True

    @property
    def seed(self) -> str:
        """What the cloth is drawn from; the same for both twins."""
        return self.cloth_seed or str(self.translation_key)

    @classmethod
    def get_indexed_objects(cls) -> Any:
        return super().get_indexed_objects().prefetch_related("page_terms__term")

    def hidden_texts(self) -> Iterable[Text]:
        """Pages are found by the names of their terms, in both languages."""
        yield from super().hidden_texts()
        for page_term in self.page_terms.all():
            yield Text(page_term.term.name_en, "en")
            yield Text(page_term.term.name_cy, "cy")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Everything the template shows: the furniture of the page, gathered in one place."""
        from core.furniture import page_furniture

        context = super().get_context(request, *args, **kwargs)
        context.update(page_furniture(request, self))
        for addition in page_context:
            context.update(addition(self))
        return context
