"""What a file says about itself: its kind, pages, title, language, tags, alternative texts, words.

Read in the upload worker from the cleaned bytes, so nothing that was removed is ever searched.
Nothing here asks Django for anything but Refused, and no answer is ever typed by hand.
"""

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from time import monotonic
from typing import Any

import pikepdf
from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from files.cleaning import extension_of
from files.facts import TEXT_LIMIT, FileFacts

TEXT_SECONDS = 6.0  # the longest that text is drawn out of one PDF
INSIDE_LIMIT = 250  # characters of a title inside

SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
TIMING = re.compile(r"^(\d+|WEBVTT.*|[\d:.,]+\s+-->.*)$")
NO_DESCRIPTION = re.compile(
    r"|\S+\.(avif|bmp|emf|gif|heic|jpe?g|png|tiff?|webp|wmf)", re.IGNORECASE
)
MARKUP = re.compile(r"<[^<>]*>")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}")


def read_facts(name: str, content: bytes) -> FileFacts:
    """The facts of a file that its cleaner has let through, or that we made ourselves."""
    format = extension_of(name)
    if format == "pdf":
        more = _of_pdf(content)
    elif format in {"docx", "pptx", "xlsx"}:
        more = _of_ooxml(format, content)
    elif format in {"odt", "odp", "ods"}:
        more = _of_opendocument(content)
    elif format in {"txt", "srt", "vtt"}:
        more = {"text": _spoken(content.decode("utf-8-sig"), timed=format != "txt")}
    else:
        more = {}
    more["text"] = _bounded(more.get("text", ""))
    more["title_inside"] = " ".join(more.get("title_inside", "").split())[:INSIDE_LIMIT]
    return FileFacts(
        format=format, size=len(content), checksum=hashlib.sha256(content).hexdigest(), **more
    )


def _bounded(text: str) -> str:
    """No control characters (a database refuses NUL), white space collapsed, cut to the limit."""
    plain = "".join(c if c.isprintable() else " " for c in text[: 2 * TEXT_LIMIT])
    return " ".join(plain.split())[:TEXT_LIMIT]


def short_language(tag: str) -> str:
    """ "cy" for "cy-GB"; "" for what is no language ("zxx" and "und" say that there is none)."""
    found = LANGUAGE.match(tag.strip())
    short = found[0].lower() if found else ""
    return "" if short in {"zxx", "und", "mul"} else short


def _spoken(text: str, *, timed: bool) -> str:
    if not timed:
        return text
    lines = (line.strip() for line in text.splitlines())
    return " ".join(MARKUP.sub("", line) for line in lines if line and not TIMING.match(line))


def _of_pdf(content: bytes) -> dict[str, Any]:
    with pikepdf.open(BytesIO(content)) as document:
        root = document.Root
        marks = root.get("/MarkInfo")
        marked = isinstance(marks, pikepdf.Dictionary) and bool(marks.get("/Marked", False))
        facts: dict[str, Any] = {
            "pages": len(document.pages),
            "title_inside": str(document.docinfo.get("/Title", "")),
            "language_inside": short_language(str(root.get("/Lang", ""))),
            "is_tagged": marked and "/StructTreeRoot" in root,
        }
    text = _text_of_pdf(content)
    return facts | {"text": text, "has_text_layer": bool(text.strip())}


def _text_of_pdf(content: bytes) -> str:
    """Page by page until the text is long enough or the time is up."""
    parts: list[str] = []
    length, until = 0, monotonic() + TEXT_SECONDS
    try:
        for page in PdfReader(BytesIO(content)).pages:
            try:
                part = page.extract_text()
            except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
                # One page with a broken font does not hide the words of the others.
                continue
            parts.append(part)
            length += len(part)
            if length > TEXT_LIMIT or monotonic() > until:
                break
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        pass  # pikepdf has read the file; search has to do without its words
    return "\n".join(parts)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if name.endswith((".xml", "mimetype"))
        }


def _tree(parts: dict[str, bytes], name: str) -> "etree._Element | None":
    content = parts.get(name, b"")
    if not content.strip():
        return None
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _named(root: "etree._Element | None", *local_names: str) -> Iterator["etree._Element"]:
    if root is not None:
        for element in root.iter(etree.Element):
            if etree.QName(element).localname in local_names:
                yield element


