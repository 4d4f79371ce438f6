"""Downloads: one answer for each file, streamed, in parts where asked for (RFC 9110 and 6266).

A public file needs no sign-in and sets no cookie; a private one that the reader may not have is
not found. A withdrawn file is gone for good. Addresses keep working when a title changes: the
number finds the file, the name behind it is for people.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.utils.timezone import localdate
from django.views import View

from files.counting import count_download
from files.models import Document

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024  # bytes in memory for one reader
NAME_LIMIT = 180  # bytes of a file name as UTF-8: systems stop at 255
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "zip": "application/zip",
    "png": "image/png",
    "svg": "image/svg+xml",
}
# Names of languages as their speakers write them, in a name that leaves the site.
LANGUAGE_IN_NAME = {"cy": " (Cymraeg)", "en": " (English)", "both": " (Cymraeg, English)"}
UNSAFE_IN_NAME = re.compile(r'[\\/:*?"<>|]')
RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*")
ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|archiver|preview|scan|headless|externalhit|monitor|"
    r"python|libwww|httpclient|java/|go-http",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """The bytes from `start` to `end`, both included, as HTTP counts them."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start + 1


class Unsatisfiable(Exception):
    """A range that lies behind the end of the file."""


def asked_part(header: str, size: int) -> Part | None:
    """The one part of a Range header; None when the whole file is to be sent.

    A header that cannot be read and several parts at once are answered with the whole file, as
    RFC 9110 (14.2) allows. Raises Unsatisfiable.
    """
    found = RANGE.fullmatch(header.strip())
    if not found or found[1] == found[2] == "":
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if not length:
            raise Unsatisfiable
        return Part(size - length, size - 1)
    start = int(found[1])
    end = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Part(start, end)


def download_name(title: str, language: str, extension: str) -> str:
    """What a saved file is called: the title as it is written, and its language in words."""
    plain = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", title))
    plain = " ".join(UNSAFE_IN_NAME.sub(" ", plain).split()).strip(". ")
    end = f"{LANGUAGE_IN_NAME.get(language, '')}.{extension}"
    # Cut between letters, never inside one.
    plain = plain.encode()[: NAME_LIMIT - len(end)].decode(errors="ignore").strip()
    return f"{plain or 'Noddfa'}{end}"


def disposition(name: str) -> str:
    """Content-Disposition with every letter (RFC 6266) and a plain name for old readers."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = " ".join(plain.replace('"', "").replace("\\", "").replace("%", "").split())
    if plain.startswith((".", "(")):  # no letter of the title was left
        plain = f"Noddfa {plain}".replace(" .", ".")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def is_robot(user_agent: str) -> bool:
    """Nobody's download: a machine that says so, or one that says nothing."""
    return not user_agent.strip() or ROBOT.search(user_agent) is not None


def chunks(file: IO[bytes], part: Part) -> Iterator[bytes]:
    """The bytes of a part, never more than `CHUNK` at once; closes the file."""
    with file:
        file.seek(part.start)
        left = part.length
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


class Download(View):
    """GET and HEAD of one document.

    `gone` and `lost` answer for a withdrawn file and for one that the storage has lost; the room
    of errors lies above this one, so the addresses hand them in.
    """

    http_method_names = ["get", "head", "options"]
    gone: Any = None
    lost: Any = None

    def get(self, request: HttpRequest, document_id: str, name: str) -> HttpResponseBase:
        """200, 206, 304, 412 or 416; 410 when withdrawn, 503 when lost. Raises Http404."""
        document = (
            Document.objects.select_related("collection")
            .defer("text")
            .filter(pk=int(document_id))
            .first()
        )
        if document is None:
            raise Http404
        restrictions = list(document.collection.get_view_restrictions())
        if not all(restriction.accept_request(request) for restriction in restrictions):
            raise Http404
        if document.withdrawn_at is not None:
            return self.gone(request)
        storage, stored = document.file.storage, str(document.file.name)
        try:
            changed = storage.get_modified_time(stored)
            file = storage.open(stored)
            size = int(file.size)
        except OSError:
            logger.exception("The file of document %s cannot be read.", document.pk)
            return self.lost(request)
        response = _answer(request, document, file, size, int(changed.timestamp()))
        if not response.streaming:
            file.close()
        _describe(response, document)
        response["Cache-Control"] = "private, no-store" if restrictions else "public, max-age=60"
        return response


def _answer(
    request: HttpRequest, document: Document, file: IO[bytes], size: int, changed: int
) -> HttpResponseBase:
    """The bytes or the reason why there are none; `changed` is in seconds since 1970."""
    etag = f'"{document.checksum}"' if document.checksum else None
    unchanged = get_conditional_response(request, etag=etag, last_modified=changed)
    response: HttpResponseBase
    if unchanged is not None:
        response = unchanged
    else:
        whole = Part(0, size - 1)
        try:
            part = _wanted_part(request, etag, changed, size)
        except Unsatisfiable:
            response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        else:
            sent = part or whole
            response = _stream(request, file, sent)
            if part is not None:
                response.status_code = 206
                response["Content-Range"] = f"bytes {part.start}-{part.end}/{size}"
            if request.method == "GET" and sent == whole and not is_robot(_user_agent(request)):
                # After the last byte: a locked database keeps nobody waiting for a file.
                day, key = localdate(), document.pk
                response._resource_closers.append(lambda: count_download(key, day))  # type: ignore[attr-defined]
    if etag:
        response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    return response


def _user_agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")


def _wanted_part(request: HttpRequest, etag: str | None, changed: int, size: int) -> Part | None:
    """None for the whole file. Raises Unsatisfiable."""
    header = request.headers.get("Range", "")
    if not header or request.method != "GET":
        return None
    condition = request.headers.get("If-Range", "").strip()
    if condition and condition != etag and parse_http_date_safe(condition) != changed:
        return None  # the reader has a part of an older file: the new one is sent whole
    return asked_part(header, size)


def _stream(request: HttpRequest, file: IO[bytes], part: Part) -> HttpResponseBase:
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse()
    else:
        response = StreamingHttpResponse(chunks(file, part))
    response["Content-Length"] = str(part.length)
    response["Accept-Ranges"] = "bytes"
    return response


def _describe(response: HttpResponseBase, document: Document) -> None:
    """Type, name and language; nothing in the file may run or load (safety guide 4.2)."""
    extension = document.file_extension
    response["Content-Type"] = CONTENT_TYPES.get(extension, "application/octet-stream")
    response["Content-Disposition"] = disposition(
        download_name(document.title, document.language, extension)
    )
    languages = {"both": "cy, en", "other": document.language_inside or "und"}
    response["Content-Language"] = languages.get(document.language, document.language)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
