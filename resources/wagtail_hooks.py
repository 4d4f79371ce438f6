"""What the training library tells editors."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from resources import made
from resources.models import ResourcePage, SessionReport
from resources.resource import parts_of

hooks.register("before_edit_page", made.SHELF.say_what_failed)


@hooks.register("before_edit_page")
def say_what_its_files_lack(request: HttpRequest, page: Any) -> None:
    """The editor reads what keeps people out of a file, also where it was added in the chooser."""
    if request.method != "GET" or not isinstance(page, ResourcePage):
        return
    for row in parts_of(page).newest_files:
        if missing := row.document.missing_for_access():
            advice = _("Offer the same content as a web page.")
            sentences = " ".join([*missing, *([] if page.material else [advice])])
            messages.warning(request, f"“{row.document.title}”: {sentences}")


class SessionReportViewSet(SnippetViewSet):
    """Reports of sessions: staff open one and approve it."""

    model = SessionReport
    icon = "tasks"
    list_display = ["page", "month", "county", "people", "committed", "status"]
    list_filter = ["status", "county"]
    add_to_admin_menu = True


register_snippet(SessionReportViewSet)
