"""Documents are parsed, blanked and written anew: no author, no script, no macro.

The kinds and limits follow the safety guide, section 4.3. A file that the parser of its kind
cannot read is refused: a web page named .pdf never gets in.
"""

import re
import stat
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pikepdf
from django.utils.translation import gettext_lazy as _
from lxml import etree

from files.cleaning import IMAGE_FORMATS, Refused, clean_image, extension_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MEMBER_LIMIT = 3_000
UNPACKED_LIMIT = 300 * 1024 * 1024  # bytes, all members together
RATIO_LIMIT = 150  # unpacked by packed, from RATIO_FROM bytes on
RATIO_FROM = 20 * 1024
FIXED_DATE = (1980, 1, 1, 0, 0, 0)

OOXML_FOLDERS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
ODF_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
ACTIVE_NAMES = re.compile(
    r"vbaProject|vbaData|/embeddings/|/activeX/|oleObject|macrosheets/|(^|/)Basic/|(^|/)Scripts/",
    re.IGNORECASE,
)
EXTERNAL_KINDS = {
    "attachedtemplate", "oleobject", "frame", "subdocument", "externallink",
    "externallinkpath", "image",
}  # fmt: skip
PROPERTY_NAMES = {
    "creator", "lastModifiedBy", "initial-creator", "printed-by", "Manager", "Company",
    "HyperlinkBase", "description", "keywords", "keyword", "user-defined", "generator", "Template",
}  # fmt: skip
PERSON_ELEMENTS = {"creator", "author", "creator-initials", "sender-initials"}
PERSON_ATTRIBUTES = {"author", "initials", "userId", "providerId", "displayName"}
# Parts that hold people, comments and printers; what points at them goes too.
PERSONAL_PARTS = re.compile(
    r"(^|/)(comments\w*|commentAuthors|authors|people|persons?\d*|threadedComments?\w*|"
    r"printerSettings\d*)\.(xml|bin)$|(^|/)(comments|threadedComments|persons|customXml)/|"
    r"drawings/vmlDrawing\d*\.vml$|(^|/)revisions/|(^|/)layout-cache$|(^|/)ObjectReplacements/",
    re.IGNORECASE,
)
COMMENT_MARKS = {
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotation", "annotation-end",
    "legacyDrawing", "legacyDrawingHF",
}  # fmt: skip
# A tracked change is taken as accepted: what was deleted goes, what was added stays.
DELETED = {
    "del", "moveFrom", "delText", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange",
    "tcPrChange", "trPrChange", "tblGridChange", "numberingChange", "tracked-changes",
    "change", "change-start", "change-end", "cellDel",
}  # fmt: skip
ADDED = {"ins", "moveTo"}
CHANGES_OF = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
)
MOVING_KINDS = {
    "mp4", "m4v", "m4a", "mov", "mp3", "wav", "wmv", "wma", "avi", "mpg", "mpeg", "ogg", "webm",
}  # fmt: skip
PAGE_LIMIT = 2_000
# Notes of readers, and what plays or runs; drawn marks and links stay, without their makers.
PDF_NOTES = {
    "/Text", "/Popup", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret",
    "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D",
}  # fmt: skip
PDF_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition",
}  # fmt: skip


def clean_document(name: str, content: bytes) -> bytes:
    """The document without metadata and active content. Raises Refused with what to do next."""
    extension = extension_of(name)
    if extension == "pdf":
        return _clean_pdf(content)
    if extension in OOXML_FOLDERS or extension in ODF_TYPES:
        return _clean_office(extension, content)
    if extension in {"txt", "csv"}:
        return _clean_text(content)
    if extension in {"srt", "vtt"}:
        return _clean_subtitles(extension, _clean_text(content))
    if extension == "zip":
        return _clean_zip(content)
    raise Refused(_("This kind of file is not accepted."))


def _clean_text(content: bytes) -> bytes:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(_("This text is not UTF-8. Save it as UTF-8 and upload it again.")) from error
    if b"\0" in content:
        raise Refused(_content_differs())
    return content


