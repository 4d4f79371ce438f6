from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self) -> None:
        from bilingual.registries import not_copied
        from core.registries import page_context, private_fields, publish_checks
        from evidence import corrections

        page_context.register(corrections.corrections_of)
        publish_checks.register(corrections.corrections_stay)
        not_copied.register("corrections")  # nothing that a copy says was ever corrected
        private_fields.register(("evidence.Correction", "noticed_by"))
