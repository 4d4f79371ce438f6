from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"

    def ready(self) -> None:
        from core.registries import QuickAdd, private_fields, quick_add
        from network import signals

        signals.connect()
        quick_add.register(QuickAdd("network.GroupPage", _("New group")))
        for label, names in {
            "network.Organisation": ("contact", "key"),
            "network.Award": ("principles_evidence",),
            "network.Role": ("display_name", "key"),
            "network.GroupPage": ("contacts",),
            "network.StreamPage": ("contacts",),
            "network.NetworkPage": ("contacts",),
            "network.GlossaryTerm": ("forbidden_en", "forbidden_cy"),
        }.items():
            for name in names:
                private_fields.register((label, name))
