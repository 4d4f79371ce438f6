"""No hostile file gets in, no harmless one is turned away, no trace of a person is left."""

import io
import os
import signal
import subprocess
import zipfile
from typing import Any

import pikepdf
import pytest

from files import gate
from files.cleaning import IMAGE_FORMATS, Refused, extension_of
from files.gate import Worker, admit_document, admit_image
from tests.files import planted, upload_set

TRACES = (b"Amina", b"GPS", "Amina".encode("utf-16-le"), "Amina".encode("utf-16-be"))


def admit(name: str, content: bytes) -> bytes:
    if extension_of(name) in IMAGE_FORMATS:
        return admit_image(name, content)
    return admit_document(name, content)[0]


def unpacked(name: str, content: bytes) -> list[bytes]:
    """The bytes, and those of everything packed inside."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inner = [(info.filename, archive.read(info)) for info in archive.infolist()]
        return [content, *(part for member in inner for part in unpacked(*member))]
    if content.startswith(b"%PDF-"):
        plain = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as document:
            raw = [item.read_raw_bytes() for item in document.objects
                   if isinstance(item, pikepdf.Stream)]  # fmt: skip
            document.save(plain, compress_streams=False, qdf=True)
        return [content, plain.getvalue(), *raw]
    return [content]


def test_the_set_is_large_enough() -> None:
    assert len(upload_set.harmless()) >= 30 and len(upload_set.hostile()) >= 55


def test_every_harmless_file_comes_in_without_a_trace_of_a_person() -> None:
    refused, left = [], []
    for name, content in upload_set.harmless():
        try:
            cleaned = admit(name, content)
        except Refused as refusal:
            refused.append((name, str(refusal.reason)))
            continue
        left += [(name, t) for p in unpacked(name, cleaned) for t in TRACES if t in p]
        assert not (name.endswith(".jpg") and b"Exif" in cleaned)
    assert (refused, left) == ([], [])


def test_every_hostile_file_is_refused_in_words() -> None:
    accepted = []
    for name, content in upload_set.hostile():
        try:
            admit(name, content)
        except Refused as refusal:
            assert str(refusal.reason).strip()
        else:
            accepted.append(name)
    assert accepted == []


def test_comments_go_and_a_tracked_change_is_taken_as_accepted() -> None:
    _content, facts = admit_document("a.docx", upload_set.tracked_docx())
    assert facts.text == "Croeso"
    with zipfile.ZipFile(io.BytesIO(admit_document("b.docx", upload_set.real_docx())[0])) as real:
        assert not [name for name in real.namelist() if "comments" in name]
        assert b"commentReference" not in real.read("word/document.xml")
        assert b"comments" not in real.read("[Content_Types].xml")


def test_a_picture_in_a_pdf_keeps_its_pixels() -> None:
    cleaned, _facts = admit_document("a.pdf", upload_set.noted_pdf())
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        image = pikepdf.PdfImage(document.pages[0].Resources.XObject.Im0).as_pil_image()
    assert image.size == (60, 40) and image.getpixel((5, 5))[0] > 150


def test_files_say_what_they_are() -> None:
    _content, deck = admit_document("a.pptx", upload_set.real_pptx())
    assert (deck.pages, deck.pictures_without_alt, deck.text) == (1, 1, "Croeso")
    _content, pdf = admit_document("a.pdf", planted.pdf())
    assert (pdf.pages, pdf.title_inside, pdf.language_inside) == (1, "Session plan", "en")
    assert (pdf.is_tagged, pdf.has_text_layer) == (False, False)
    _content, subtitles = admit_document("a.vtt", upload_set.VTT)
    assert subtitles.text == "Croeso"


def worker_that(code: str, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """A worker in whose place another program answers."""
    real = subprocess.Popen

    def instead(command: list[str], **options: Any) -> Any:
        return real([command[0], "-c", code], **options)

    monkeypatch.setattr(gate.subprocess, "Popen", instead)
    return Worker()


LIMITED = (
    "from files import worker, reading\n"
    "from files import document_cleaning\n"
    "document_cleaning._clean_text = lambda content: {}\n"
    "worker.CPU_LIMIT = 1\n"
    "worker.main()"
)


@pytest.mark.parametrize(
    "greed", ["bytes(2 * 1024**3)", "[None for n in iter(int, 1)]", "__import__('os').abort()"]
)
def test_a_file_that_takes_too_much_is_refused_and_the_next_one_comes_in(
    greed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        worker = worker_that(LIMITED.format(greed), patch)
        with pytest.raises(Refused, match="too much time or memory"):
            worker.ask("document", "a.txt", b"a")
    assert worker.ask("document", "a.txt", b"a")[0] == b"a"
    worker.close()


def test_a_file_that_never_ends_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "SECONDS", 0.5)
    with monkeypatch.context() as patch:
        worker = worker_that("import time; time.sleep(60)", patch)
        with pytest.raises(Refused, match="too much time or memory"):
            worker.ask("document", "a.txt", b"a")


def test_a_worker_that_was_killed_is_started_again() -> None:
    worker = Worker()
    assert worker.ask("document", "a.txt", b"a")[0] == b"a"
    assert worker._process is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    with pytest.raises(Refused):
        worker.ask("document", "a.txt", b"a")
    assert worker.ask("document", "a.txt", b"a")[0] == b"a"
    worker.close()
