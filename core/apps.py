from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import (
            admin_texts,
            navigation,  # noqa: F401  (connects the signals that empty its cache)
        )
        from core.topics import TOPIC_FACET
        from search.facets import facet_sources

        admin_texts.label_links()
        admin_texts.follow_language()
        facet_sources.register(TOPIC_FACET)
