from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from bilingual.registries import not_copied, reviews_due
        from core import (
            admin_texts,
            navigation,  # noqa: F401  (connects the signals that empty its cache)
        )
        from core.registries import health_lines
        from core.reviews import pages_to_review
        from core.topics import TOPIC_FACET
        from search.facets import facet_sources
        from search.status import health_line

        admin_texts.label_links()
        admin_texts.follow_language()
        facet_sources.register(TOPIC_FACET)
        reviews_due.register(pages_to_review)
        not_copied.register("cloth_seed")  # a copy looks like itself
        health_lines.register(health_line)
