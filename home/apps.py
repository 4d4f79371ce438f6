from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from core.registries import QuickAdd, quick_add

        quick_add.register(QuickAdd("home.StandardPage", _("New standard page")))
