"""Nothing about a person and nothing that runs stays in a document."""

import io
import zipfile

import pikepdf
import pytest

from files import gate
from files.cleaning import Refused
from files.document_cleaning import clean_document
from tests.files import planted

RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" TargetMode="External" Target="https://example.org/x" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"/>'
    b"</Relationships>"
)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pdf_loses_author_script_attachment_and_launch_but_keeps_title_and_language() -> None:
    before = planted.pdf()
    assert planted.SECRET in before
    after = clean_document("plan.pdf", before)
    with pikepdf.open(io.BytesIO(after)) as document:
        assert dict(document.docinfo) == {"/Title": "Session plan"}
        assert str(document.Root.Lang) == "en"
        for key in ("/OpenAction", "/Metadata", "/AA"):
            assert key not in document.Root
        assert len(document.attachments) == 0
        assert document.pages[0].Annots[0].A.S == "/None"
        plain = io.BytesIO()
        document.save(plain, compress_streams=False, qdf=True, normalize_content=True)
    for trace in (planted.SECRET, b"/JavaScript", b"/Launch", b"app.alert"):
        assert trace not in plain.getvalue()


def test_a_pdf_cleaned_twice_is_the_same_file() -> None:
    once = clean_document("a.pdf", planted.pdf())
    assert clean_document("a.pdf", once) == clean_document("a.pdf", once)


def test_an_encrypted_pdf_is_refused() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    with pytest.raises(Refused, match="protected"):
        clean_document("a.pdf", out.getvalue())


def test_a_word_file_loses_its_authors_its_thumbnail_and_the_place_in_its_photograph() -> None:
    parts = members(clean_document("plan.docx", planted.docx()))
    assert not [name for name, content in parts.items() if planted.SECRET in content]
    assert "docProps/thumbnail.jpeg" not in parts
    assert b"Croeso" in parts["word/document.xml"]
    assert b"<dc:title>Plan</dc:title>" in parts["docProps/core.xml"]
    assert parts["word/media/image1.jpg"].startswith(b"\xff\xd8")


def test_an_opendocument_loses_its_authors_and_its_kind_comes_first_and_unpacked() -> None:
    after = clean_document("plan.odt", planted.odt())
    assert not [name for name, content in members(after).items() if planted.SECRET in content]
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    "further",
    [
        {"word/vbaProject.bin": b"macro"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"word/activeX/activeX1.xml": b"<a/>"},
        {"word/_rels/settings.xml.rels": RELATIONS % b"attachedTemplate"},
        {"word/_rels/document.xml.rels": RELATIONS % b"image"},
        {"word/extra.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        {"word/extra.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")},
        {"[Content_Types].xml": b'<Types a="application/vnd.ms-word.document.macroEnabled"/>'},
    ],
)
def test_an_office_file_with_macros_or_things_from_elsewhere_is_refused(
    further: dict[str, bytes],
) -> None:
    with pytest.raises(Refused):
        clean_document("plan.docx", planted.docx(**further))


def test_an_ordinary_web_link_in_a_word_file_is_kept() -> None:
    relations = {"word/_rels/document.xml.rels": RELATIONS % b"hyperlink"}
    parts = members(clean_document("plan.docx", planted.docx(**relations)))
    assert b"https://example.org/x" in parts["word/_rels/document.xml.rels"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.pdf", b"%PDF-1.7 and nothing more"),
        ("a.docx", planted.odt()),
        ("a.odt", planted.docx()),
        ("a.docx", b"PK\x03\x04"),
        ("a.exe", b"MZ"),
        ("a.txt", "Cymraeg â".encode("latin-1")),
        ("a.csv", b"a,b\0"),
        ("a.zip", planted.archive({"a.exe": b"MZ"})),
        ("a.zip", planted.archive({"b.zip": planted.archive({"a.txt": b"a"})})),
        ("a.zip", planted.archive({"README": b"a"})),
        ("a.zip", planted.archive({"../a.txt": b"a"})),
        ("a.zip", planted.archive({"/a.txt": b"a"})),
        ("a.zip", planted.archive({"C:a.txt": b"a"})),
        ("a.zip", planted.archive({"A.txt": b"a", "a.txt": b"b"})),
        ("a.zip", planted.archive({"a.txt": b"a" * 5_000_000})),
    ],
)
def test_what_is_not_what_its_name_says_or_unsafe_to_unpack_is_refused(
    name: str, content: bytes
) -> None:
    with pytest.raises(Refused):
        clean_document(name, content)


def test_a_file_above_the_size_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "SIZE_LIMIT", 10)
    assert gate.admit_document("a.txt", b"0123456789")[0] == b"0123456789"
    with pytest.raises(Refused, match="25 MB"):
        gate.admit_document("a.txt", b"0123456789a")


def test_the_members_of_an_archive_are_cleaned_too() -> None:
    before = planted.archive({"a.jpg": planted.picture("JPEG"), "plan.pdf": planted.pdf()})
    parts = members(clean_document("a.zip", before))
    assert set(parts) == {"a.jpg", "plan.pdf"}
    assert not [name for name, content in parts.items() if planted.SECRET in content]
