"""Prints and packs are made at publish, kept when making fails, and taken back with their page."""

import errno
import json
import os
import subprocess
import time
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from bilingual import pairs
from core.short_links import short_address
from files import gate
from files.documents import store
from files.models import Document
from resources import made, signals
from resources.models import MadeFile, PackPage, ResourceIndexPage, ResourcePage
from tests.factories.pairs import parents_for, unsaved
from tests.resources.material import lose, pack, resource

pytestmark = pytest.mark.django_db


def published(pair: pairs.Pair) -> pairs.Pair:
    """What the signal after a commit does."""
    signals.after_publishing(sender=type(pair.en), pair=pair)
    return pair


def bytes_of(row: MadeFile) -> bytes:
    assert row.document is not None
    with row.document.file.storage.open(row.document.file.name) as file:
        return bytes(file.read())


def row_of(pair: pairs.Pair, kind: str, language: str) -> MadeFile:
    return MadeFile.objects.get(
        translation_key=pair.en.translation_key, kind=kind, language=language
    )


def test_a_published_resource_has_every_paper_in_both_languages_and_the_page_lists_them(
    client: Client,
) -> None:
    pair = published(resource())
    papers = {(row.kind, row.language) for row in made.made_of(pair.en.translation_key)}
    assert papers == {
        (kind, language)
        for kind in ("plan", "handout", "cards", "large")
        for language in ("cy", "en", "both")
    } - {("large", "both")}
    for side in pair:
        page = client.get(side.url).content.decode()
        for row in made.made_of(pair.en.translation_key):
            assert row.document is not None and row.document.url in page


def test_a_paper_says_what_the_page_says_and_stays_tagged() -> None:
    pair = published(resource())
    document = PdfReader(BytesIO(bytes_of(row_of(pair, "plan", "cy"))))
    text = " ".join(document.pages[0].extract_text().split())
    for words in ("Croeso", "Gyda’n gilydd, 10 munud", "Dewch â dŵr", pair.cy.title):
        assert words in text
    assert short_address(pair.en.translation_key) in text
    assert b"pdfuaid:part" in document.trailer["/Root"]["/Metadata"].get_data()
    row = row_of(pair, "plan", "cy")
    assert row.document is not None
    assert (row.document.is_tagged, row.document.language_inside) == (True, "cy")
    assert row.document.missing_for_access() == []


def test_making_the_same_again_changes_no_address_no_number_and_no_byte() -> None:
    pair = published(resource())
    whole = published(pack(pair))
    first = {row.pk: (row.document_id, row.number, bytes_of(row)) for row in MadeFile.objects.all()}
    published(pair)
    published(whole)
    assert first == {
        row.pk: (row.document_id, row.number, bytes_of(row)) for row in MadeFile.objects.all()
    }


def test_a_pack_holds_both_languages_notes_licences_and_checksums_that_verify(
    tmp_path: Path,
) -> None:
    pair = published(resource())
    whole = published(pack(pair))
    path = tmp_path / "pack.zip"
    path.write_bytes(bytes_of(row_of(whole, "pack", "both")))
    subprocess.run(["unzip", "-tq", path], check=True, capture_output=True)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        index = archive.read("index.html").decode()
        licences = archive.read("TRWYDDED-LICENCE.txt").decode()
        notes = {
            language: archive.read(name).decode()
            for language, name in (("cy", "cy/nodiadau.html"), ("en", "en/notes.html"))
        }
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True,
                   capture_output=True)  # fmt: skip
    assert any(name.startswith("cy/01-") and name.endswith("nodiadau.txt") for name in names)
    assert any(name.startswith("en/01-") and name.endswith("notes.txt") for name in names)
    assert any(name.startswith("cy-en/01-") and name.endswith(".pdf") for name in names)
    assert manifest["version"] == 1
    assert manifest["title"] == {"cy": whole.cy.title, "en": whole.en.title}
    assert pair.cy.title in index and pair.en.title in index
    assert "http" not in index.replace("http://www.w3.org", "")
    assert "Dewch â dŵr" in notes["cy"] and "Bring water" in notes["en"]
    assert "CC BY 4.0" in licences


def test_the_number_of_a_pack_grows_when_a_resource_changes_and_its_address_stays() -> None:
    pair = published(resource())
    whole = published(pack(pair))
    before = row_of(whole, "pack", "both")
    pair.en.notes = "<p>Bring tea.</p>"
    pair.en.save_revision()
    pairs.publish_pair(pair.en)
    published(pairs.pair_of(pair.en))
    after = row_of(whole, "pack", "both")
    assert (before.number, after.number) == (1, 2)
    assert before.document_id == after.document_id
    with zipfile.ZipFile(BytesIO(bytes_of(after))) as archive:
        assert json.loads(archive.read("manifest.json"))["version"] == 2


@pytest.mark.parametrize("trouble", ["full disk", "missing file"])
def test_when_a_pack_cannot_be_built_the_old_one_stays_and_the_editor_is_told(
    trouble: str, monkeypatch: pytest.MonkeyPatch, admin_client: Client, client: Client
) -> None:
    pair = published(resource())
    whole = published(pack(pair))
    before = bytes_of(row_of(whole, "pack", "both"))
    if trouble == "full disk":
        other = resource("Another")
        whole.en.packed_resources.create(resource=other.en, sort_order=9)

        def full(*arguments: Any, **options: Any) -> str:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(type(default_storage), "save", full, raising=False)
        monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", full)
    else:
        lose(pair.en.files.first().document)
    published(whole)
    row = row_of(whole, "pack", "both")
    assert bytes_of(row) == before
    assert row.failure and "/" not in row.failure
    assert made.health_line()[1] is False
    page = admin_client.get(f"/admin/pages/{whole.en.pk}/edit/").content.decode()
    assert row.failure in page
    public = client.get(whole.en.url).content.decode()
    assert row.document is not None and row.document.url in public
    assert "Version 1. Made before the last change to this page." in public


