from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseStudiesConfig(AppConfig):
    name = "case_studies"

    def ready(self) -> None:
        from case_studies import checks
        from core.registries import (
            QuickAdd,
            private_fields,
            publish_checks,
            publisher_checks,
            quick_add,
        )

        publish_checks.register(checks.nobody_exposed_without_consent)
        publish_checks.register(checks.practice_example_names_its_source)
        publisher_checks.register(checks.others_publish_my_story)
        quick_add.register(QuickAdd("case_studies.CaseStudyPage", _("New story")))
        private_fields.register(("case_studies.CaseStudyPage", "could_be_recognised"))
        private_fields.register(("case_studies.CaseStudyPage", "has_portrait"))
