"""Files with something planted in them that must not come out again."""

import io
import struct
import zipfile
import zlib
from typing import Any

import piexif
import pikepdf
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SECRET = b"Amina-Secret-51.4816"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Amina-Secret-51.4816</x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def pixels(width: int = 60, height: int = 40) -> Image.Image:
    """Left half red, right half blue, so that turning can be seen."""
    picture = Image.new("RGB", (width, height), (200, 20, 20))
    picture.paste((20, 20, 200), (width // 2, 0, width, height))
    return picture


def exif(orientation: int = 1) -> bytes:
    """Author, place and orientation as a phone writes them."""
    return piexif.dump(
        {
            "0th": {
                piexif.ImageIFD.Artist: SECRET,
                piexif.ImageIFD.Orientation: orientation,
            },
            "GPS": {
                piexif.GPSIFD.GPSLatitudeRef: b"N",
                piexif.GPSIFD.GPSLatitude: ((51, 1), (28, 1), (54, 1)),
            },
        }
    )


def picture(kind: str, **options: Any) -> bytes:
    """A small picture of one format with everything a format can carry."""
    out = io.BytesIO()
    orientation = options.pop("orientation", 1)
    source = options.pop("source", None) or pixels()
    common: dict[str, Any] = {"exif": exif(orientation), "icc_profile": PROFILE}
    if kind in {"JPEG", "WEBP", "AVIF"}:
        common["xmp"] = XMP
    if kind == "JPEG":
        common["comment"] = SECRET
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Author", SECRET.decode())
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        common["pnginfo"] = text
    source.save(out, format=kind, **common | options)
    return out.getvalue()


def large_png(width: int, height: int) -> bytes:
    """A PNG that says it is large and holds no pixel at all: decoding it would fail."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def moving_gif(width: int, height: int, frames: int) -> bytes:
    """A GIF with a comment and as many frames as asked for."""
    out = io.BytesIO()
    pictures = [Image.new("L", (width, height), 40 * number % 255) for number in range(frames)]
    pictures[0].save(
        out, format="GIF", save_all=True, append_images=pictures[1:], comment=SECRET, duration=50
    )
    return out.getvalue()


def pdf() -> bytes:
    """A PDF with script, open action, attachment, author, XMP and a launch link."""
    document = pikepdf.new()
    page = document.add_blank_page()
    document.docinfo["/Author"] = SECRET.decode()
    document.docinfo["/Title"] = "Session plan"
    document.Root.Lang = pikepdf.String("en")
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('x')")
    )
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([0, 0, 9, 9]),
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")),
    )
    page.obj.Annots = pikepdf.Array([link])
    document.Root.Metadata = document.make_stream(XMP)
    document.attachments["inside.txt"] = pikepdf.AttachedFileSpec(document, SECRET)
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def docx(**further: bytes) -> bytes:
    """A Word file with author, comment author and a photograph; `further` adds members by name."""
    secret = SECRET.decode()
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    members = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>Plan</dc:title><dc:creator>{secret}</dc:creator>"
            f"<cp:lastModifiedBy>{secret}</cp:lastModifiedBy></cp:coreProperties>"
        ).encode(),
        "docProps/thumbnail.jpeg": picture("JPEG"),
        "word/document.xml": (
            f'<w:document xmlns:w="{word}"><w:body><w:p><w:ins w:author="{secret}" w:id="1">'
            "<w:r><w:t>Croeso</w:t></w:r></w:ins></w:p></w:body></w:document>"
        ).encode(),
        "word/media/image1.jpg": picture("JPEG"),
    }
    return archive(members | further)


def odt() -> bytes:
    """An OpenDocument text with an author in its properties and in a comment."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    spaces = (
        f'xmlns:o="{office}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    )
    secret = SECRET.decode()
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "meta.xml": (
                f"<o:document-meta {spaces}><o:meta><m:initial-creator>{secret}</m:initial-creator>"
                f"<dc:title>Cynllun</dc:title></o:meta></o:document-meta>"
            ).encode(),
            "content.xml": (
                f"<o:document-content {spaces}><o:annotation><dc:creator>{secret}</dc:creator>"
                "</o:annotation></o:document-content>"
            ).encode(),
        }
    )
