from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self) -> None:
        from core.registries import page_context, private_fields, publish_checks
        from evidence import corrections

        page_context.register(corrections.corrections_of)
        publish_checks.register(corrections.corrections_stay)
        private_fields.register(("evidence.Correction", "noticed_by"))
