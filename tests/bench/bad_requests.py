"""Bad requests against a running server, from a seed, on this machine only.

    python -m tests.bench.bad_requests --url http://127.0.0.1:8000 --count 3500 --seed 7

Prints one line; exit code 1 on an answer of 500 or more, one that takes longer than 2 s, a
redirect to another site, or none at all.
"""

import argparse
import contextlib
import random
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote, quote_from_bytes, urljoin, urlsplit

SLOWEST = 2.0  # seconds
LOCAL = {"127.0.0.1", "localhost", "::1"}
VALUES: tuple[bytes, ...] = (
    b"\x00", b"a\x00b", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x28\x8c\xbc",
    b"9" * 40, b"-1", b"0", b"1e400", b"NaN", b"2147483648", b"-9223372036854775809",
    b'"', b"'", b'"""', b"a\"b'c", b"%", b"%25", b"%00", b"..%2f..%2f", b"../../etc/passwd",
    b"\r\nSet-Cookie: a=b", b"(" * 300, b"[" * 300, b"a" * 5000, b"word " * 300,
    "\u202eabc".encode(), "ŵŷ".encode(), "🧵".encode() * 50, b"' OR 1=1 --", b"{{7*7}}",
    b"${jndi:x}", b"[]", b"{}", b"true", b"*", b"AND OR NOT NEAR", b"", b" ",
)  # fmt: skip
ROUTES = (
    "/", "/en/", "/cy/", "/en/search/", "/cy/chwilio/", "/en/stories/", "/cy/straeon/",
    "/en/contact/", "/cy/cysylltu/", "/en/resources/", "/accounts/login/",
    "/accounts/password/reset/", "/admin/", "/admin/login/", "/documents/", "/sitemap.xml",
    "/robots.txt", "/-/live", "/-/ready", "/-/health", "/-/csp", "/favicon.ico",
    "/.well-known/security.txt", "/static/css/site.css", "/media/", "/api/v2/pages/",
)  # fmt: skip
PARAMETERS = (
    "q", "query", "page", "topic", "area", "stream", "kind", "next", "locale", "site",
    "html_path", "offset", "term", "name[]", "p", "login",
)  # fmt: skip
SHAPES = (
    "/{}", "/{}/", "/en/{}", "/en/{}/", "/cy/{}/", "/en/stories/{}/", "/cy/straeon/{}/",
    "/en/search/{}", "/documents/{}/", "/documents/1/{}", "/media/{}", "/static/{}",
    "/accounts/{}/", "/accounts/password/reset/key/{}/", "/admin/{}", "/admin/pages/{}/",
    "/-/{}", "/.well-known/{}", "//{}", "/en//{}", "/%2e%2e/{}",
)  # fmt: skip
HEADERS = (
    "Accept-Language", "Cookie", "Range", "If-None-Match", "If-Modified-Since", "Authorization",
    "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "Origin",
    "Referer", "Accept", "Accept-Encoding", "User-Agent", "Save-Data", "Sec-Fetch-Site",
    "X-HTTP-Method-Override", "X-Requested-With", "X-CSRFToken",
)  # fmt: skip
HOSTS = (
    "evil.example", "localhost:99999", "localhost.", "[::1", "", "a" * 300, "127.0.0.1@evil",
    "localhost\t", "xn--",
)  # fmt: skip
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO", "get")
NEXT = ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)")


@dataclass(frozen=True)
class BadRequest:
    """One request as it goes over the wire."""

    kind: str
    method: bytes
    target: bytes
    host: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""

    def wire(self) -> bytes:
        lines = [self.method + b" " + self.target + b" HTTP/1.1", b"Host: " + self.host]
        lines += [name + b": " + value for name, value in self.headers]
        lines += [b"Connection: close"]
        if self.body or self.method == b"POST":
            lines.append(b"Content-Length: %d" % len(self.body))
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.body


