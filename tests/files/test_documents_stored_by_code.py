"""What code stores goes through the same gate and says the same about itself."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from files.cleaning import Refused
from files.documents import store
from files.models import Document
from tests.files import planted

pytestmark = pytest.mark.django_db


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_strangers_file_is_cleaned_and_read(tmp_path: Path) -> None:
    document = store("plan.docx", planted.docx(), title="Cynllun", language="cy")
    document.refresh_from_db()
    assert planted.SECRET not in (tmp_path / document.file.name).read_bytes()
    assert (document.format, document.title_inside, document.text) == ("docx", "Plan", "Croeso")
    assert document.file_size == document.file.size
    assert len(document.checksum) == 64


def test_what_we_made_ourselves_is_read_and_stays_byte_for_byte(tmp_path: Path) -> None:
    page = planted.archive({"index.html": b"<p>Croeso</p>"})
    with pytest.raises(Refused):
        store("pack.zip", page, title="Pecyn", language="both")
    document = store("pack.zip", page, title="Pecyn", language="both", generated=True, text="Dŵr")
    assert (tmp_path / document.file.name).read_bytes() == page
    assert (document.format, document.text) == ("zip", "Dŵr")


def test_new_bytes_take_the_place_of_the_old_ones_and_equal_bytes_are_not_written_again(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    first = store("a.txt", b"Croeso", title="A", language="cy")
    name = first.file.name
    assert store("a.txt", b"Croeso", title="B", language="cy", into=first).file.name == name
    with django_capture_on_commit_callbacks(execute=True):
        store("a.txt", b"Hwyl", title="B", language="cy", into=first)
    assert [path.read_bytes() for path in stored_files(tmp_path)] == [b"Hwyl"]
    assert (Document.objects.get().title, Document.objects.get().text) == ("B", "Hwyl")


def test_a_document_that_cannot_be_saved_leaves_no_file(tmp_path: Path) -> None:
    english = store("a.txt", b"a", title="A", language="en")
    with pytest.raises(ValidationError):
        store("b.txt", b"b", title="B", language="en", counterpart=english)
    assert len(stored_files(tmp_path)) == 1
