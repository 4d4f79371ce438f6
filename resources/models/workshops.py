"""Workshops and programmes: what is taught, by whom it can be asked for, where it runs."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import PLAIN_PROSE, PROSE, BodyBlock
from core.fields import StreamField
from core.models import BasePage
from core.terms import Term, TermKind
from evidence.corrections import CORRECTIONS_PANEL
from resources.blocks import SessionBlock, StepBlock, words_of
from resources.models.packs import PackedResource
from search.index import Text


class DeliveryArea(Orderable):
    """Whether something is taught in a county, as at the day the page was last published."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running now")
        HAS_RUN = "has_run", _("Has been run")
        PLANNED = "planned", _("Planned")
        NO_FUNDING = "no_funding", _("Not run, for lack of funding")

    county = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": TermKind.COUNTY},
        verbose_name=_("county"),
    )
    status = models.CharField(_("Status"), max_length=20, choices=Status.choices)

    panels: ClassVar = [FieldRowPanel([FieldPanel("county"), FieldPanel("status")])]

    class Meta(Orderable.Meta):
        abstract = True


class WorkshopIndexPage(BasePage):
    """The section of programmes and workshops."""

    cloth = "adnoddau"
    kind_label = _("Section")
    search_weight = -1  # the pages in it answer better
    page_description = _("Lists all programmes and workshops. There is one in each language.")
    template = "pages/resources/workshop_index_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["resources.ProgrammePage", "resources.WorkshopPage"]
    max_count = 2

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("Text"))

    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("workshop section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.workshop import workshop_list

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(workshop_list(self))
        return context


class TaughtPage(BasePage):
    """What a programme and a workshop have in common.

    `other_names` are other names people use: the search knows them, no page shows them.
    """

    cloth = "adnoddau"
    search_kind = _("Workshops")

    asking_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Page where people ask for a place"),
    )
    other_names = models.TextField(
        _("Other names people use"),
        blank=True,
        help_text=_("One on each line. Found by the search, never shown."),
    )
    aim = RichTextField(_("Aim"), blank=True, features=PROSE)
    who_for = models.CharField(_("Who it is for"), max_length=200, blank=True)
    roles = RichTextField(_("Who does what"), blank=True, features=PLAIN_PROSE)
    entry_needs = models.CharField(_("What people need to take part"), max_length=250, blank=True)
    length = models.CharField(_("Length in words"), max_length=120, blank=True)
    cost = models.CharField(_("Cost in words"), max_length=160, blank=True)
    languages_note = models.CharField(_("Note on languages"), max_length=160, blank=True)
    follow_up = models.TextField(
        _("What people go on to do"), blank=True, help_text=_("One on each line.")
    )
    funders = models.CharField(_("Funders"), max_length=250, blank=True)
    funding_note = RichTextField(_("Funding note"), blank=True, features=PLAIN_PROSE)
    source_note = models.CharField(_("Source"), max_length=250, blank=True)
    as_at_note = models.CharField(_("True as at"), max_length=120, blank=True)

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields, "asking_page", "packed_resources", "areas", "corrections",
    ]  # fmt: skip
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("aim"),
        index.SearchField("who_for"),
        index.SearchField("follow_up"),
    ]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("other_names"),
        FieldPanel("aim"),
        MultiFieldPanel(
            [FieldPanel("who_for"), FieldPanel("length"), FieldPanel("cost"),
             FieldPanel("languages_note"), FieldPanel("entry_needs"), FieldPanel("asking_page")],
            _("Key facts"),
        ),
        FieldPanel("roles"),
        FieldPanel("follow_up"),
        InlinePanel("packed_resources", heading=_("Resources"), label=_("Resource")),
        InlinePanel("areas", heading=_("Where it runs"), label=_("County")),
        MultiFieldPanel(
            [FieldPanel("funders"), FieldPanel("funding_note"), FieldPanel("source_note"),
             FieldPanel("as_at_note")],
            _("Funding and source"),
        ),
        CORRECTIONS_PANEL,
    ]  # fmt: skip

    class Meta:
        abstract = True

    def hidden_texts(self) -> Iterable[Text]:
        """Found by the other names people use; no page and no result shows them."""
        yield from super().hidden_texts()
        yield Text(self.other_names, self.locale.language_code)

    def resource_ids(self) -> list[Any]:
        """Ids of the resources in their order (one query)."""
        return [row.resource_id for row in self.packed_resources.all()]  # type: ignore[attr-defined]


