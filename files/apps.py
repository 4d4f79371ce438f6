"""Wiring of the files room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Pictures and documents: cleaned on the way in, in both languages on the way out."""

    name = "files"
    label = "files"
    verbose_name = "Files"

    def ready(self) -> None:
        from bilingual.registries import parity_rows
        from files import counts, signals

        signals.connect()
        parity_rows.register(counts.documents)
        parity_rows.register(counts.described_pictures)
