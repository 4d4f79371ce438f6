"""The registers of the network in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from network.models import GlossaryTerm, Organisation, Role


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
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
