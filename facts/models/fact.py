"""A fact and the section of facts."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.models import BasePage
from evidence.corrections import CORRECTIONS_PANEL
from evidence.models import Evidence
from facts.models.heard import HeardClaim
from search.index import Text


class FactIndexPage(BasePage):
    """The list of facts, with its search and its filters."""

    cloth = "ffeithiau"
    kind_label = _("Section")
    search_weight = -1  # the pages in it answer better
    page_description = _("Lists all facts. There is one in each language.")
    template = "pages/facts/fact_index_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["facts.FactPage"]
    max_count = 2

    class Meta:
        verbose_name = _("fact section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from facts.listing import fact_list

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(fact_list(self, request))
        return context


class FactPage(BasePage):
    """A fact: said first and last, with its sources; the claim it answers stands once between.

    The title is the fact. The claim is in no title, address, feed, card or text to share
    (`facts.claims`), and search knows it without showing it. The list of facts has it in small
    letters under the fact, as the design does.
    """

    class About(models.TextChoices):
        ASYLUM = "asylum", _("Law or numbers of asylum: needs an official or UN source")
        MOVEMENT = "movement", _("The sanctuary movement itself: its own evidence is enough")

    cloth = "ffeithiau"
    kind_label = _("Fact")
    search_kind = _("Facts")
    search_weight = 1  # whoever searches for a rumour needs the fact first
    page_description = _("A fact with its sources, and the claim that it answers.")
    template = "pages/facts/fact_page.html"
    parent_page_types: ClassVar = ["facts.FactIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    # A fact answers a rumour of these days: true today, read again in a month, gone in a season.
    starting_days: ClassVar = {"as_at": 0, "review_date": 30, "expires": 90}

    about = models.CharField(
        _("What it is about"), max_length=10, choices=About.choices, default=About.ASYLUM
    )
    as_at = models.DateField(_("True as at"), null=True, blank=True)
    reviewed_on = models.DateField(
        _("Last reviewed"), null=True, blank=True, default=timezone.localdate
    )
    expires = models.DateField(
        _("Expires"),
        null=True,
        blank=True,
        help_text=_("After this day the page says that it is out of date and no list shows it."),
    )

    values_line = models.CharField(
        _("What we value"),
        max_length=200,
        blank=True,
        help_text=_("One sentence that most people share. Empty: the sentence of the house."),
    )
    warning = models.CharField(
        _("Warning before the claim"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the sentence of the house."),
    )
    claim = models.TextField(
        _("The claim as it is heard"),
        max_length=400,
        blank=True,
        help_text=_(
            "Without quotation marks. It stands once on the page and small under the fact in the "
            "list of facts; nothing that is shared holds it."
        ),
    )
    verdict = models.CharField(
        _("What is wrong with it"),
        max_length=120,
        blank=True,
        help_text=_("In a few words: “Not supported by what happened”."),
    )
    why_it_misleads = models.TextField(_("Why it misleads"), blank=True)
    what_we_know = models.TextField(
        _("What we know"),
        blank=True,
        help_text=_("One sentence on each line, with the number of its source at the end: [1]"),
    )
    what_we_do_not_know = models.TextField(_("What we do not know"), blank=True)
    fact_again = models.CharField(_("The fact again"), max_length=250, blank=True)
    share_text = models.TextField(
        _("Text to share"),
        max_length=600,
        blank=True,
        help_text=_("Empty: the fact and its summary. The address is added."),
    )
    message = models.CharField(
        _("Text message"),
        max_length=160,
        blank=True,
        help_text=_("Empty: the fact. The address is added."),
    )
    card_alt = models.CharField(
        _("Alternative text of the cards"),
        max_length=250,
        blank=True,
        help_text=_("Empty: the words of the card."),
    )
    doorstep_text = models.TextField(
        _("On the doorstep"),
        max_length=600,
        blank=True,
        help_text=_("What to say to a neighbour. Empty: the fact again."),
    )

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields, "about", "as_at", "reviewed_on", "expires", "sources",
        "page_figures", "corrections",
    ]  # fmt: skip
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("values_line"),
        index.SearchField("why_it_misleads"),
        index.SearchField("what_we_know"),
        index.SearchField("what_we_do_not_know"),
        index.SearchField("fact_again"),
        index.FilterField("expires"),
    ]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("values_line"),
        FieldPanel("warning"),
        FieldPanel("claim"),
        FieldPanel("verdict"),
        FieldPanel("why_it_misleads"),
        FieldPanel("what_we_know"),
        FieldPanel("what_we_do_not_know"),
        FieldPanel("fact_again", help_text=_("Empty: the fact.")),
        FieldPanel("about"),
        FieldRowPanel([FieldPanel("as_at"), FieldPanel("reviewed_on")]),
        FieldRowPanel([FieldPanel("review_date"), FieldPanel("expires")]),
        InlinePanel(
            "sources", heading=_("Sources, in the order of their numbers"), label=_("Source")
        ),
        InlinePanel("page_figures", heading=_("Figures"), label=_("Figure")),
        CORRECTIONS_PANEL,
    ]
    promote_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("share_text"), FieldPanel("message"), FieldPanel("card_alt"),
             FieldPanel("doorstep_text")],
            _("Share kit"),
        ),
        *BasePage.promote_panels,
    ]  # fmt: skip
    settings_panels: ClassVar = [
        *BasePage.settings_panels[:-1],
        MultiFieldPanel(
            [FieldPanel("authored_in"), FieldPanel("quick_exit"), FieldPanel("is_sample")],
            _("This page"),
        ),
    ]

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(as_at=None) | Q(expires=None) | Q(expires__gt=F("as_at")),
                name="fact_expires_after_its_day",
                violation_error_message=_("A fact expires after the day for which it is true."),
            ),
            models.CheckConstraint(
                condition=Q(about__in=["asylum", "movement"]), name="fact_about_known"
            ),
        ]

    def hidden_texts(self) -> Iterable[Text]:
        """Found by the claim and by everything that was heard like it; neither is shown."""
        yield from super().hidden_texts()
        yield Text(self.claim, self.locale.language_code)
        for heard in HeardClaim.objects.of(self):
            yield Text(heard.text, heard.language)

    @property
    def said_last(self) -> str:
        """The fact again, in words of its own or as the title says it."""
        return self.fact_again or self.title

    @property
    def is_expired(self) -> bool:
        """Its last day has passed: the page says so and no list shows it."""
        return self.expires is not None and self.expires < timezone.localdate()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from facts.fact import fact_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(fact_context(self, context))
        return context


def expired_facts() -> "models.QuerySet[FactPage]":
    """Facts whose last day has passed, in both languages; see `FactPage.is_expired`."""
    return FactPage.objects.filter(expires__lt=timezone.localdate())


class FactSource(Orderable):
    """A source of a fact; its place in the list is its number in the text."""

    page = ParentalKey(FactPage, on_delete=models.CASCADE, related_name="sources")
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="fact_sources", verbose_name=_("source")
    )
    where_cy = models.CharField(_("Where in it, in Welsh"), max_length=200, blank=True)
    where_en = models.CharField(_("Where in it, in English"), max_length=200, blank=True)

    panels: ClassVar = [
        FieldPanel("evidence"),
        FieldRowPanel([FieldPanel("where_cy"), FieldPanel("where_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("source of a fact")
        verbose_name_plural = _("sources of a fact")

    def where_in(self, language: str) -> str:
        return self.where_cy if language == "cy" else self.where_en
