"""What the files room tells Wagtail."""

from typing import Any

from wagtail import hooks

from files.rich_text import PairedDocumentLinkHandler


@hooks.register("register_rich_text_features", order=10)
def choose_document_by_language(features: Any) -> None:
    """After Wagtail's own handler, which it replaces: the last one registered is used."""
    features.register_link_type(PairedDocumentLinkHandler)