def test_withdrawing_takes_papers_and_packs_back_and_a_new_publication_gives_them_back(
    client: Client,
) -> None:
    pair = published(resource())
    whole = published(pack(pair, published(resource("Second"))))
    paper = row_of(pair, "plan", "en").document
    assert paper is not None and client.get(paper.url).status_code == 200
    pairs.unpublish_pair(pair.en)
    signals.after_withdrawing(sender=ResourcePage, pair=pairs.pair_of(pair.en))
    assert not made.made_of(pair.en.translation_key)
    with zipfile.ZipFile(BytesIO(bytes_of(row_of(whole, "pack", "both")))) as archive:
        assert not [name for name in archive.namelist() if "listening" in name]
        assert pair.en.title not in archive.read("index.html").decode()
    pairs.publish_pair(pair.en)
    published(pairs.pair_of(pair.en))
    again = row_of(pair, "plan", "en").document
    assert again is not None and again.url == paper.url
    assert client.get(paper.url).status_code == 200


def test_a_pack_that_cannot_be_built_without_what_was_withdrawn_is_not_public(
    client: Client,
) -> None:
    gone, kept = published(resource()), published(resource("Second"))
    whole = published(pack(gone, kept))
    address = row_of(whole, "pack", "both").document.url  # type: ignore[union-attr]
    lose(kept.en.files.first().document)
    pairs.unpublish_pair(gone.en)
    signals.after_withdrawing(sender=ResourcePage, pair=pairs.pair_of(gone.en))
    assert client.get(address).status_code == 410
    assert row_of(whole, "pack", "both").failure


def test_a_file_that_is_withdrawn_or_exchanged_is_so_in_every_pack_and_on_every_page(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    pair = published(resource())
    whole = published(pack(pair))
    document = pair.en.files.first().document
    with django_capture_on_commit_callbacks(execute=True):
        store("new.txt", b"Bring a friend.", title="New", language="en", into=document)
    with zipfile.ZipFile(BytesIO(bytes_of(row_of(whole, "pack", "both")))) as archive:
        name = next(n for n in archive.namelist() if n.startswith("en/01-") and ".txt" in n)
        assert archive.read(name) == b"Bring a friend."
    document.withdrawn_at = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        document.save()
    with zipfile.ZipFile(BytesIO(bytes_of(row_of(whole, "pack", "both")))) as archive:
        assert name not in archive.namelist()
    assert row_of(whole, "pack", "both").number == 3
    for side in pair:
        assert document.url not in client.get(side.url).content.decode()


def processor_time() -> float:
    """Seconds that this process and the upload worker have taken: others do not count."""
    worker = gate._shared.get()
    assert worker is not None and worker._process is not None
    stat = Path(f"/proc/{worker._process.pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(stat[11]) + int(stat[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


@pytest.mark.slow
def test_publishing_waits_less_than_a_second_for_papers_and_packs() -> None:
    pair = published(resource())
    for _number in range(3):
        published(pack(pair))
    times = []
    for number in range(3):
        pair.en.notes = f"<p>Bring {number} cups.</p>"
        pair.en.save_revision()
        pairs.publish_pair(pair.en)
        start = processor_time()
        published(pairs.pair_of(pair.en))
        times.append(processor_time() - start)
    print(f"\n11 papers and 3 packs made anew at publish: {min(times):.2f} s of processor time")
    assert min(times) < 1


def test_a_pack_without_any_public_resource_is_taken_back() -> None:
    pair = published(resource())
    whole = published(pack(pair))
    pairs.unpublish_pair(pair.en)
    signals.after_withdrawing(sender=ResourcePage, pair=pairs.pair_of(pair.en))
    assert not made.made_of(whole.en.translation_key)
    assert Document.objects.filter(withdrawn_at__isnull=False).exists()
    assert PackPage.objects.filter(pk=whole.en.pk, live=True).exists()


@pytest.mark.parametrize("above", [False, True], ids=["itself", "its section"])
def test_a_deleted_resource_is_in_no_pack_and_its_papers_are_gone(
    client: Client, django_capture_on_commit_callbacks: Any, above: bool
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        gone = resource()
        kept = resource("Second")
        whole = pack(gone, kept)
    paper = row_of(gone, "plan", "en").document
    assert paper is not None
    if above:
        section = pairs.create_pair(
            parents_for(ResourceIndexPage),
            unsaved(ResourceIndexPage, "en", title="Old"),
            unsaved(ResourceIndexPage, "cy", title="Hen"),
        )
        pairs.move_pair(gone.en, section.en)
    with django_capture_on_commit_callbacks(execute=True):
        pairs.delete_pair(section.en if above else gone.en)
    assert client.get(paper.url).status_code == 410
    with zipfile.ZipFile(BytesIO(bytes_of(row_of(whole, "pack", "both")))) as archive:
        index = archive.read("index.html").decode()
    assert kept.en.title in index
    assert gone.en.title not in index and gone.cy.title not in index
