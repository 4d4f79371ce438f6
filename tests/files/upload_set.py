"""The set of uploads that the gate is judged by: harmless ones full of traces, and hostile ones."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import docx
import pikepdf
import pptx
from odf import meta, office, opendocument, text
from pptx.util import Inches

from tests.files import planted

SECRET = planted.SECRET.decode()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
VTT = b"WEBVTT\n\nNOTE\nAmina-Secret-51.4816 made this\n\n00:00.000 --> 00:01.000\nCroeso\n"
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SRT = "1\n00:00:00,000 --> 00:00:01,000\nTŷ\n".encode()


def real_docx() -> bytes:
    """Written by python-docx, with author, comment, photograph and a tracked deletion."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = SECRET
    document.core_properties.title = "Cynllun"
    paragraph = document.add_paragraph("Croeso i bawb")
    document.add_comment(paragraph.runs, text=SECRET, author=SECRET, initials="AS")
    document.add_picture(io.BytesIO(planted.picture("JPEG")))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def tracked_docx() -> bytes:
    """Words that were added stay; words that were deleted held a name."""
    body = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p>'
        f'<w:ins w:author="{SECRET}" w:id="1"><w:r><w:t>Croeso</w:t></w:r></w:ins>'
        f'<w:del w:author="x" w:id="2"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
        "</w:p></w:body></w:document>"
    )
    return planted.docx(**{"word/document.xml": body.encode(), "word/people.xml": b"<p/>"})


def real_pptx() -> bytes:
    """Written by python-pptx, with a photograph without alternative text."""
    deck = pptx.Presentation()
    deck.core_properties.author = SECRET
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Croeso"
    slide.shapes.add_picture(io.BytesIO(planted.picture("JPEG")), Inches(1), Inches(1))
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def real_opendocument(make: Callable[[], opendocument.OpenDocument]) -> bytes:
    """Written by odfpy, with its maker in the properties."""
    document = make()
    document.meta.addElement(meta.InitialCreator(text=SECRET))
    paragraph = text.P(text="Croeso")
    paragraph.addElement(office.Annotation())
    if document.mimetype.endswith("text"):
        document.text.addElement(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    """A workbook with a comment, the people who talk in it and somebody's printer."""
    return planted.archive(
        {
            "[Content_Types].xml": TYPES,
            "xl/workbook.xml": b"<workbook/>",
            "xl/comments1.xml": f"<comments><author>{SECRET}</author></comments>".encode(),
            "xl/persons/person.xml": f'<p displayName="{SECRET}"/>'.encode(),
            "xl/printerSettings/printerSettings1.bin": SECRET.encode("utf-16-le"),
            "xl/worksheets/sheet1.xml": b"<worksheet><sheetData/></worksheet>",
        }
    )


def noted_pdf() -> bytes:
    """A PDF with a reader's note and a photograph that knows where it was taken."""
    document = pikepdf.new()
    page = document.add_blank_page()
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=pikepdf.Array([0, 0, 9, 9]),
        T=pikepdf.String(SECRET), Contents=pikepdf.String(SECRET),
    )  # fmt: skip
    page.obj.Annots = pikepdf.Array([document.make_indirect(note)])
    photograph = pikepdf.Stream(document, planted.picture("JPEG"))
    photograph.Type, photograph.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    photograph.Width, photograph.Height, photograph.BitsPerComponent = 60, 40, 8
    photograph.ColorSpace, photograph.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=photograph))
    page.Contents = document.make_stream(b"q 60 0 0 40 0 0 cm /Im0 Do Q")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def scripted_pdf() -> bytes:
    """A PDF with a form of its own, a script on its page and metadata of page and picture."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj.AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(SECRET))
    )
    page.obj.PieceInfo = pikepdf.Dictionary(A=pikepdf.Dictionary(Private=pikepdf.String(SECRET)))
    page.obj.Metadata = document.make_stream(planted.XMP)
    document.Root.AcroForm = pikepdf.Dictionary(
        XFA=document.make_stream(planted.XMP), Fields=pikepdf.Array([])
    )
    picture = pikepdf.Stream(document, b"\0" * 3)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 1, 1, 8
    picture.ColorSpace, picture.Metadata = (
        pikepdf.Name.DeviceRGB,
        document.make_stream(planted.XMP),
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """A PDF of so many empty pages, written by hand: a library takes seconds for it."""
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    pages = "".join(
        f"{number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        for number in range(3, count + 3)
    )
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Count {count}/Kids[{kids}]>>endobj\n{pages}"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode()


def locked_pdf() -> bytes:
    """A PDF with a password."""
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def linked_zip() -> bytes:
    """An archive with a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def locked_zip() -> bytes:
    """An archive that says its member is encrypted."""
    content = bytearray(planted.archive({"a.txt": b"a"}))
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" TargetMode="External" Target="https://example.org/x" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"/>'
    b"</Relationships>"
)
SCRIPT = b"<html><script>alert(1)</script></html>"


