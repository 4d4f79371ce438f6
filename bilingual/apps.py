"""Wiring of the bilingual room."""

from django.apps import AppConfig


class BilingualConfig(AppConfig):
    """Two languages as one site: pairs, the door to the public, fallback, the switcher."""

    name = "bilingual"
    label = "bilingual"
    verbose_name = "Welsh and English"

    def ready(self) -> None:
        from bilingual import door, parity
        from bilingual.signals import pair_published, pair_withdrawn

        door.hang()
        for signal in (pair_published, pair_withdrawn):
            signal.connect(parity.count_anew, dispatch_uid="bilingual.parity")
