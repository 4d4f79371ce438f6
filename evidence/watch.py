"""Looks at every source from time to time: is it there, has it moved, changed, or been replaced?

What a host does to us is limited: seconds, bytes, redirects, visits. A source that fails is visited
less and less often; after a week of failures readers are told that it is being checked. Only
addresses of the public internet are visited, so that no one can make this machine look at itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from evidence.models import Evidence, Figure

AGENT = "Noddfa source watch (City of Sanctuary in Wales)"
PERMANENT, TEMPORARY = (301, 308), (302, 303, 307)
LONGEST_WAIT = timedelta(days=8)
SILENT = (b"script", b"style", b"noscript")  # what stands in them is not read
COMMENT = b"!--"
SPACES = re.compile(rb"\xc2\xa0|&nbsp;|&#160;|&#xa0;", re.IGNORECASE)
_MONTH = (
    rb"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    rb"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|"
    rb"Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr)"
)
# What a server prints anew without anybody changing a word: days, times, tokens.
PASSING = re.compile(
    b"|".join((
        rb"\b\d{4}-\d\d-\d\d(?:T[\d:.]{4,15}(?:Z|[+-]\d\d:?\d\d)?)?",
        rb"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
        rb"\b\d{1,2}(?:st|nd|rd|th)? " + _MONTH + rb"(?:,? \d{4})?\b",
        rb"\b" + _MONTH + rb" \d{1,2}, \d{4}\b",
        rb"\b\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?",
        rb"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b",
        rb"\bDydd (?:Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul)\b",
        rb"(?:\xc2\xa9|&copy;|\bcopyright) ?\d{4}",
        # A token: long, of letters and digits.
        rb"(?<![\w-])(?=[\w-]{0,99}\d)(?=[\w-]{0,99}[A-Za-z])[\w-]{20,100}(?![\w-])",
    )),
    re.IGNORECASE,
)  # fmt: skip
SAFE = "/%:@!$&'()*+,;=~-._"  # signs of a path that stand as they are
# The graver one is told where the two languages of a source differ.
GRAVEST_FIRST = (
    Evidence.Finding.GONE, Evidence.Finding.OUT_OF_REACH, Evidence.Finding.NOT_ALLOWED,
    Evidence.Finding.MOVED, Evidence.Finding.SUPERSEDED, Evidence.Finding.CHANGED,
    Evidence.Finding.FINE,
)  # fmt: skip
FAILING = (Evidence.Finding.GONE, Evidence.Finding.OUT_OF_REACH)
TO_LOOK_AT = [finding for finding in GRAVEST_FIRST if finding != Evidence.Finding.FINE]


@dataclass(frozen=True)
class Limits:
    """What one visit and one host may cost."""

    seconds_to_connect: float = 5
    seconds_in_all: float = 20
    most_bytes: int = 1_000_000
    redirects: int = 5
    seconds_between_visits: float = 1  # to one host
    visits_to_a_host: int = 50  # in one run


@dataclass(frozen=True)
class Answer:
    """What one address said."""

    finding: str
    detail: str = ""
    fingerprint: str = ""


class Unreachable(Exception):
    """The host gave no usable answer; the message says in which way."""


class NotAllowed(Exception):
    """The address is not one of the public internet."""


@dataclass
class Run:
    """One pass over the sources that are due."""

    limits: Limits = field(default_factory=Limits)
    is_allowed: Callable[[str], bool] = lambda address: ipaddress.ip_address(address).is_global
    visits: dict[str, int] = field(default_factory=dict)
    last_visit: dict[str, float] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)  # hosts that did not answer in this run

    def check(self, source: Evidence) -> str | None:
        """Visit a source and store what was found; None where its host has had enough for now."""
        addresses = [address for address in (source.url_en, source.url_cy) if address]
        if any(not self._has_room(address) for address in addresses):
            return None
        answers = [self._visit(address) for address in addresses]
        finding, detail = _gravest(source, answers)
        prints = "".join(answer.fingerprint for answer in answers)
        fingerprint = hashlib.sha256(prints.encode()).hexdigest() if prints else ""
        if finding == Evidence.Finding.FINE and source.fingerprint not in ("", fingerprint):
            finding = Evidence.Finding.CHANGED
        _store(source, finding, detail, source.fingerprint or fingerprint)
        return finding

    def _has_room(self, address: str) -> bool:
        host = urlsplit(address).hostname or ""
        return host not in self.silent and (self.visits.get(host, 0) < self.limits.visits_to_a_host)

    def _visit(self, address: str) -> Answer:
        host = urlsplit(address).hostname or ""
        pause = self.limits.seconds_between_visits - (
            time.monotonic() - self.last_visit.get(host, float("-inf"))
        )
        if pause > 0:
            time.sleep(pause)
        self.visits[host] = self.visits.get(host, 0) + 1
        try:
            return look_at(address, self.limits, self.is_allowed)
        except Unreachable as failure:
            self.silent.add(host)
            return Answer(Evidence.Finding.OUT_OF_REACH, str(failure))
        except NotAllowed:
            return Answer(Evidence.Finding.NOT_ALLOWED)
        finally:
            self.last_visit[host] = time.monotonic()


def look_at(address: str, limits: Limits, is_allowed: Callable[[str], bool]) -> Answer:
    """Follow an address to its end and say what is there.

    Raises:
        Unreachable: no answer within the limits, or redirects without end.
        NotAllowed: an address on the way is not public.
    """
    deadline = time.monotonic() + limits.seconds_in_all
    moved_to, current = "", address
    is_permanent = True
    for _hop in range(limits.redirects + 1):
        status, target, body = _fetch(current, limits, deadline, is_allowed)
        if status in PERMANENT + TEMPORARY and target:
            current = _joined(current, target)
            is_permanent = is_permanent and status in PERMANENT
            if is_permanent:
                moved_to = current
            continue
        if status in (404, 410):
            return Answer(Evidence.Finding.GONE, str(status))
        if status >= 400 or status in PERMANENT + TEMPORARY:
            raise Unreachable(str(status))
        fingerprint = _fingerprint(body)
        if moved_to and _without_trifles(moved_to) != _without_trifles(address):
            return Answer(Evidence.Finding.MOVED, moved_to[:400], fingerprint)
        return Answer(Evidence.Finding.FINE, "", fingerprint)
    raise Unreachable("redirects without end")


def _joined(address: str, target: str) -> str:
    """Where a redirect leads. Raises Unreachable for an address that is none."""
    try:
        joined = urljoin(address, target)
        urlsplit(joined)
    except ValueError as error:
        raise Unreachable("redirected to no address") from error
    return joined


def _fetch(
    address: str, limits: Limits, deadline: float, is_allowed: Callable[[str], bool]
) -> tuple[int, str, bytes]:
    """Status, target of a redirect, and the first bytes of one address.

    The socket is shut at the deadline, so that a host which sends one byte now and then cannot
    hold us: a timeout alone begins anew with every byte.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotAllowed
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise Unreachable("no such host") from error
    numbers = [str(row[4][0]) for row in found]
    if not all(is_allowed(number) for number in numbers):
        raise NotAllowed
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreachable("too slow")
    lines: list[socket.socket] = []
    watchdog = threading.Timer(left, _shut, [lines])
    watchdog.daemon = True
    watchdog.start()
    try:
        # Connect to the very address that was looked at: a name may point elsewhere a moment later.
        line = socket.create_connection((numbers[0], port), min(left, limits.seconds_to_connect))
        lines.append(line)
        line.settimeout(left)
        connection = HTTPConnection(parts.hostname, port)
        if parts.scheme == "https":
            secure = ssl.create_default_context()
            line = secure.wrap_socket(
                line, server_hostname=parts.hostname, do_handshake_on_connect=False
            )
            lines.append(line)
            line.do_handshake()
            connection = HTTPSConnection(parts.hostname, port, context=secure)
        connection.sock = line
        path, query = quote(parts.path or "/", SAFE), quote(parts.query, SAFE + "?")
        target = urlunsplit(("", "", path, query, ""))
        connection.request(
            "GET", target, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"}
        )
        response = connection.getresponse()
        body = _first_bytes(response, limits.most_bytes)
        if time.monotonic() >= deadline:
            raise Unreachable("too slow")
        return response.status, response.headers.get("Location", ""), body
    except (OSError, HTTPException, ValueError) as error:
        late = isinstance(error, TimeoutError) or time.monotonic() >= deadline
        raise Unreachable("too slow" if late else type(error).__name__) from error
    finally:
        watchdog.cancel()
        for opened in lines:
            opened.close()


