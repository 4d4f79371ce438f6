"""Wiring of the bilingual room."""

from django.apps import AppConfig


class BilingualConfig(AppConfig):
    """Two languages as one site: pairs, the door to the public, fallback, the switcher."""

    name = "bilingual"
    label = "bilingual"
    verbose_name = "Welsh and English"

    def ready(self) -> None:
        from bilingual import door

        door.hang()
