from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsConfig(AppConfig):
    name = "facts"

    def ready(self) -> None:
        from bilingual.registries import unlisted
        from core.registries import (
            QuickAdd,
            health_lines,
            private_fields,
            publish_checks,
            publisher_checks,
            quick_add,
        )
        from facts import checks, kit, signals
        from facts.models import expired_facts

        publish_checks.register(checks.fact_is_written)
        publish_checks.register(checks.fact_has_its_days)
        publish_checks.register(checks.fact_has_its_sources)
        publish_checks.register(checks.claim_stays_in_its_place)
        publisher_checks.register(checks.second_person_publishes)
        unlisted.register(expired_facts)
        quick_add.register(QuickAdd("facts.FactPage", _("New fact")))
        private_fields.register(("facts.HeardClaim", "text"))
        private_fields.register(("facts.HeardClaim", "address"))
        health_lines.register(kit.health_line)
        signals.connect()
