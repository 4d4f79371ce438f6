"""The home page, standing pages and the contact page."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import CharBlock, PageChooserBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField
from wagtail.search import index

from core.blocks import PLAIN_PROSE, BodyBlock
from core.fields import StreamField
from core.models import BasePage
from evidence.corrections import CORRECTIONS_PANEL

CLOTHS = [
    ("croeso", _("Home")),
    ("straeon", _("Stories")),
    ("adnoddau", _("Resources")),
    ("ffeithiau", _("Facts")),
    ("digwyddiadau", _("Events")),
    ("rhwydwaith", _("Near you")),
]


class DoorBlock(StructBlock):
    """One of the five doors, in the words of the people who come."""

    text = CharBlock(label=_("What would you like to do?"))
    note = CharBlock(label=_("Note"))
    page = PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "home"
        label = _("Door")


class PrincipleBlock(StructBlock):
    """Learn, Embed or Share, with the evidence's definition."""

    word = CharBlock(label=_("Word"))
    text = CharBlock(label=_("Sentence"))

    class Meta:
        icon = "tick"
        label = _("Principle")


class HomePage(BasePage):
    """The home page of one language; the two are a pair like any other."""

    cloth = "croeso"
    kind_label = _("Home")
    search_weight = -1  # the pages in it answer better
    page_description = _("The home page. There is one in each language.")
    template = "pages/home/home_page.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "case_studies.StoryIndexPage", "resources.ResourceIndexPage",
        "resources.WorkshopIndexPage", "facts.FactIndexPage", "events.EventIndexPage",
        "home.SectionPage", "home.StandardPage", "home.PositionPage", "home.ContactPage",
        "network.NearYouPage", "network.GlossaryPage", "evidence.CorrectionsPage",
    ]  # fmt: skip
    max_count = 2

    headline = models.CharField(_("Headline"), max_length=160, blank=True)
    lede = models.TextField(_("First sentence"), blank=True)
    doors = StreamField(
        StreamBlock([("door", DoorBlock())], required=False, max_num=5), blank=True,
        verbose_name=_("Doors"),
    )  # fmt: skip
    lead_story = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("Lead story"),
    )  # fmt: skip
    principles_heading = models.CharField(
        _("Heading of the principles"), max_length=120, blank=True
    )
    principles = StreamField(
        StreamBlock([("principle", PrincipleBlock())], required=False, max_num=3), blank=True,
        verbose_name=_("Learn, Embed, Share"),
    )  # fmt: skip
    quilt_total = models.ForeignKey(
        "evidence.Figure", on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("Figure: all squares of the quilt"),
    )  # fmt: skip
    quilt_marked = models.ForeignKey(
        "evidence.Figure", on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("Figure: marked squares of the quilt"),
    )  # fmt: skip

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields, "quilt_total", "quilt_marked", "page_figures",
    ]  # fmt: skip
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("headline")]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lede"),
        FieldPanel("doors"),
        FieldPanel("lead_story"),
        MultiFieldPanel(
            [FieldPanel("quilt_total"), FieldPanel("quilt_marked"),
             InlinePanel("page_figures", label=_("Figure"))],
            _("Figures"),
        ),
        FieldPanel("principles_heading"),
        FieldPanel("principles"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.welcome import home_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(home_context(self))
        return context


class SectionPage(BasePage):
    """A section with its opener."""

    kind_label = _("Section")
    search_weight = -1  # the pages in it answer better
    page_description = _("A section of the site with its opener.")
    template = "pages/home/section_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["home.StandardPage", "home.PositionPage"]

    section_cloth = models.CharField(_("Cloth"), max_length=20, choices=CLOTHS, default="croeso")
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("Text"))

    shared_fields: ClassVar[list[str]] = [*BasePage.shared_fields, "section_cloth"]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [
        *BasePage.content_panels, FieldPanel("section_cloth"), FieldPanel("body"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("section page")

    @property
    def cloth(self) -> str:  # type: ignore[override]
        return self.section_cloth


class StandardPage(BasePage):
    """A standing page: about, awards, accessibility, privacy, Welsh language."""

    page_description = _("A standing page, such as About us or Privacy.")
    template = "pages/home/standard_page.html"
    parent_page_types: ClassVar = ["home.HomePage", "home.SectionPage", "home.StandardPage"]
    subpage_types: ClassVar = ["home.StandardPage", "home.PositionPage"]
    starting_blocks: ClassVar = {"body": ["paragraph"]}

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("Text"))

    shared_fields: ClassVar[list[str]] = [*BasePage.shared_fields, "corrections"]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body"), CORRECTIONS_PANEL]

    class Meta:
        verbose_name = _("standard page")


class PositionPage(BasePage):
    """What somebody says about policy: never the site's own voice, always dated."""

    kind_label = _("Position")
    page_description = _("A position with its speaker, its date and the day it expires.")
    template = "pages/home/position_page.html"
    parent_page_types: ClassVar = ["home.HomePage", "home.SectionPage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = []

    as_at = models.DateField(_("As at"), null=True, blank=True)
    review_by = models.DateField(_("To be reviewed by"), null=True, blank=True)
    speaker_label = models.CharField(
        _("Who says it"), max_length=160, blank=True, help_text=_("A body or a role, not a name.")
    )
    attribution = models.CharField(_("Source"), max_length=250, blank=True)
    as_at_note = models.CharField(_("Note on the date"), max_length=120, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("Text"))

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields,
        "as_at",
        "review_by",
        "corrections",
    ]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [
        *BasePage.content_panels, FieldPanel("speaker_label"), FieldPanel("attribution"),
        FieldPanel("as_at"), FieldPanel("as_at_note"), FieldPanel("review_by"), FieldPanel("body"),
        CORRECTIONS_PANEL,
    ]  # fmt: skip

    class Meta:
        verbose_name = _("position")


class ContactPage(BasePage):
    """The contact form: no cookie, no script; kept for staff, sent by mail when mail works."""

    page_description = _("The contact form.")
    template = "pages/home/contact_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 2
    takes_messages = True

    intro = RichTextField(_("Opening text"), blank=True, features=PLAIN_PROSE)
    thanks = RichTextField(_("Thank-you text"), blank=True, features=PLAIN_PROSE)
    mailbox = models.EmailField(_("Mailbox"), blank=True)

    shared_fields: ClassVar[list[str]] = [*BasePage.shared_fields, "mailbox"]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("intro")]
    content_panels: ClassVar = [
        *BasePage.content_panels, FieldPanel("intro"), FieldPanel("thanks"),
        FieldPanel("mailbox", permission="superuser"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("contact page")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from home.contact import serve_contact

        return serve_contact(self, request, super().serve)


class ContactMessage(models.Model):
    """A message from the contact form, for staff; deleted by `purge_messages` after its date."""

    sent_at = models.DateTimeField(_("Sent"), auto_now_add=True)
    keep_until = models.DateField(_("Kept until"))
    language = models.CharField(_("Language for the answer"), max_length=2)
    name = models.CharField(_("Name"), max_length=100, blank=True)
    email = models.EmailField(_("Email address"))
    message = models.TextField(_("Message"), max_length=5000)
    about = models.CharField(_("About the page"), max_length=300, blank=True)
    is_answered = models.BooleanField(_("Answered"), default=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d} {self.language}"
