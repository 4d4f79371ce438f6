"""Beside Wagtail's own editor: the words of the other language, and what it says anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from bilingual import pairs, staleness
from bilingual.models import language_of
from bilingual.reading import reading


class TwinSidePanel(BaseSidePanel):
    """The twin's latest draft, field by field, to be read only."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Show or hide the other language")
        icon_name = "globe"
        has_counter = False

    name = "twin"
    title = _("Other language")
    template_name = "wagtailadmin/pairs/twin_panel.html"
    order = 150

    @property
    def media(self) -> Media:
        return Media(css={"all": ["bilingual/pairs.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        twin = pairs.twin(self.object)
        if twin is not None:
            draft = pairs.latest_draft(twin)
            context |= {
                "twin_language": language_of(twin),
                "language": language_of(self.object),
                "passages": reading(draft),
                "changes": staleness.changes(draft, self.object),
                "columns": reverse("compose_pair", args=[twin.translation_key]),
            }
        return context


class PairedEditView(EditView):
    """Wagtail's editor with one more side panel."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        return MediaContainer([*panels, TwinSidePanel(self.page, self.request)])


class PairedPageViewSet(PageViewSet):
    """The views of every page type that has two languages."""

    edit_view_class = PairedEditView
