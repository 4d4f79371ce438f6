"""What the events tell editors: papers that failed, and who has booked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from events import papers
from events.models import Registration


@hooks.register("before_edit_page")
def say_what_could_not_be_made(request: HttpRequest, page: Any) -> None:
    """A paper that failed is told to whoever opens the page; the one before is public."""
    if request.method != "GET":
        return
    for row in papers.SHELF.failed(page.translation_key):
        messages.warning(
            request,
            _("“%(file)s” could not be made anew: %(reason)s. The last one stays public. "
              "Publish again to try once more.") % {"file": row.get_kind_display(),
                                                     "reason": row.failure},
        )  # fmt: skip


class RegistrationViewSet(SnippetViewSet):
    """Who comes to a date and what they need. The address for mails is shown in no list."""

    model = Registration
    icon = "group"
    menu_label = gettext_lazy("Bookings")
    add_to_admin_menu = True
    list_display = ("occurrence", "number", "state", "name", "language", "needs")
    list_filter = ("state", "language")
    list_export = ()
    panels = (
        FieldPanel("name", read_only=True),
        FieldPanel("state", read_only=True),
        FieldPanel("language", read_only=True),
        FieldPanel("needs", read_only=True),
    )


register_snippet(RegistrationViewSet)
