from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "case_studies"

    def ready(self) -> None:
        from case_studies import checks
        from core.registries import private_fields, publish_checks

        publish_checks.register(checks.nobody_exposed_without_consent)
        publish_checks.register(checks.practice_example_names_its_source)
        private_fields.register(("case_studies.CaseStudyPage", "could_be_recognised"))
        private_fields.register(("case_studies.CaseStudyPage", "has_portrait"))
