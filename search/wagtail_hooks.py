"""The admin's report of searches that found nothing."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.reports import InVainView


@hooks.register("register_admin_urls")
def register_report() -> list[object]:
    return [path("reports/searches/", InVainView.as_view(), name="search_in_vain")]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    return MenuItem(
        _("Searches without result"), reverse("search_in_vain"), icon_name="search", order=900
    )
