"""File fields that let nothing uncleaned into the storage.

`FieldFile.save` is the only way by which Django writes the bytes of a field, whoever asks for it:
a form, `Model.save`, or `image.file.save`. So cleaning hangs there.
"""

from typing import Any

from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from files.cleaning import CleanedFile, clean_image, token_name
from files.document_cleaning import clean_document


def cleaned_image(file: File) -> CleanedFile:
    """A picture ready to be stored, under a token name. Raises Refused."""
    return _cleaned(file, clean_image)


def cleaned_document(file: File) -> CleanedFile:
    """A document ready to be stored, under a token name. Raises Refused."""
    return _cleaned(file, clean_document)


def _cleaned(file: File, clean: Any) -> CleanedFile:
    inner = file.file if isinstance(file, FieldFile) else file
    if isinstance(inner, CleanedFile):
        return inner
    file.open()
    file.seek(0)
    name = str(file.name)
    return CleanedFile(clean(name, file.read()), name=token_name(name))


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
    """Writes the cleaned document only."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        """As Django's; raises Refused."""
        content.name = content.name or name
        cleaned = cleaned_document(content)
        super().save(str(cleaned.name), cleaned, save=save)


class CleanDocumentField(models.FileField):
    """A document without author, script or macro."""

    attr_class = CleanDocumentFieldFile
