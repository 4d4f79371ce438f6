"""The registers of the network in the admin."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from network import exchange
from network.models import GlossaryTerm, Organisation, Role
from network.views import RIGHTS, ImportRunView, ImportView, export


class OrganisationIndexView(IndexView):
    """The register, with the ways in and out as a table."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if self.request.user.has_perms(RIGHTS):
            for label, name, icon in (
                (_("Bring in a table"), "organisation_import", "upload"),
                (_("Take out as a table"), "organisation_export", "download"),
            ):
                buttons.append(Button(label, url=reverse(name), icon_name=icon, priority=50))
        return buttons


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    index_view_class = OrganisationIndexView
    search_fields = ["name_en", "name_cy", "key"]
    search_backend_name = None
    icon = "group"
    list_display = ["name_en", "name_cy", "kind", "county", "visibility"]
    list_filter = ["kind", "visibility", "status", "county"]


class RoleViewSet(SnippetViewSet):
    model = Role
    icon = "user"
    list_display = ["title_en", "title_cy", "area", "visibility"]


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term_en", "term_cy"]


class NetworkGroup(SnippetViewSetGroup):
    items = (OrganisationViewSet, RoleViewSet, GlossaryTermViewSet)
    menu_label = _("Network")
    menu_icon = "group"


register_snippet(NetworkGroup)


@hooks.register("register_log_actions")
def table_events(actions: LogActionRegistry) -> None:
    actions.register_action(
        exchange.EXPORTED, _("Take out organisations"), _("Organisations were taken out as a table")
    )
    actions.register_action(
        exchange.WRITTEN, _("Bring in organisations"), _("Organisations were brought in")
    )
    actions.register_action(
        exchange.UNDONE,
        _("Undo a table of organisations"),
        _("A table of organisations was undone"),
    )


@hooks.register("register_admin_urls")
def organisation_tables() -> list[URLPattern]:
    return [
        path("organisations/import/", ImportView.as_view(), name="organisation_import"),
        path(
            "organisations/import/<int:run_id>/",
            ImportRunView.as_view(),
            name="organisation_import_run",
        ),
        path("organisations/export/", export, name="organisation_export"),
    ]
