"""Wiring of the search room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search that understands Welsh: index fields, query, results."""

    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from search import admin_search, signals

        admin_search.hang()
        signals.listen()
