"""The section of training material."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields import StreamField
from core.models import BasePage


class ResourceIndexPage(BasePage):
    """The section of training material."""

    cloth = "adnoddau"
    kind_label = _("Section")
    search_weight = -1  # the pages in it answer better
    page_description = _("Opens the training library. There is one in each language.")
    template = "pages/resources/resource_index_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["resources.ResourcePage", "resources.PackPage"]
    max_count = 2

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("Text"))

    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("resource section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.library import library_list

        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(library_list(self, request))
        return context