def _attribute(element: "etree._Element", local_name: str) -> str:
    values = (v for k, v in element.attrib.items() if etree.QName(k).localname == local_name)
    return str(next(values, ""))


def _first_text(root: "etree._Element | None", local_name: str) -> str:
    return next((e.text or "" for e in _named(root, local_name)), "")


def _paragraphs(root: "etree._Element | None", *local_names: str) -> str:
    return "\n".join("".join(map(str, e.itertext())) for e in _named(root, *local_names))


def _number(text: str) -> int | None:
    return int(text) or None if text.isdecimal() and len(text) < 7 else None


def _of_ooxml(format: str, content: bytes) -> dict[str, Any]:
    parts = _parts(content)
    properties = _tree(parts, "docProps/core.xml")
    facts: dict[str, Any] = {
        "title_inside": _first_text(properties, "title"),
        "language_inside": short_language(_first_text(properties, "language")),
        "pictures_without_alt": 0,
    }
    if format == "docx":
        body = _tree(parts, "word/document.xml")
        facts["pages"] = _number(_first_text(_tree(parts, "docProps/app.xml"), "Pages"))
        facts["text"] = _paragraphs(body, "p")
        facts["pictures_without_alt"] = _without_alt(body, "docPr")
        languages = [
            _attribute(element, "val")
            for element in _named(_tree(parts, "word/styles.xml"), "lang")
        ]
    elif format == "pptx":
        slides = sorted((n for n in parts if SLIDE.fullmatch(n)), key=_slide_number)
        trees = [_tree(parts, name) for name in slides]
        facts["pages"] = len(slides)
        facts["text"] = "\n".join(_paragraphs(tree, "p") for tree in trees)
        facts["pictures_without_alt"] = sum(_without_alt_in_pictures(tree) for tree in trees)
        languages = [
            _attribute(element, "lang")
            for tree in trees
            for element in _named(tree, "rPr", "endParaRPr")
        ]
    else:
        languages = []
        facts["pictures_without_alt"] = sum(
            _without_alt_in_pictures(_tree(parts, name))
            for name in parts
            if name.startswith("xl/drawings/drawing")
        )
    if not facts["language_inside"]:
        facts["language_inside"] = _commonest(languages)
    return facts


def _slide_number(name: str) -> int:
    found = SLIDE.fullmatch(name)
    return int(found[1]) if found else 0


def _commonest(languages: list[str]) -> str:
    counted = Counter(filter(None, map(short_language, languages)))
    return counted.most_common(1)[0][0] if counted else ""


def _without_alt(root: "etree._Element | None", local_name: str) -> int:
    """Pictures with neither a description nor the mark that they only decorate.

    The name of the picture's file, which some programs put there, describes nothing.
    """
    return sum(
        (
            not (words := _attribute(element, "descr").strip())
            or NO_DESCRIPTION.fullmatch(words) is not None
        )
        and not any(
            _attribute(mark, "val") in {"1", "true"} for mark in _named(element, "decorative")
        )
        for element in _named(root, local_name)
    )


def _without_alt_in_pictures(root: "etree._Element | None") -> int:
    return sum(_without_alt(picture, "cNvPr") for picture in _named(root, "pic", "graphicFrame"))


def _of_opendocument(content: bytes) -> dict[str, Any]:
    parts = _parts(content)
    properties, body = _tree(parts, "meta.xml"), _tree(parts, "content.xml")
    kind = parts["mimetype"].decode("ascii", "replace").strip()
    language = short_language(_first_text(properties, "language"))
    if not language:
        defaults = _named(_tree(parts, "styles.xml"), "default-style")
        language = _commonest(
            [_attribute(e, "language") for style in defaults for e in style.iter(etree.Element)]
        )
    if kind.endswith("presentation"):
        pages: int | None = sum(1 for _page in _named(body, "page"))
    else:
        pages = next(
            (
                _number(_attribute(e, "page-count"))
                for e in _named(properties, "document-statistic")
            ),
            None,
        )
    return {
        "pages": pages,
        "title_inside": _first_text(properties, "title"),
        "language_inside": language,
        "pictures_without_alt": sum(
            any(True for _image in _named(frame, "image"))
            and not any((e.text or "").strip() for e in _named(frame, "title", "desc"))
            for frame in _named(body, "frame")
        ),
        "text": "" if kind.endswith("spreadsheet") else _paragraphs(body, "p", "h"),
    }