@dataclass
class Tally:
    """What came back."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def make(dice: random.Random, host: str) -> BadRequest:
    """One bad request; every kind has the same chance."""
    value = dice.choice(VALUES)
    route = dice.choice(ROUTES).encode()
    quoted = quote_from_bytes(value, safe="").encode()
    name = dice.choice(PARAMETERS).encode()
    own = host.encode()
    match dice.randrange(9):
        case 0:
            return BadRequest("parameter", b"GET", route + b"?" + name + b"=" + quoted, own)
        case 1:
            many = b"&".join([name + b"=" + quoted[:20]] * dice.choice((2, 50, 900)))
            return BadRequest("many parameters", b"GET", route + b"?" + many, own)
        case 2:
            target = dice.choice(SHAPES).format(quoted.decode()).encode()
            return BadRequest("path", b"GET", target, own)
        case 3:
            header = dice.choice(HEADERS).encode()
            shown = value.replace(b"\r", b"").replace(b"\n", b"").replace(b"\x00", b"")
            return BadRequest("header", b"GET", route, own, ((header, shown),))
        case 4:
            return BadRequest("host", b"GET", route, dice.choice(HOSTS).encode())
        case 5:
            kind = dice.choice(
                (b"application/x-www-form-urlencoded", b"application/json", b"text/plain",
                 b"multipart/form-data; boundary=x", b"multipart/form-data")
            )  # fmt: skip
            body = dice.choice((name + b"=" + quoted, value, b'{"a":' + value + b"}"))
            return BadRequest("body", b"POST", route, own, ((b"Content-Type", kind),), body)
        case 6:
            return BadRequest("method", dice.choice(METHODS).encode(), route, own)
        case 7:
            target = dice.choice(("/accounts/login/", "/admin/login/", "/en/", "/accounts/logout/"))
            address = f"{target}?next={quote(dice.choice(NEXT), safe='')}"
            return BadRequest("next", b"GET", address.encode(), own)
        case _:
            noise = quote_from_bytes(dice.randbytes(dice.randrange(1, 200)), safe="/?&=").encode()
            return BadRequest("random bytes", b"GET", b"/" + noise, own)


def answer_to(request: BadRequest, address: tuple[str, int]) -> tuple[int, str]:
    """(status, Location) of the answer. Raises OSError or ValueError when there is none."""
    with socket.create_connection(address, timeout=15) as connection:
        # The server may refuse before all is read; its answer still counts.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request.wire())
        received = b""
        while b"\r\n\r\n" not in received and (piece := connection.recv(65536)):
            received += piece
    head = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    status = int(head[0].split(" ")[1])
    found = (line.partition(":")[2].strip() for line in head if line.lower().startswith("location"))
    return status, next(found, "")


def leaves_the_site(location: str, request: BadRequest, base: str) -> bool:
    """A redirect to another host than the one that was asked."""
    if not location:
        return False
    target = urlsplit(urljoin(base, location.replace("\\", "/")))
    asked = request.host.decode("latin-1").rpartition(":")[0] or request.host.decode("latin-1")
    return target.scheme not in {"http", "https"} or target.hostname not in {
        urlsplit(base).hostname, asked if asked in LOCAL else None,
    }  # fmt: skip


def run(url: str, count: int, seed: int) -> Tally:
    """Sends `count` requests one after the other. Raises ValueError for a server elsewhere."""
    parts = urlsplit(url)
    if parts.hostname not in LOCAL:
        raise ValueError("Only servers on this machine.")
    dice = random.Random(seed)
    address = (parts.hostname or "localhost", parts.port or 80)
    tally = Tally()
    for _number in range(count):
        request = make(dice, parts.netloc)
        told = f"{request.kind}: {request.method!r} {request.target[:160]!r} {request.headers!r}"
        started = time.monotonic()
        tally.sent += 1
        try:
            status, location = answer_to(request, address)
        except (OSError, ValueError, IndexError) as error:
            tally.faults.append(f"no answer ({error!r}) {told}")
            continue
        seconds = time.monotonic() - started
        tally.slowest = max(tally.slowest, seconds)
        tally.statuses[status] += 1
        if status >= 500 and not (status in {501, 505} and request.kind == "method"):
            tally.faults.append(f"{status} {told}")
        if seconds > SLOWEST:
            tally.faults.append(f"{seconds:.1f} s {told}")
        if leaves_the_site(location, request, url):
            tally.faults.append(f"off the site to {location} {told}")
    return tally


def line(tally: Tally, seed: int) -> str:
    """The one line that is printed."""
    statuses = " ".join(f"{status}×{count}" for status, count in sorted(tally.statuses.items()))
    return (
        f"bad requests: {tally.sent}, seed {seed}, faults {len(tally.faults)}, "
        f"slowest {tally.slowest:.2f} s, {statuses}"
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--count", type=int, default=3500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args(arguments)
    tally = run(options.url, options.count, options.seed)
    print(line(tally, options.seed))
    for fault in tally.faults[:40]:
        print("  " + fault, file=sys.stderr)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
