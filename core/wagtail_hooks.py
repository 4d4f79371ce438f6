"""The controlled terms and the urgent banner in the admin, and the editors’ guide in its help."""

from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core import guide
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


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLPattern]:
    return guide.urls()


@hooks.register("insert_editor_js")
def names_for_rich_text() -> str:
    return format_html('<script src="{}"></script>', static("core/rich-text-names.js"))


@hooks.register("construct_help_menu")
def no_english_news(request: Any, menu_items: list[Any]) -> None:
    """What is new in Wagtail is told in English only, and elsewhere."""
    menu_items[:] = [
        item for item in menu_items if not item.name.startswith("whats-new-in-wagtail")
    ]


@hooks.register("register_help_menu_item")
def guide_in_help_menu() -> MenuItem:
    return MenuItem(_("Guide for editors"), reverse("guide"), icon_name="help", order=1)
