from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self) -> None:
        from bilingual.registries import parity_rows
        from core.registries import (
            QuickAdd,
            health_lines,
            page_context,
            private_fields,
            publish_checks,
            quick_add,
        )
        from resources import checks, counts, made, reports, signals

        publish_checks.register(checks.resource_is_safe_to_use)
        publish_checks.register(checks.resource_can_be_used)
        publish_checks.register(checks.plan_is_whole)
        publish_checks.register(checks.pack_holds_resources)
        quick_add.register(QuickAdd("resources.ResourcePage", _("New resource")))
        page_context.register(reports.sessions_held)
        signals.connect()
        health_lines.register(made.health_line)
        parity_rows.register(counts.captioned_films)
        private_fields.register(("resources.ResourcePage", "reviewer_notes"))