@cache
def harmless() -> list[tuple[str, bytes]]:
    """Each kind, each with everything planted that it can carry."""
    pictures = [
        (f"a.{extension}", planted.picture(kind))
        for extension, kind in (
            ("jpg", "JPEG"), ("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("avif", "AVIF"),
        )
    ]  # fmt: skip
    texts, slides, sheets = (
        real_opendocument(make)
        for make in (
            opendocument.OpenDocumentText,
            opendocument.OpenDocumentPresentation,
            opendocument.OpenDocumentSpreadsheet,
        )
    )
    return [
        *pictures,
        ("a.gif", planted.moving_gif(10, 10, 3)),
        ("upright.jpg", planted.picture("JPEG", orientation=6)),
        ("four-inks.jpg", planted.picture("JPEG", source=planted.pixels().convert("CMYK"))),
        ("grey.png", planted.picture("PNG", source=planted.pixels().convert("LA"))),
        ("behind.jpg", planted.picture("JPEG") + planted.archive({"a.js": planted.SECRET})),
        ("behind.png", planted.picture("PNG") + planted.SECRET),
        ("a.pdf", planted.pdf()),
        ("CAPITALS.PDF", planted.pdf()),
        ("noted.pdf", noted_pdf()),
        ("scripted.pdf", scripted_pdf()),
        ("many.pdf", many_pages(300)),
        ("a.docx", planted.docx()),
        ("real.docx", real_docx()),
        ("tracked.docx", tracked_docx()),
        ("link.docx", planted.docx(**{"word/_rels/document.xml.rels": RELATION % b"hyperlink"})),
        ("a.pptx", real_pptx()),
        ("a.xlsx", xlsx()),
        ("a.odt", planted.odt()),
        ("real.odt", texts),
        ("real.odp", slides),
        ("real.ods", sheets),
        ("a.txt", "Tŷ ŵyn".encode()),
        ("a.csv", "enw,lle\nTŷ,Caerdydd\n".encode()),
        ("a.vtt", VTT),
        ("a.srt", SRT),
        ("windows.srt", b"\xef\xbb\xbf" + SRT.replace(b"\n", b"\r\n")),
        ("a.zip", planted.archive({"a.jpg": planted.picture("JPEG"), "b.pdf": planted.pdf()})),
        ("folders.zip", planted.archive({"cy/a.txt": b"a", "en/a.txt": b"a", "a.vtt": VTT})),
        ("ŵŷâêîô 🧵.txt", b"a"),
        ("x" * 300 + ".txt", b"a"),
    ]


@cache
def hostile() -> list[tuple[str, bytes]]:
    """Each must be refused, in words."""
    zipped, bomb = planted.archive({"a.txt": b"a"}), planted.archive({"a.txt": b"a" * 5_000_000})
    office_files = [
        (f"office{number}.docx", planted.docx(**further))
        for number, further in enumerate(
            [
                {"word/vbaProject.bin": b"macro"},
                {"word/vbaData.xml": b"<a/>"},
                {"word/embeddings/oleObject1.bin": b"x"},
                {"word/activeX/activeX1.xml": b"<a/>"},
                {"word/_rels/settings.xml.rels": RELATION % b"attachedTemplate"},
                {"word/_rels/document.xml.rels": RELATION % b"image"},
                {"word/_rels/document.xml.rels": RELATION % b"oleObject"},
                {"word/_rels/document.xml.rels": RELATION % b"frame"},
                {"word/extra.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
                {"[Content_Types].xml": b'<Types a="x.macroEnabled.main+xml"/>'},
                {"word/media/a.mp4": b"video"},
                {"word/media/image1.jpg": SCRIPT},
                {"word/media/image2.svg": b"<svg/>"},
                {"../outside.xml": b"<a/>"},
            ]
        )
    ]
    return [
        *office_files,
        ("page.pdf", SCRIPT),
        ("program.pdf", b"MZ\x90\x00"),
        ("corrupt.pdf", b"%PDF-1.7 and nothing more"),
        ("locked.pdf", locked_pdf()),
        ("long.pdf", many_pages(10_000)),
        ("empty.pdf", b""),
        ("swapped.odt", planted.docx()),
        ("swapped.docx", planted.odt()),
        ("cut.docx", planted.docx()[:200]),
        ("ole.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("locked.odt", planted.archive({
            "mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"\x93\x01"})),
        *((f"macro.{kind}", planted.archive({
            "[Content_Types].xml": TYPES, f"{folder}/vbaProject.bin": b"macro"}))
          for kind, folder in (("xlsx", "xl"), ("pptx", "ppt"))),
        ("basic.odt", planted.archive({
            "mimetype": b"application/vnd.oasis.opendocument.text", "Basic/a.xml": b"<a/>"})),
        ("program.exe", b"MZ"),
        ("plan.pdf.exe", b"MZ"),
        ("macros.docm", planted.docx()),
        ("no-kind", b"a"),
        (".pdf", planted.pdf()),
        ("page.html", SCRIPT),
        ("drawing.svg", b"<svg><script/></svg>"),
        ("latin.txt", "â".encode("latin-1")),
        ("binary.csv", b"a\0b"),
        ("not.vtt", b"Croeso"),
        ("not.srt", b"Croeso"),
        ("nested.zip", planted.archive({"b.zip": zipped})),
        ("program.zip", planted.archive({"a.exe": b"MZ"})),
        ("nameless.zip", planted.archive({"README": b"a"})),
        ("up.zip", planted.archive({"../a.txt": b"a"})),
        ("root.zip", planted.archive({"/a.txt": b"a"})),
        ("drive.zip", planted.archive({"C:a.txt": b"a"})),
        ("twice.zip", planted.archive({"A.txt": b"a", "a.txt": b"b"})),
        ("bomb.zip", bomb),
        ("linked.zip", linked_zip()),
        ("locked.zip", locked_zip()),
        ("sixty.txt", b"a" * 60_000_000),
        ("page.jpg", SCRIPT),
        *((f"cut.{kind.lower()}", planted.picture(kind)[:80]) for kind in ("JPEG", "PNG", "WEBP")),
        ("phone.heic", b"\0\0\0\x18ftypheic"),
        ("huge.png", planted.large_png(11_300, 11_300)),
        ("long.gif", planted.large_png(10, 10)),
        ("empty.jpg", b""),
        ("swapped.png", planted.picture("JPEG")),
    ]  # fmt: skip
