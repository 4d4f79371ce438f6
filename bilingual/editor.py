"""Wagtail's own editor of one language, for pages that have two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.locks import BaseLock
from wagtail.models import Page

from bilingual import pairs, staleness
from bilingual.models import language_of
from bilingual.reading import reading


class TwinSidePanel(BaseSidePanel):
    """The twin's latest draft, field by field, to be read only."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Show or hide the other language")
        icon_name = "globe"
        has_counter = False

    name = "twin"
    title = gettext_lazy("Other language")
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


class PairedCreateView(CreateView):
    """Wagtail's new page, made with its twin in one transaction.

    Two who send one address at once come one after the other: Wagtail asks whether it is free when
    it reads the form, and would answer the second one with an error page when it stores the page.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            pairs.hold(get_object_or_404(Page, pk=kwargs["parent_page_id"]))
            return super().dispatch(request, *args, **kwargs)


class TwinLock(BaseLock):
    """The other language is locked for this user, which holds this one as well."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return _(
            "The other language is locked: “%(title)s”. Both are saved and published together."
        ) % {"title": self.object.get_admin_display_title()}


class HeldByTwin:
    """A view of Wagtail's editor that is held by a lock on either language."""

    page: Page
    request: HttpRequest

    @property
    def lock(self) -> BaseLock | None:
        return self._lock

    @lock.setter
    def lock(self, own: BaseLock | None) -> None:
        user, twin = self.request.user, pairs.twin(self.page)
        other = twin and twin.get_lock()
        is_free = own is None or not own.for_user(user)
        self._lock = TwinLock(twin) if is_free and other and other.for_user(user) else own


class PairedRevertView(HeldByTwin, RevisionsRevertView):
    """An older version in Wagtail's editor."""


class PairedEditView(HeldByTwin, EditView):
    """Wagtail's editor with one more side panel."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        return MediaContainer([*panels, TwinSidePanel(self.page, self.request)])


class PairedPageViewSet(PageViewSet):
    """The views of every page type that has two languages."""

    add_view_class = PairedCreateView
    edit_view_class = PairedEditView
    revisions_revert_view_class = PairedRevertView
