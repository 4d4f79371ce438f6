from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import navigation  # noqa: F401  (connects the signals that empty its cache)
