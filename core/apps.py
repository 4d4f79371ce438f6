from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import (
            admin_texts,
            navigation,  # noqa: F401  (connects the signals that empty its cache)
        )

        admin_texts.label_links()
        admin_texts.follow_language()
