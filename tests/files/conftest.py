"""Pictures and documents, stored in a folder of the test's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from files.models import Document, Image
from tests.files import planted


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def make_image(db: Any) -> Callable[..., Image]:
    """A saved picture; the file has GPS and an author when it comes in."""

    def make(content: bytes | None = None, name: str = "Amina at home.jpg", **values: Any) -> Image:
        values = {"title": name, "alt_en": "Two colours.", "alt_cy": "Dau liw."} | values
        image = Image(file=ContentFile(content or planted.picture("JPEG"), name=name), **values)
        image.save()
        return image

    return make


@pytest.fixture
def make_document(db: Any) -> Callable[..., Document]:
    """A saved text document."""

    def make(title: str, language: str, **values: Any) -> Document:
        file = ContentFile(b"Croeso", name="Amina.txt")
        document = Document(title=title, language=language, file=file, **values)
        document.full_clean()
        document.save()
        return document

    return make
