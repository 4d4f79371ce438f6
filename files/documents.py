"""The door by which code stores a document: packs, prints, the demo, an import."""

from dataclasses import replace

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Collection

from files.cleaning import CleanedFile, token_name
from files.facts import TEXT_LIMIT
from files.fields import cleaned_document
from files.gate import read_generated
from files.models import Document


def store(
    name: str,
    content: bytes,
    *,
    title: str,
    language: str,
    counterpart: Document | None = None,
    collection: Collection | None = None,
    generated: bool = False,
    text: str | None = None,
    into: Document | None = None,
) -> Document:
    """Store bytes as a document and return it; only the extension of `name` matters.

    A file of a stranger goes through the gate. `generated` is for what our own code has made from
    our own fields (a print, a pack): it is read but not rewritten, so a PDF/UA stays one and a
    ZIP may hold a web page. `text` gives the words for search where the file itself cannot be
    read for them. `into` puts the new bytes at the address of a document that stands already; the
    same bytes are not written again. Raises Refused, ValidationError, and OSError when the
    storage fails; then nothing is left behind.
    """
    if generated:
        file = CleanedFile(content, token_name(name), facts=read_generated(name, content))
    else:
        file = cleaned_document(ContentFile(content, name=name))
    assert file.facts is not None
    if text is not None:
        file.facts = replace(file.facts, text=text[:TEXT_LIMIT])
    facts = file.facts
    document = into or Document()
    document.title, document.language = title, language
    document.counterpart = counterpart or document.counterpart
    if collection is not None:
        document.collection = collection
    old = ""
    if document.checksum != facts.checksum:
        old = str(document.file.name or "")
        document.file = file
    document.take_facts(facts)
    document.full_clean()
    try:
        document.save()
    except Exception:
        if document.file.name != old and document.file._committed:  # type: ignore[attr-defined]
            document.file.storage.delete(str(document.file.name))
        raise
    if old:
        storage = document.file.storage
        transaction.on_commit(lambda: storage.delete(old))
    return document
