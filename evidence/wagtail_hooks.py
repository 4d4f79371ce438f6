"""The registers of sources and figures in the admin."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from evidence import changes
from evidence.models import Evidence, Figure, FigureChange
from evidence.views import FigureChangeView, FigureEditView, SourceWatchView, edit_address
from evidence.watch import troubled_sources_of


class EvidenceViewSet(SnippetViewSet):
    model = Evidence
    icon = "link"
    list_display = [
        "title_cy",
        "title_en",
        "publisher",
        "tier",
        "status",
        "as_at",
        "finding",
        "last_checked",
    ]
    list_filter = ["tier", "status", "finding"]


class FigureViewSet(SnippetViewSet):
    model = Figure
    icon = "order"
    list_display = [
        "key",
        Column("number", label=_("Number")),
        Column("label", label=_("Words after the number")),
        "as_at",
        "expiry",
        Column(
            "is_waiting",
            label=_("Waits for a second person"),
            accessor=lambda figure: _now("Yes") if figure.is_waiting else "",
        ),
    ]  # fmt: skip
    edit_view_class = FigureEditView
    edit_template_name = "wagtailadmin/evidence/figure.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        waiting = FigureChange.objects.filter(
            figure=OuterRef("pk"), status=FigureChange.Status.OPEN
        )
        return Figure.objects.annotate(is_waiting=Exists(waiting))


class EvidenceGroup(SnippetViewSetGroup):
    items = (EvidenceViewSet, FigureViewSet)
    menu_label = _("Sources and figures")
    menu_icon = "link"


register_snippet(EvidenceGroup)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("evidence/watch/", SourceWatchView.as_view(), name="source_watch"),
        path("evidence/change/<int:change_id>/", FigureChangeView.as_view(), name="figure_change"),
    ]


class SourceWatchItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("evidence.change_evidence"))  # type: ignore[union-attr]


@hooks.register("register_reports_menu_item")
def source_watch_in_menu() -> MenuItem:
    return SourceWatchItem(_("Sources to look at"), reverse("source_watch"), icon_name="warning")


@hooks.register("before_edit_page")
def say_which_sources_are_in_doubt(request: HttpRequest, page: Any) -> None:
    """Whoever opens a page is told of its sources that moved, changed or cannot be reached."""
    if request.method != "GET":
        return
    for source in troubled_sources_of(page):
        messages.warning(
            request,
            _now("Please look at a source of this page. “%(source)s”: %(finding)s.")
            % {"source": source.title, "finding": source.get_finding_display()},
        )


@hooks.register("before_delete_snippet")
def keep_what_pages_print(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """A figure that pages print is not deleted: they would have a hole."""
    for figure in instances:
        if isinstance(figure, Figure) and changes.pages_printing(figure):
            messages.error(
                request,
                _now("“%(figure)s” is printed on pages. Take it off them first.")
                % {"figure": figure},
            )
            return redirect(edit_address(figure))
    return None


@hooks.register("register_log_actions")
def figure_events(actions: LogActionRegistry) -> None:
    actions.register_action(
        changes.PROPOSED, _("Propose a figure"), _("Proposed a change of a figure")
    )
    actions.register_action(changes.CHANGED, _("Change a figure"), _("A figure was changed"))
    actions.register_action(
        changes.REFUSED, _("Refuse a figure"), _("Refused a change of a figure")
    )
