"""Packs: resources that belong together, in the order in which they are used."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import PLAIN_PROSE
from core.models import BasePage
from evidence.corrections import CORRECTIONS_PANEL


class PackedResource(Orderable):
    """A resource in an ordered list. Lists have no language: show the twin with `localise`."""

    resource = models.ForeignKey(
        "resources.ResourcePage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("resource"),
    )

    panels: ClassVar = [PageChooserPanel("resource", "resources.ResourcePage")]

    class Meta(Orderable.Meta):
        abstract = True


class PackResource(PackedResource):
    """A resource of a pack."""

    page = ParentalKey(
        "resources.PackPage", on_delete=models.CASCADE, related_name="packed_resources"
    )

    class Meta(PackedResource.Meta):
        verbose_name = _("resource of a pack")
        verbose_name_plural = _("resources of a pack")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "resource"], name="resource_once_in_a_pack"),
        ]


class PackPage(BasePage):
    """A pack chosen by the editors, downloaded and printed as one."""

    cloth = "adnoddau"
    kind_label = _("Pack")
    search_kind = _("Resources")
    page_description = _("Several resources as one download.")
    template = "pages/resources/pack_page.html"
    parent_page_types: ClassVar = ["resources.ResourceIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    cover_note = RichTextField(_("Cover note"), blank=True, features=PLAIN_PROSE)

    shared_fields: ClassVar[list[str]] = [
        *BasePage.shared_fields, "packed_resources", "corrections",
    ]  # fmt: skip
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("cover_note")]
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("cover_note"),
        InlinePanel("packed_resources", heading=_("Resources"), label=_("Resource")),
        CORRECTIONS_PANEL,
    ]

    class Meta:
        verbose_name = _("pack")
        verbose_name_plural = _("packs")

    def resource_ids(self) -> list[Any]:
        """Ids of the resources in their order (one query)."""
        return [row.resource_id for row in self.packed_resources.all()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.workshop import pack_context

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(pack_context(self))
        return context
