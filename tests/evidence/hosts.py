"""Hosts that behave and misbehave, on this machine: the watch is tested without a network."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TEN_GB = 10 * 1024**3


class Host(BaseHTTPRequestHandler):
    """Answers by its path; what it says at /page is `server.text`."""

    def do_GET(self) -> None:
        self.server.visits.append((time.monotonic(), self.path))  # type: ignore[attr-defined]
        with suppress(OSError):  # the visitor has gone
            getattr(self, f"say_{self.path.strip('/').split('/')[0]}")()

    def log_message(self, *args: Any) -> None:
        """Silence."""

    def _head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def say_page(self) -> None:
        text = self.server.text.encode()  # type: ignore[attr-defined]
        self._head(200, Content_Length=str(len(text)))
        self.wfile.write(text)

    def say_gone(self) -> None:
        self._head(410, Content_Length="0")

    def say_broken(self) -> None:
        self._head(503, Content_Length="0")

    def say_moved(self) -> None:
        self._head(301, Location="/page", Content_Length="0")

    def say_visiting(self) -> None:
        self._head(302, Location="/page", Content_Length="0")

    def say_loop(self) -> None:
        self._head(301, Location="/loop", Content_Length="0")

    def say_nowhere(self) -> None:
        self._head(301, Location="http://[", Content_Length="0")

    def say_inside(self) -> None:
        self._head(302, Location="http://169.254.169.254/secrets", Content_Length="0")

    def say_hang(self) -> None:
        time.sleep(8)

    def say_trickle(self) -> None:
        self._head(200, Content_Length="1000")
        for _ in range(80):
            self.wfile.write(b"a")
            time.sleep(0.1)

    def say_huge(self) -> None:
        self._head(200, Content_Length=str(TEN_GB))
        piece = b"x" * 65_536
        for _ in range(TEN_GB // len(piece)):
            self.wfile.write(piece)
            self.server.sent += len(piece)  # type: ignore[attr-defined]

    def say_nonsense(self) -> None:
        self.wfile.write(b"\x00\x01 this is no answer\r\n")


@contextmanager
def running() -> Iterator[Any]:
    """A host at `server.url`."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    server.block_on_close = False
    server.text, server.visits, server.sent = "<p>What the source says.</p>", [], 0
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
