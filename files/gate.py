"""The one gate for every file that comes in: opened, cleaned and read in a process of its own.

However a file arrives (a form, many at once, code), `files.fields` brings it here before a byte
is stored. The worker's limits stand in `files.worker`; beside them a file gets `SECONDS` by the
clock.
"""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Timer
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from files import worker
from files.cleaning import Refused
from files.facts import FileFacts

logger = logging.getLogger(__name__)

SIZE_LIMIT = 25 * 1024 * 1024  # bytes as uploaded
SECONDS = 25  # for one file by the clock; a web server gives up after 30


class Worker:
    """A worker process; it starts with its first file and again after it broke."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, job: str, name: str, content: bytes) -> tuple[bytes, dict[str, Any] | None]:
        """What the worker gives back for one file. Raises Refused."""
        process = self._process or self._start()
        assert process.stdin and process.stdout
        timer = Timer(SECONDS, process.kill)
        timer.start()
        try:
            worker.send(process.stdin, {"job": job, "name": name}, content)
            message = worker.receive(process.stdout)
        except OSError:
            message = None
        finally:
            timer.cancel()
        if message is None:
            self.close()
            logger.warning("the upload worker ended on a file (%s)", process.returncode)
            raise Refused(_exhausted())
        header, answer = message
        if "refused" in header:
            # The sentence was marked for translation where the worker raised it.
            raise Refused(_(header["refused"]))
        if "exhausted" in header:
            self.close()
            raise Refused(_exhausted())
        if "failed" in header:
            logger.error("the upload worker met what no cleaner foresaw\n%s", header["failed"])
            raise Refused(_("This file cannot be read. Save it again and upload the new file."))
        return answer, header["facts"]

    def _start(self) -> "subprocess.Popen[bytes]":
        # No variable of ours goes along: the worker knows no secret and no database.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "files.worker"],
            cwd=settings.BASE_DIR,
            env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


_shared: ContextVar[Worker | None] = ContextVar("shared upload worker", default=None)


@contextmanager
def shared_worker() -> Iterator[Worker]:
    """One process for all files that are stored inside: prints, packs, the demo, tests."""
    if (outer := _shared.get()) is not None:
        yield outer
        return
    own = Worker()
    token = _shared.set(own)
    try:
        yield own
    finally:
        _shared.reset(token)
        own.close()


def _ask(job: str, name: str, content: bytes) -> tuple[bytes, dict[str, Any] | None]:
    shared = _shared.get()
    if shared is not None:
        return shared.ask(job, name, content)
    single = Worker()
    try:
        return single.ask(job, name, content)
    finally:
        single.close()


def admit_image(name: str, content: bytes) -> bytes:
    """The picture as it may be stored. Raises Refused with what to do next."""
    _refuse_size(content)
    return _ask("image", name, content)[0]


def admit_document(name: str, content: bytes) -> tuple[bytes, FileFacts]:
    """The document as it may be stored, and what it says about itself. Raises Refused."""
    _refuse_size(content)
    cleaned, facts = _ask("document", name, content)
    return cleaned, FileFacts(**(facts or {}))


def read_generated(name: str, content: bytes) -> FileFacts:
    """The facts of a file that our own code made; it is not cleaned. Raises Refused."""
    return FileFacts(**(_ask("read", name, content)[1] or {}))


def _refuse_size(content: bytes) -> None:
    if not content:
        raise Refused(_("This file is empty. Choose the file again."))
    if len(content) > SIZE_LIMIT:
        raise Refused(_("This file is too large: 25 MB at most."))


def _exhausted() -> Any:
    return _(
        "This file takes too much time or memory to open. Make it smaller or simpler and upload it "
        "again."
    )
