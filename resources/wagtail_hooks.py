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


@hooks.register("before_edit_page")
def say_what_could_not_be_made(request: HttpRequest, page: Any) -> None:
    """A print or pack that failed is told to whoever opens the page; the one before is public."""
    if request.method != "GET":
        return
    for row in made.SHELF.failed(page.translation_key):
        messages.warning(
            request,
            _("“%(file)s” could not be made anew: %(reason)s. The last one stays public. "
              "Publish again to try once more.") % {"file": row, "reason": row.failure},
        )  # fmt: skip


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
