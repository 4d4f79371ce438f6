"""Wiring of the files room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Pictures and documents: cleaned on the way in, in both languages on the way out."""

    name = "files"
    label = "files"
    verbose_name = "Files"

    def ready(self) -> None:
        from files import signals

        signals.connect()
