"""The editor's form of a document: what it lacks, what is withdrawn, what could not be stored."""

import errno
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from files.documents import store
from files.models import Document
from tests.files import planted

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Any, django_user_model: Any) -> Any:
    client.force_login(django_user_model.objects.create_superuser(email="a@example.org"))
    return client


def values(**more: Any) -> dict[str, Any]:
    return {"title": "Cynllun", "language": "cy", "collection": 1, **more}


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_form_says_what_a_file_lacks_in_the_editors_language(editor: Any) -> None:
    document = store("a.pdf", planted.pdf(), title="Cynllun", language="cy")
    with translation.override("cy"):
        said = document.missing_for_access()
    assert any("Nid oes tagiau yn y PDF hwn" in sentence for sentence in said)
    page = editor.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "This PDF has no tags" in page
    assert "The language set inside the file is not the one chosen here" in page


def test_an_editor_withdraws_a_file_and_brings_it_back(editor: Any, client: Any) -> None:
    document = store("a.txt", b"a", title="Cynllun", language="cy")
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert editor.post(address, values(is_withdrawn="on")).status_code == 302
    assert client.get(document.url).status_code == 410
    assert editor.post(address, values()).status_code == 302
    assert client.get(document.url).status_code == 200


def test_a_full_disk_is_told_in_the_form_and_leaves_nothing(
    editor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FileSystemStorage._save

    def full(self: Any, name: str, content: Any) -> str:
        real(self, name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    answer = editor.post(reverse("wagtaildocs:add"), values(file=SimpleUploadedFile("a.txt", b"a")))
    assert answer.status_code == 200
    assert "The file could not be stored: the disk may be full." in answer.content.decode()
    assert (Document.objects.count(), stored_files(tmp_path)) == (0, [])


def test_a_refused_file_is_told_in_the_form_and_leaves_nothing(editor: Any, tmp_path: Path) -> None:
    for name, content in (("a.pdf", b"<html>"), ("a.txt", b""), ("a.exe", b"MZ")):
        answer = editor.post(
            reverse("wagtaildocs:add"), values(file=SimpleUploadedFile(name, content))
        )
        assert answer.status_code == 200
    assert (Document.objects.count(), stored_files(tmp_path)) == (0, [])


def test_an_uploaded_file_is_stored_with_its_facts(editor: Any, tmp_path: Path) -> None:
    file = SimpleUploadedFile("a.docx", planted.docx())
    assert editor.post(reverse("wagtaildocs:add"), values(file=file)).status_code == 302
    document = Document.objects.get()
    assert (document.format, document.text, len(document.checksum)) == ("docx", "Croeso", 64)
    assert len(stored_files(tmp_path)) == 1