def _clean_subtitles(extension: str, content: bytes) -> bytes:
    """Subtitles without the notes that their makers leave in them. Raises Refused."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if "-->" not in text or (extension == "vtt" and not text.startswith("WEBVTT")):
        raise Refused(_content_differs())
    if extension == "vtt":
        blocks = re.split(r"\n{2,}", text)
        text = "\n\n".join(block for block in blocks if not re.match(r"NOTE(\s|$)", block))
    return text.encode()


def _content_differs() -> "_StrPromise":
    return _("The content of this file is not what its name says. Save it again as that kind.")


def _clean_pdf(content: bytes) -> bytes:
    if b"%PDF-" not in content[:1024]:
        raise Refused(_content_differs())
    try:
        with pikepdf.open(BytesIO(content)) as document:
            if document.is_encrypted:
                raise Refused(_("This file is protected. Save it without a password."))
            return _rewritten_pdf(document)
    except pikepdf.PasswordError as error:
        raise Refused(_("This file is protected. Save it without a password.")) from error
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise Refused(_("This PDF cannot be read. Export it again and upload the new file.")) from (
            error
        )


def _rewritten_pdf(document: pikepdf.Pdf) -> bytes:
    if len(document.pages) > PAGE_LIMIT:
        raise Refused(_("This PDF has too many pages: 2,000 at most. Upload it in parts."))
    title = document.docinfo.get("/Title")
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    root = document.Root
    for key in ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/Collection"):
        if key in root:
            del root[key]
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key in ("/JavaScript", "/EmbeddedFiles"):
            if key in names:
                del names[key]
    for item in _pdf_dictionaries(document):
        if str(item.get("/S", "")) in PDF_ACTIONS:
            item["/S"] = pikepdf.Name("/None")
        for key in ("/JS", "/AA", "/EF", "/PieceInfo"):
            if key in item:
                del item[key]
        if "/Metadata" in item:
            del item["/Metadata"]
        _clean_pdf_note(item)
        if isinstance(item, pikepdf.Stream):
            _clean_pdf_picture(item)
    if title is not None:
        document.docinfo["/Title"] = title
    out = BytesIO()
    document.remove_unreferenced_resources()
    document.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _clean_pdf_note(item: pikepdf.Object) -> None:
    """A note is emptied where it stands: the tree of tags may still point at it."""
    kind = str(item.get("/Subtype", ""))
    if "/Rect" not in item or not kind:
        return
    if kind in PDF_NOTES:
        for key in list(item.keys()):
            if key not in {"/Rect", "/Type", "/Subtype"}:
                del item[key]
        item["/Subtype"] = pikepdf.Name("/Link")
    elif kind != "/Widget":  # there /T is the name of a form field
        for key in ("/T", "/Subj", "/RC", "/CreationDate", "/M", "/NM", "/Popup", "/IRT"):
            if key in item:
                del item[key]


def _clean_pdf_picture(item: pikepdf.Stream) -> None:
    """A photograph keeps its pixels and colours, not where and by whom it was taken."""
    kind = item.get("/Filter")
    if isinstance(kind, pikepdf.Array) and len(kind) == 1:
        kind = kind[0]
    if kind == pikepdf.Name.DCTDecode:
        parameters = item.get("/DecodeParms")
        item.write(
            jpeg_without_tags(item.read_raw_bytes()),
            filter=pikepdf.Name.DCTDecode,
            decode_parms=parameters if isinstance(parameters, pikepdf.Dictionary) else None,
        )


def jpeg_without_tags(content: bytes) -> bytes:
    """The same pixels without comments and application segments but colour (APP0, 2, 14).

    Raises ValueError when it is no JPEG.
    """
    if content[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff":
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xDA:  # pixels from here to the end
            end = content.rfind(b"\xff\xd9")
            return b"".join(kept) + (content[at : end + 2] if end > at else content[at:])
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if length < 2:
            raise ValueError("damaged JPEG")
        if marker != 0xFE and (marker in {0xE0, 0xE2, 0xEE} or not 0xE0 <= marker <= 0xEF):
            kept.append(content[at : at + 2 + length])
        at += 2 + length
    raise ValueError("damaged JPEG")


def _pdf_dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary, also those written inside another object."""
    waiting: list[tuple[pikepdf.Object, int]] = [(item, 0) for item in document.objects]
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, pikepdf.Stream):
            yield item
            children = list(item.stream_dict.values())
        elif isinstance(item, pikepdf.Dictionary):
            yield item
            children = list(item.values())
        elif isinstance(item, pikepdf.Array):
            children = list(item)
        else:
            continue
        if depth > 100:
            raise ValueError("nested too deep")
        # An indirect object is in the list already; following it would go round in circles.
        waiting.extend(
            (child, depth + 1)
            for child in children
            if isinstance(child, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream))
            and not child.is_indirect
        )


