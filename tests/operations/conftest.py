"""The site as it runs in production: gunicorn, production settings, a database of its own."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import copy_of

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="session")
def production_environment(
    tmp_path_factory: pytest.TempPathFactory, migrated: str
) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("production")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SECURE_SSL_REDIRECT": "no",
        "DATABASE_URL": copy_of(migrated, folder),
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "HOME": str(folder),
        "BIND": f"127.0.0.1:{free_port()}",
        "WEB_CONCURRENCY": "1",
    }


@pytest.fixture(scope="session")
def running_site(production_environment: dict[str, str]) -> Iterator[str]:
    """The address of a site that was filled and started like a real one."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT, check=True,
        env=production_environment | {"DJANGO_SETTINGS_MODULE": "tests.operations.collecting"},
    )  # fmt: skip
    log = Path(production_environment["VAR_DIR"], "gunicorn.log")
    url = f"http://{production_environment['BIND']}"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"],
            cwd=ROOT, env=production_environment, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            for _try in range(150):
                if server.poll() is not None:
                    break
                try:
                    urllib.request.urlopen(f"{url}/-/live", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.2)
            else:
                pytest.fail(f"The server did not start: {log.read_text()[-3000:]}")
            assert server.poll() is None, log.read_text()[-3000:]
            yield url
        finally:
            server.terminate()
            server.wait(20)
