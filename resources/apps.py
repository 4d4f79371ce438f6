from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self) -> None:
        from core.registries import private_fields, publish_checks
        from resources import checks

        publish_checks.register(checks.resource_is_safe_to_use)
        publish_checks.register(checks.resource_can_be_used)
        publish_checks.register(checks.plan_is_whole)
        publish_checks.register(checks.pack_holds_resources)
        private_fields.register(("resources.ResourcePage", "reviewer_notes"))