def _shut(lines: list[socket.socket]) -> None:
    """End what is going on there; the thread that waits for it gets an error."""
    for line in lines[-1:]:
        with contextlib.suppress(OSError):  # it is closed already
            socket.socket.shutdown(line, socket.SHUT_RDWR)


def _first_bytes(response: Any, most: int) -> bytes:
    """The body up to `most` bytes; the rest is left where it is."""
    pieces: list[bytes] = []
    length = 0
    while length < most:
        piece = response.read1(min(65_536, most - length))
        if not piece:
            break
        pieces.append(piece)
        length += len(piece)
    return b"".join(pieces)


def _fingerprint(body: bytes) -> str:
    """Of the words of a page alone: scripts and markup change without anybody changing a word.

    So do the days and times that a server prints, and tokens that are made for each visit. One
    pass from left to right: what a hostile page holds costs no more than its length.
    """
    words: list[bytes] = []
    silent = b""
    for part in (b">" + body).split(b"<"):
        tag, _end, text = part.partition(b">")
        name = tag[:20].split()[0].lower() if tag[:20].strip() else b""
        if silent == COMMENT:
            if b"-->" not in part:
                continue
            silent, text = b"", part.partition(b"-->")[2]
        elif silent:
            if name != b"/" + silent:
                continue
            silent = b""
        elif name.startswith(COMMENT):
            if b"-->" not in part:
                silent = COMMENT
                continue
            text = part.partition(b"-->")[2]
        elif name in SILENT:
            silent = name
            continue
        words += SPACES.sub(b" ", text).split()
    return hashlib.sha256(PASSING.sub(b"", b" ".join(words))).hexdigest()


