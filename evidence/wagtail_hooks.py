"""The registers of sources and figures in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from evidence.models import Evidence, Figure


class EvidenceViewSet(SnippetViewSet):
    model = Evidence
    icon = "link"
    list_display = ["title", "publisher", "tier", "status", "as_at"]
    list_filter = ["tier", "status"]


class FigureViewSet(SnippetViewSet):
    model = Figure
    icon = "order"
    list_display = ["key", "number", "label", "as_at", "expiry"]


class EvidenceGroup(SnippetViewSetGroup):
    items = (EvidenceViewSet, FigureViewSet)
    menu_label = _("Sources and figures")
    menu_icon = "link"


register_snippet(EvidenceGroup)
