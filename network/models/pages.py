"""The pages of “Near you”: the section, counties, groups, streams, networks, and the A–Z."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from core.blocks import PLAIN_PROSE, BodyBlock
from core.fields import StreamField
from core.models import BasePage
from core.terms import Term, TermKind
from evidence.corrections import CORRECTIONS_PANEL

COMMUNITY_TEMPLATE = "pages/network/community_page.html"


class NearYouPage(BasePage):
    """The section: county patchwork, groups, streams, awarded organisations."""

    cloth = "rhwydwaith"
    kind_label = _("Section")
    search_weight = -1  # the pages in it answer better
    page_description = _("Opens the network. There is one in each language.")
    template = "pages/network/near_you_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = [
        "network.CountyPage", "network.GroupPage", "network.StreamPage", "network.NetworkPage",
        "network.DirectoryPage",
    ]  # fmt: skip
    max_count = 2

    headline = models.CharField(_("Headline"), max_length=160, blank=True)
    streams_text = models.TextField(_("What streams are"), max_length=400, blank=True)

    shared_fields: ClassVar[list[str]] = [*BasePage.shared_fields, "page_figures"]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("headline")]
    content_panels: ClassVar = [
        *BasePage.content_panels, FieldPanel("headline"), FieldPanel("streams_text"),
        InlinePanel("page_figures", heading=_("Figures"), label=_("Figure")),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("network section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.near_you import near_you_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(near_you_context(self))
        return context


class CountyPage(BasePage):
    """One of the 22 counties: who is there. All are planted; none is made or deleted."""

    cloth = "rhwydwaith"
    kind_label = _("County")
    page_description = _("A county. All 22 are there already.")
    template = "pages/network/county_page.html"
    parent_page_types: ClassVar = ["network.NearYouPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 44

    county = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": TermKind.COUNTY}, verbose_name=_("County"),
    )  # fmt: skip

    shared_fields: ClassVar[list[str]] = [*BasePage.shared_fields, "county", "page_figures"]
    search_fields: ClassVar = [*BasePage.search_fields]
    content_panels: ClassVar = [
        *BasePage.content_panels, FieldPanel("county"),
        InlinePanel("page_figures", heading=_("Figures"), label=_("Figure")),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("county page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.near_you import county_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(county_context(self))
        return context


class CommunityPage(BasePage):
    """What a group, a stream and a network have in common."""

    cloth = "rhwydwaith"

    known_for = models.CharField(
        _("Known for"), max_length=200,
        help_text=_("One sentence: what people find here."),
    )  # fmt: skip
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("Description"))
    lived_experience = RichTextField(
        _("How people with lived experience take part"), blank=True, features=PLAIN_PROSE
    )
    lead_role = models.ForeignKey(
        "network.Role", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("Role that leads"),
    )  # fmt: skip
    contact_form = models.URLField(
        _("Contact form"), blank=True,
        help_text=_("A form, never a person’s address. Empty: the contact form of this site."),
    )  # fmt: skip
    contacts = models.TextField(_("Contacts, for staff only"), blank=True, max_length=1000)

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields, "lead_role", "contact_form", "contacts", "page_figures",
        "corrections",
    ]  # fmt: skip
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("known_for"),
        index.SearchField("body"),
        index.SearchField("lived_experience"),
    ]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("known_for"),
        FieldPanel("body"),
        FieldPanel("lived_experience"),
        InlinePanel("page_figures", heading=_("Figures"), label=_("Figure")),
        FieldPanel("lead_role"),
        FieldPanel("contact_form"),
        CORRECTIONS_PANEL,
    ]
    settings_panels: ClassVar = [
        *BasePage.settings_panels, MultiFieldPanel([FieldPanel("contacts")], _("For staff")),
    ]  # fmt: skip

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.community import community_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(community_context(self, context["page_end"]["contact_url"]))
        return context


class GroupPage(CommunityPage):
    """Local volunteers under the City of Sanctuary name; its terms say in which counties."""

    kind_label = _("Local group")
    search_kind = _("Groups and streams")
    page_description = _("A City of Sanctuary group and the area it works in.")
    template = COMMUNITY_TEMPLATE
    parent_page_types: ClassVar = ["network.NearYouPage"]
    subpage_types: ClassVar[list[str]] = []
    shared_fields: ClassVar[list[str]] = [*CommunityPage.shared_fields]
    search_fields: ClassVar = [*CommunityPage.search_fields]

    class Meta:
        verbose_name = _("group page")


class StreamPage(CommunityPage):
    """Organisations of one sector that learn together."""

    kind_label = _("Stream")
    search_kind = _("Groups and streams")
    page_description = _("A Stream of Sanctuary: schools, councils, libraries and others.")
    template = COMMUNITY_TEMPLATE
    parent_page_types: ClassVar = ["network.NearYouPage"]
    subpage_types: ClassVar[list[str]] = []

    stream = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": TermKind.STREAM}, verbose_name=_("Stream"),
    )  # fmt: skip

    shared_fields: ClassVar[list[str]] = [*CommunityPage.shared_fields, "stream"]
    search_fields: ClassVar = [*CommunityPage.search_fields]
    content_panels: ClassVar = [*CommunityPage.content_panels, FieldPanel("stream")]

    class Meta:
        verbose_name = _("stream page")


class NetworkPage(CommunityPage):
    """A network across streams and counties, such as that of the councils."""

    kind_label = _("Network")
    search_kind = _("Groups and streams")
    page_description = _("A network of organisations, such as that of local authorities.")
    template = COMMUNITY_TEMPLATE
    parent_page_types: ClassVar = ["network.NearYouPage"]
    subpage_types: ClassVar[list[str]] = []
    shared_fields: ClassVar[list[str]] = [*CommunityPage.shared_fields]
    search_fields: ClassVar = [*CommunityPage.search_fields]

    class Meta:
        verbose_name = _("network page")


class DirectoryPage(BasePage):
    """Groups, streams, networks, counties and named organisations from A to Z."""

    cloth = "rhwydwaith"
    kind_label = _("A–Z")
    search_weight = -1  # the pages in it answer better
    page_description = _("The A–Z of the network. There is one in each language.")
    template = "pages/network/directory_page.html"
    parent_page_types: ClassVar = ["network.NearYouPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 2

    shared_fields: ClassVar[list[str]] = [*BasePage.shared_fields]
    search_fields: ClassVar = [*BasePage.search_fields]

    class Meta:
        verbose_name = _("A–Z page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network.a_to_z import directory_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(directory_context(self))
        return context
