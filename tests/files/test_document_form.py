"""The editor's form of a document: what it lacks, what is withdrawn, what could not be stored."""

import errno
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from files.documents import store
from files.models import Document, DownloadCount, Image
from resources.models import ResourceFile
from tests.files import planted
from tests.resources import material

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


@pytest.mark.parametrize("kind", ["document", "picture"])
def test_a_full_disk_is_told_in_the_form_and_leaves_nothing(
    editor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    real = FileSystemStorage._save

    def full(self: Any, name: str, content: Any) -> str:
        real(self, name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    if kind == "document":
        address, form = "wagtaildocs:add", values(file=SimpleUploadedFile("a.txt", b"a"))
    else:
        picture = SimpleUploadedFile("a.png", planted.picture("PNG"))
        address, form = "wagtailimages:add", values(file=picture, alt_en="A", alt_cy="A")
    answer = editor.post(reverse(address), form)
    assert answer.status_code == 200
    assert "The file could not be stored: the disk may be full." in answer.content.decode()
    assert not Document.objects.exists() and not Image.objects.exists()
    assert stored_files(tmp_path) == []


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


@pytest.fixture
def used(site_trees: Any) -> Document:
    """A document on a published resource."""
    pair = material.resource()
    return Document.objects.get(pk=pair.en.files.first().document_id)


@pytest.fixture
def linked(site_trees: Any) -> Document:
    """A document that words on a page link to."""
    document = store("a.txt", b"a", title="Cynllun", language="cy")
    link = f'<p><a linktype="document" id="{document.pk}">Cynllun</a></p>'
    material.resource(rich=False, notes=link)
    return document


@pytest.mark.parametrize("kind", ["used", "linked"])
def test_a_file_in_use_is_not_deleted_and_its_uses_are_listed(
    editor: Any, kind: str, request: pytest.FixtureRequest
) -> None:
    document = request.getfixturevalue(kind)
    address = reverse("wagtaildocs:delete", args=[document.pk])
    answer = editor.post(address, follow=True).content.decode()
    assert "Listening en" in answer and "withdraw the file" in answer
    assert Document.objects.filter(pk=document.pk).exists()


def test_of_many_files_none_is_deleted_while_one_is_in_use(editor: Any, linked: Document) -> None:
    unused = store("b.txt", b"b", title="Nodiadau", language="cy")
    address = reverse("wagtail_bulk_action", args=["files", "document", "delete"])
    address += f"?id={linked.pk}&id={unused.pk}"
    answer = editor.post(address, follow=True).content.decode()
    assert "Listening en" in answer and "withdraw the file" in answer
    assert "None of the chosen files was deleted." in answer
    assert Document.objects.filter(pk__in=[linked.pk, unused.pk]).count() == 2


def test_nobody_without_the_right_to_delete_learns_who_uses_a_file(
    client: Any, linked: Document, django_user_model: Any
) -> None:
    reader = django_user_model.objects.create_user(email="b@example.org", password=None)
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(reader)
    answer = client.post(reverse("wagtaildocs:delete", args=[linked.pk]), follow=True)
    assert "Listening" not in answer.content.decode()
    assert Document.objects.filter(pk=linked.pk).exists()


def test_a_file_that_nobody_uses_is_deleted(editor: Any) -> None:
    document = store("a.txt", b"a", title="Cynllun", language="cy")
    editor.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert not Document.objects.filter(pk=document.pk).exists()


def test_the_editor_sees_who_links_to_a_file_and_how_often_it_was_fetched(
    editor: Any, used: Document
) -> None:
    today = localdate()
    for day, count in ((today, 2), (today - timedelta(days=40), 5)):
        DownloadCount.objects.create(document=used, day=day, count=count)
    form = editor.get(reverse("wagtaildocs:edit", args=[used.pk])).content.decode()
    assert "7 altogether, 2 in the last 30 days" in form
    assert used.usage_url in form
    assert "Listening cy" in editor.get(used.usage_url).content.decode()


def test_what_a_file_lacks_is_said_on_the_page_of_its_resource(editor: Any, used: Document) -> None:
    Document.objects.filter(pk=used.pk).update(format="pdf", is_tagged=False)
    page = ResourceFile.objects.filter(document=used)[0].page
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True)
    assert "This PDF has no tags" in form.content.decode()
