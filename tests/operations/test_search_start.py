"""The first search after a start has the dictionaries to load; nobody shall wait long for that."""

import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from tests.operations.conftest import ROOT, free_port

MORE_SECONDS = 1.5
pytestmark = pytest.mark.slow


@pytest.fixture
def fresh_site(running_site: str, production_environment: dict[str, str]) -> Iterator[str]:
    """A server that has answered nothing but that it lives."""
    bind = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=production_environment | {"BIND": bind}
    )
    try:
        for _try in range(300):
            try:
                urlopen(f"http://{bind}/-/live", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://{bind}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize("address", ["/cy/chwilio/?q=groeso", "/en/search/?q=welcoming"])
def test_the_first_search_after_a_start_is_hardly_slower_than_the_second(
    fresh_site: str, address: str
) -> None:
    seconds = []
    for _time in range(2):
        begun = time.monotonic()
        with urlopen(fresh_site + address, timeout=30) as answer:
            assert answer.status == 200
        seconds.append(time.monotonic() - begun)
    more = seconds[0] - seconds[1]
    print(f"\n{address}: the first search takes {more:.2f} s more than the second")
    assert more <= MORE_SECONDS
