"""Contact messages for staff."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import ContactMessage


class ContactMessageViewSet(SnippetViewSet):
    """Read and mark as answered; a message is written by its sender alone."""

    model = ContactMessage
    icon = "mail"
    menu_label = _("Messages")
    add_to_admin_menu = True
    list_display = ("sent_at", "language", "email", "is_answered", "keep_until")
    list_filter = ("is_answered", "language")
    panels = (
        FieldPanel("name", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("language", read_only=True),
        FieldPanel("about", read_only=True),
        FieldPanel("message", read_only=True),
        FieldPanel("is_answered"),
    )


register_snippet(ContactMessageViewSet)
