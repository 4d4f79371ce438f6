"""Links to documents in texts: the reader gets the document in the language being read.

A text stores the document an editor chose; the other half of the pair is chosen when it is shown.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.documents.rich_text import DocumentLinkHandler

from bilingual.models import LANGUAGES
from files.models import Document


def document_note(document: Document, language: str) -> str:
    """ "English" or "Welsh" in the reader's language when the document is only in the other one."""
    if document.language == "en" and language != "en":
        return _("English")
    if document.language == "cy" and language != "cy":
        return _("Welsh")
    return ""


def for_reader(document: Document, language: str) -> tuple[Document, str, str]:
    """The document to read, its language, and the name of that where it is not the reader's.

    The language is empty for a document in both or in another one.
    """
    chosen = document.in_language(language)
    known = chosen.language if chosen.language in LANGUAGES else ""
    return chosen, known, document_note(chosen, language)


class PairedDocumentLinkHandler(DocumentLinkHandler):
    """Chooses between a document and its counterpart by the active language."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Opening tags. One query for all documents of a text, counterparts included."""
        language = (get_language() or "en")[:2]
        keys = [attrs["id"] for attrs in attrs_list if attrs.get("id", "").isdigit()]
        found = Document.objects.select_related("counterpart").in_bulk([int(key) for key in keys])
        return [
            cls.opening_tag(found.get(int(attrs["id"])), language)
            if attrs.get("id", "").isdigit()
            else "<a>"
            for attrs in attrs_list
        ]

    @staticmethod
    def opening_tag(document: Document | None, language: str) -> str:
        """`<a href>` with `hreflang`; a label names the language where only the other exists."""
        if document is None:
            return "<a>"
        chosen, known, note = for_reader(document, language)
        if not known:
            return format_html('<a href="{}">', chosen.url)
        label: str | SafeString = ""
        if note:
            # The text of the link is the reader's language, so the label comes before it.
            label = format_html('<span class="quiet">({})</span> ', note)
        return format_html('<a href="{}" hreflang="{}">{}', chosen.url, known, label)
