"""The three engines under test, and servers that behave as a broken Elasticsearch does."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from search.backends.elasticsearch import Mapping

DATABASE = {"BACKEND": "search.backends.database", "SEARCH_CONFIG": "simple"}


def backends(url: str) -> dict[str, Any]:
    """The setting for an Elasticsearch at `url` with the database behind it."""
    engine = {
        "BACKEND": "search.backends.elasticsearch",
        "URLS": [url],
        "INDEX_PREFIX": "test_",
        "FALLBACK": "database",
    }
    return {"default": engine, "database": DATABASE}


def closed_port() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


Answer = tuple[int, bytes]
HANGS: Callable[[str], Answer] = lambda path: time.sleep(3) or (200, b"{}")  # noqa: E731
BROKEN: dict[str, Callable[[str], Answer]] = {
    "hangs": HANGS,
    "slow": lambda path: time.sleep(0.4) or (200, b'{"took": 400, "hits": {"hits": []}}'),
    "no JSON": lambda path: (200, b"<html>It works!</html>"),
    "other JSON": lambda path: (200, b'{"hits": 5, "count": "many", "aggregations": []}'),
    "a list": lambda path: (200, b"[1, 2, 3]"),
    "overloaded": lambda path: (429, b'{"error": "circuit_breaking_exception"}'),
    "unauthorised": lambda path: (401, b'{"error": "security_exception"}'),
    "older than the code": lambda path: (400, b'{"error": "search_phase_execution_exception"}'),
    "without an index": lambda path: (404, b'{"error": "index_not_found_exception"}'),
    "failing": lambda path: (500, b""),
}


@contextmanager
def stub(answer: Callable[[str], Answer]) -> Iterator[str]:
    """A server on this machine that answers every request in this way."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = answer(self.path)
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the client did not wait

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def differences() -> dict[str, str]:
    """What the engine holds otherwise than the database, by page id: whole entries are compared."""
    backend = get_search_backend()
    backend.refresh_indexes()
    answer = backend.es.search(index=backend.get_index_for_model(Page).name, size=10_000)
    held = {hit["_id"]: hit["_source"] for hit in answer["hits"]["hits"]}
    wanted = {
        str(page.pk): json.loads(backend.es.transport.serializers.dumps(
            Mapping(type(page)).get_document(page), "application/json"
        ))
        for page in Page.objects.specific()
    }  # fmt: skip
    found = {}
    for key in held.keys() | wanted.keys():
        if key not in held or key not in wanted:
            found[key] = "only in the engine" if key in held else "only in the database"
            continue
        fields = {name for name in wanted[key] if held[key].get(name) != wanted[key][name]}
        if fields:
            found[key] = f"differs in {sorted(fields)}"
    return found


def settle() -> None:
    """Mend what differs: quicker than a rebuild, which makes every index anew."""
    keys = set(differences())
    backend = get_search_backend()
    by_type: dict[type[Page], list[str]] = {}
    for page in Page.objects.filter(pk__in=keys).specific():
        by_type.setdefault(type(page), []).append(str(page.pk))
    for model, present in by_type.items():
        backend.send(model, present)
        keys.difference_update(present)
    backend.send(Page, list(keys))
    backend.refresh_indexes()
