"""The controlled terms and the urgent banner in the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.alerts import Alert
from core.terms import Term


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "tag"
    list_display = ["name_cy", "name_en", "kind"]
    list_filter = ["kind"]
    add_to_admin_menu = True


class AlertViewSet(SnippetViewSet):
    model = Alert
    icon = "warning"
    list_display = ["__str__", "section", "start", "end"]
    add_to_admin_menu = True


register_snippet(TermViewSet)
register_snippet(AlertViewSet)