def _members(content: bytes) -> list[tuple[str, bytes]]:
    """Names and unpacked bytes of a ZIP that passes all limits. Raises Refused."""
    unsafe = _("This archive is not safe to open. Pack the files again and upload the new one.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MEMBER_LIMIT or sum(i.file_size for i in infos) > UNPACKED_LIMIT:
                raise Refused(unsafe)
            seen: set[str] = set()
            for info in infos:
                path = info.filename
                if (
                    info.flag_bits & 0x1
                    or path.startswith(("/", "\\"))
                    or "\\" in path
                    or ".." in PurePosixPath(path).parts
                    or re.match(r"^[A-Za-z]:", path)
                    or stat.S_ISLNK(info.external_attr >> 16)
                    or path.casefold() in seen
                    or (
                        info.file_size > RATIO_FROM
                        and info.file_size > RATIO_LIMIT * max(info.compress_size, 1)
                    )
                ):
                    raise Refused(unsafe)
                seen.add(path.casefold())
            return [(info.filename, archive.read(info)) for info in infos if not info.is_dir()]
    except (
        zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError,
    ) as error:  # fmt: skip
        raise Refused(_content_differs()) from error
    except Exception as error:
        # zlib and lzma have error classes of their own; all mean a damaged member.
        if type(error).__name__ in {"error", "LZMAError"}:
            raise Refused(_content_differs()) from error
        raise


def _packed(members: list[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, date_time=FIXED_DATE)
            info.external_attr = 0o644 << 16
            # A reader of OpenDocument finds its kind at a fixed place: first and not packed.
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def _clean_zip(content: bytes) -> bytes:
    cleaned = []
    for name, inner in _members(content):
        extension = extension_of(name)
        if extension in IMAGE_FORMATS:
            stored = str(PurePosixPath(name).with_suffix(".jpg")) if extension == "heic" else name
            cleaned.append((stored, clean_image(name, inner)))
        elif extension in {"", "zip"}:
            raise Refused(_("An archive may hold files of accepted kinds only, and no archive."))
        else:
            cleaned.append((name, clean_document(name, inner)))
    return _packed(cleaned)


def _clean_office(extension: str, content: bytes) -> bytes:
    members = _members(content)
    names = {name for name, _inner in members}
    if extension in OOXML_FOLDERS:
        folder = OOXML_FOLDERS[extension]
        if "[Content_Types].xml" not in names or not any(n.startswith(folder) for n in names):
            raise Refused(_content_differs())
    elif dict(members).get("mimetype", b"").strip() != ODF_TYPES[extension]:
        raise Refused(_content_differs())
    cleaned = []
    for name, inner in members:
        if ACTIVE_NAMES.search(f"/{name}"):
            raise Refused(_macros())
        if "thumbnail" in name.lower() or PERSONAL_PARTS.search(name):
            continue
        kind = extension_of(name)
        if kind in MOVING_KINDS:
            raise Refused(
                _("Video and sound inside this file cannot be cleaned. Put a link in their place.")
            )
        if kind in IMAGE_FORMATS:
            inner = clean_image(name, inner)
        elif kind in {"tif", "tiff", "svg"}:
            raise Refused(_("A picture inside this file is of a kind that cannot be cleaned."))
        elif kind in {"xml", "rels", "vml", "rdf"}:
            inner = _clean_xml(name, inner)
        cleaned.append((name, inner))
    cleaned.sort(key=lambda member: member[0] != "mimetype")
    return _packed(cleaned)


def _macros() -> "_StrPromise":
    return _("This file holds macros or embedded programs. Save it without them.")


def _clean_xml(name: str, content: bytes) -> bytes:
    if not content.strip():
        return content
    if b"<!ENTITY" in content or b"macroEnabled" in content:
        raise Refused(_macros())
    # Entities stay unexpanded and nothing is fetched; any document type is refused below.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(_content_differs()) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(_macros())
    is_properties = name.startswith("docProps/") or name == "meta.xml"
    for element in list(root.iter(etree.Element)):
        local = etree.QName(element).localname
        if local == "Relationship" and _is_refused_relation(element):
            raise Refused(_("This file loads something from elsewhere. Put it into the file."))
        target = (
            element.get("Target")
            or element.get("PartName")
            or _local_attribute(element, "full-path")
        )
        parent = element.getparent()
        if parent is not None and (
            (
                local in {"Relationship", "file-entry", "Override"}
                and ("thumbnail" in target.lower() or PERSONAL_PARTS.search(target))
            )
            or local in COMMENT_MARKS
            or (local in DELETED and etree.QName(element).namespace in CHANGES_OF)
        ):
            _take_out(element)
            continue
        if local in ADDED and etree.QName(element).namespace in CHANGES_OF:
            etree.strip_tags(root, element.tag)
            continue
        if (is_properties and local in PROPERTY_NAMES) or local in PERSON_ELEMENTS:
            for child in list(element):
                element.remove(child)
            element.text = None
        if name == "docProps/custom.xml" and local == "property" and parent is not None:
            parent.remove(element)
        _blank_person(name, local, element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _take_out(element: "etree._Element") -> None:
    """Remove an element and what is in it; the text that follows it stays."""
    parent = element.getparent()
    assert parent is not None
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _blank_person(name: str, local: str, element: "etree._Element") -> None:
    for key in list(element.attrib):
        attribute = etree.QName(key).localname
        if local == "pageSetup" and attribute == "id":
            del element.attrib[key]  # it pointed at the settings of somebody's printer
        elif attribute in {"userId", "providerId"} and local != "presenceInfo":
            del element.attrib[key]
        elif attribute in PERSON_ATTRIBUTES or (
            attribute == "name" and local == "cmAuthor" and "comment" in name.lower()
        ):
            element.set(key, "")


def _local_attribute(element: "etree._Element", wanted: str) -> str:
    return next((v for k, v in element.attrib.items() if etree.QName(k).localname == wanted), "")


def _is_refused_relation(element: "etree._Element") -> bool:
    kind = element.get("Type", "").rsplit("/", 1)[-1].lower()
    return element.get("TargetMode") == "External" and kind in EXTERNAL_KINDS
