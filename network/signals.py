"""What follows when a word of the glossary changes."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.search import index

from network.models import GlossaryPage, GlossaryTerm


def connect() -> None:
    """Called once when the room is ready."""
    for signal in (post_save, post_delete):
        signal.connect(find_the_glossary, sender=GlossaryTerm, dispatch_uid="network.glossary")


def find_the_glossary(**kwargs: Any) -> None:
    """Both languages of the page are found by the words that it has now."""
    for page in GlossaryPage.objects.live().select_related("locale"):
        index.insert_or_update_object(page)
