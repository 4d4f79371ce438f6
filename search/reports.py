"""What readers looked for in vain, for everybody who may open the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from search.in_vain import KEEP_DAYS, SHOWN_FROM, asked_in_vain


class InVainView(WagtailAdminTemplateMixin, TemplateView):
    """Two lists of words, one for each language."""

    page_title = _("Searches without result")
    header_icon = "search"
    template_name = "wagtailadmin/search_in_vain.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The last one is the heading of the screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.update(
            lists=[
                {"heading": _("In Welsh"), "language": "cy", "rows": asked_in_vain("cy")},
                {"heading": _("In English"), "language": "en", "rows": asked_in_vain("en")},
            ],
            shown_from=SHOWN_FROM,
            days=KEEP_DAYS,
        )
        return context