def _without_trifles(address: str) -> tuple[str, str, str]:
    """What makes an address another one: not http or https, not www., not a slash at the end."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return host, parts.path.rstrip("/"), parts.query


def _gravest(source: Evidence, answers: Iterable[Answer]) -> tuple[str, str]:
    found = list(answers)
    if source.next_release is not None and source.next_release <= timezone.localdate():
        found.append(Answer(Evidence.Finding.SUPERSEDED))
    worst = min(found, key=lambda answer: GRAVEST_FIRST.index(Evidence.Finding(answer.finding)))
    return worst.finding, worst.detail


def _store(source: Evidence, finding: str, detail: str, fingerprint: str) -> None:
    """Write the finding beside what staff may be editing; tomorrow again, or later and later."""
    now = timezone.now()
    failures = source.failures + 1 if finding in FAILING else 0
    wait = min(timedelta(days=2 ** min(failures - 1, 10)), LONGEST_WAIT) if failures else None
    Evidence.objects.filter(pk=source.pk).update(
        finding=finding,
        finding_detail=detail,
        last_checked=now,
        # An hour less than whole days: a nightly timer is never punctual to the second.
        next_check=now + (wait or timedelta(days=1)) - timedelta(hours=1),
        failures=failures,
        failing_since=(source.failing_since or now) if failures else None,
        fingerprint=fingerprint,
    )


def sources_due() -> QuerySet[Evidence]:
    """Sources with an address whose next visit has come, those waiting longest first."""
    return (
        Evidence.objects.exclude(url_en="", url_cy="")
        .filter(Q(next_check=None) | Q(next_check__lte=timezone.now()))
        .order_by(F("last_checked").asc(nulls_first=True), "pk")
    )


def sources_to_look_at() -> QuerySet[Evidence]:
    """Sources that somebody has to look at."""
    return Evidence.objects.filter(finding__in=TO_LOOK_AT).order_by("failing_since", "key")


def mark_as_seen(source: Evidence) -> None:
    """Staff have looked: what the next visit finds is how it should be."""
    Evidence.objects.filter(pk=source.pk).update(**Evidence.NOT_WATCHED_YET)


def pages_citing(sources: Collection[Evidence]) -> dict[int, list[Page]]:
    """For each source every page that prints one of its figures or names the source itself.

    Both languages of each, in tree order; five queries, however many sources.
    """
    owner: dict[tuple[Any, int], int] = {(Evidence, source.pk): source.pk for source in sources}
    for figure, source_id in Figure.objects.filter(evidence__in=sources).values_list(
        "pk", "evidence_id"
    ):
        owner[Figure, figure] = source_id
    naming: dict[int, set[int]] = defaultdict(set)  # sources by the page that names them
    for model in (Evidence, Figure):
        ids = [str(pk) for kind, pk in owner if kind is model]
        references = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(model),
            to_object_id__in=ids,
        )
        for page_id, thing in references.values_list("object_id", "to_object_id"):
            naming[int(page_id)].add(owner[model, int(thing)])
    citing: dict[UUID, set[int]] = defaultdict(set)
    for pk, key in Page.objects.filter(pk__in=naming).values_list("pk", "translation_key"):
        citing[key] |= naming[pk]
    found: dict[int, list[Page]] = {source.pk: [] for source in sources}
    for page in Page.objects.filter(translation_key__in=citing).order_by("path"):
        for source_id in citing[page.translation_key]:
            found[source_id].append(page)
    return found


def troubled_sources_of(page: Page) -> QuerySet[Evidence]:
    """The sources of a page that somebody has to look at."""
    references = ReferenceIndex.get_references_for_object(page)

    def named(model: Any) -> list[str]:
        content_type = ContentType.objects.get_for_model(model)
        found = references.filter(to_content_type=content_type)
        return list(found.values_list("to_object_id", flat=True))

    return (
        sources_to_look_at()
        .filter(Q(pk__in=named(Evidence)) | Q(figures__in=named(Figure)))
        .distinct()
    )
