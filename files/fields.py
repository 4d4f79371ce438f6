"""File fields that let nothing uncleaned into the storage.

`FieldFile.save` is the only way by which Django writes the bytes of a field, whoever asks for it:
a form, `Model.save`, or `image.file.save`. So cleaning hangs there.
"""

from typing import Any

from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from files.cleaning import CleanedFile, token_name
from files.gate import SIZE_LIMIT, admit_document, admit_image


def cleaned_image(file: File) -> CleanedFile:
    """A picture ready to be stored, under a token name. Raises Refused."""
    inner = _inner(file)
    if isinstance(inner, CleanedFile):
        return inner
    name = str(file.name)
    return CleanedFile(admit_image(name, _bytes_of(file)), name=token_name(name))


def cleaned_document(file: File) -> CleanedFile:
    """A document ready to be stored, under a token name, with its facts. Raises Refused."""
    inner = _inner(file)
    if isinstance(inner, CleanedFile):
        return inner
    name = str(file.name)
    content, facts = admit_document(name, _bytes_of(file))
    return CleanedFile(content, name=token_name(name), facts=facts)


def _inner(file: File) -> Any:
    return file.file if isinstance(file, FieldFile) else file


def _bytes_of(file: File) -> bytes:
    """At most one byte more than the limit: enough to refuse, never a 60 MB copy in memory."""
    file.open()
    file.seek(0)
    return bytes(file.read(SIZE_LIMIT + 1))


class CleanImageFieldFile(WagtailImageFieldFile):
    """Writes the cleaned picture only."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """As Django's; raises Refused."""
        content.name = content.name or name
        cleaned = cleaned_image(content)
        super().save(str(cleaned.name), cleaned, save=save)


class CleanImageField(WagtailImageField):
    """A picture without tags."""

    attr_class = CleanImageFieldFile


class CleanDocumentFieldFile(FieldFile):
    """Writes the cleaned document only, and hands its facts to the model."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """As Django's; raises Refused."""
        content.name = content.name or name
        cleaned = cleaned_document(content)
        if cleaned.facts is not None and hasattr(self.instance, "take_facts"):
            self.instance.take_facts(cleaned.facts)
        super().save(str(cleaned.name), cleaned, save=save)


class CleanDocumentField(models.FileField):
    """A document without author, script or macro."""

    attr_class = CleanDocumentFieldFile