class ProgrammePage(TaughtPage):
    """A course of several sessions, perhaps with a mentor for everybody."""

    kind_label = _("Programme")
    page_description = _("A course of several sessions.")
    template = "pages/resources/programme_page.html"
    parent_page_types: ClassVar = ["resources.WorkshopIndexPage"]
    subpage_types: ClassVar = ["resources.WorkshopPage"]

    sessions = StreamField(
        StreamBlock([("session", SessionBlock())], required=False, max_num=40),
        blank=True,
        verbose_name=_("Sessions"),
    )
    mentoring = RichTextField(_("Mentoring"), blank=True, features=PLAIN_PROSE)

    shared_fields: ClassVar[list[str]] = [*TaughtPage.shared_fields, "sessions"]
    search_fields: ClassVar = [
        *TaughtPage.search_fields,
        index.SearchField("sessions_text"),
        index.SearchField("mentoring"),
    ]
    content_panels: ClassVar = [
        *TaughtPage.content_panels, FieldPanel("mentoring"), FieldPanel("sessions"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    @property
    def sessions_text(self) -> str:
        """Titles and sentences of the sessions in the language of this page, for the search."""
        language = self.locale.language_code
        return "\n".join(
            words_of(part, name, language)
            for session in self.sessions
            for part in (session.value, *session.value["steps"])
            for name in ("title", "text")
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.workshop import programme_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(programme_context(self))
        return context


class WorkshopPage(TaughtPage):
    """One workshop with its plan."""

    kind_label = _("Workshop")
    page_description = _("A workshop of one session.")
    template = "pages/resources/workshop_page.html"
    parent_page_types: ClassVar = ["resources.WorkshopIndexPage", "resources.ProgrammePage"]
    subpage_types: ClassVar[list[str]] = []

    plan = StreamField(
        StreamBlock([("step", StepBlock())], required=False, max_num=60),
        blank=True,
        verbose_name=_("Session plan"),
    )

    shared_fields: ClassVar[list[str]] = [*TaughtPage.shared_fields, "plan"]
    search_fields: ClassVar = [*TaughtPage.search_fields, index.SearchField("plan_text")]
    content_panels: ClassVar = [*TaughtPage.content_panels, FieldPanel("plan")]

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    @property
    def plan_text(self) -> str:
        """Titles and texts of the plan in the language of this page, for the search."""
        language = self.locale.language_code
        return "\n".join(
            words_of(step.value, name, language) for step in self.plan for name in ("title", "text")
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.workshop import workshop_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(workshop_context(self))
        return context


class ProgrammeResource(PackedResource):
    """A resource that a programme teaches with."""

    page = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="packed_resources")

    class Meta(PackedResource.Meta):
        verbose_name = _("resource of a programme")
        verbose_name_plural = _("resources of a programme")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "resource"], name="resource_once_in_a_programme"
            ),
        ]


class WorkshopResource(PackedResource):
    """A resource that a workshop teaches with."""

    page = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="packed_resources")

    class Meta(PackedResource.Meta):
        verbose_name = _("resource of a workshop")
        verbose_name_plural = _("resources of a workshop")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "resource"], name="resource_once_in_a_workshop"
            ),
        ]


class ProgrammeArea(DeliveryArea):
    """Whether a programme runs in a county."""

    page = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="areas")

    class Meta(DeliveryArea.Meta):
        verbose_name = _("area of a programme")
        verbose_name_plural = _("areas of a programme")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "county"], name="county_once_in_a_programme"),
        ]


class WorkshopArea(DeliveryArea):
    """Whether a workshop runs in a county."""

    page = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="areas")

    class Meta(DeliveryArea.Meta):
        verbose_name = _("area of a workshop")
        verbose_name_plural = _("areas of a workshop")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "county"], name="county_once_in_a_workshop"),
        ]
