from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from core.registries import (
            QuickAdd,
            health_lines,
            private_fields,
            publish_checks,
            quick_add,
        )
        from events import checks, mails, papers, signals

        publish_checks.register(checks.changes_fit_the_series)
        publish_checks.register(checks.details_are_in_both_languages)
        quick_add.register(QuickAdd("events.EventPage", _("New event")))
        health_lines.register(papers.health_line)
        health_lines.register(mails.health_line)
        signals.connect()
        for label, names in {
            "events.EventPage": ("venue", "joining_link"),
            "events.Registration": ("email", "name", "needs"),
        }.items():
            for name in names:
                private_fields.register((label, name))
