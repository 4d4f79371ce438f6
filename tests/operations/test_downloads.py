"""Downloads as a real client meets them: curl against gunicorn with production settings."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.operations.conftest import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on this machine")

STORE = """
import hashlib, json, random
from files.documents import store
content = random.Random(7).randbytes({size})
document = store("a.zip", content, title="Pecyn tŷ {size}", language="cy", generated=True)
print(json.dumps(dict(key=document.pk, url=document.url, sha=hashlib.sha256(content).hexdigest())))
"""
RESOURCE = """
import json, random
from files.documents import store
from resources.models import ResourceFile
from tests.resources.material import resource
content = random.Random(7).randbytes({size})
document = store("a.zip", content, title="Ffilm", language="both", generated=True)
pair = resource(
    "Weighs {size}",
    rich=False,
    files=lambda: [
        ResourceFile(
            document=document, role="slides", label_cy=f"Rhan {{n}}", label_en=f"Part {{n}}"
        )
        for n in range({files})
    ],
)
print(json.dumps(dict(key=pair.en.key)))
"""
COUNT = "from files.counting import downloads_of; print(downloads_of([{key}])[{key}])"


def python(environment: dict[str, str], code: str) -> str:
    run = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return run.stdout.strip().splitlines()[-1]


def stored(environment: dict[str, str], size: int) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(python(environment, STORE.format(size=size)))
    return answer


def counted(environment: dict[str, str], key: int, expected: int) -> int:
    """The count, waited for: it is written after the last byte was sent."""
    for _try in range(5):
        found = int(python(environment, COUNT.format(key=key)))
        if found >= expected:
            break
        time.sleep(1)
    return found


def curl(*arguments: str | Path) -> str:
    run = subprocess.run(
        ["curl", "--silent", "--show-error", *map(str, arguments)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return run.stdout


def parallel(url: str, times: int) -> list[str]:
    """SHA-256 of what each of so many clients received at the same time."""

    def fetch(_number: int) -> str:
        got = subprocess.run(["curl", "--silent", url], check=True, capture_output=True).stdout
        return hashlib.sha256(got).hexdigest()

    with ThreadPoolExecutor(times) as clients:
        return list(clients.map(fetch, range(times)))


def test_curl_fetches_resumes_asks_again_and_names_the_file(
    running_site: str, production_environment: dict[str, str], tmp_path: Path
) -> None:
    file = stored(production_environment, 1_000_000)
    url, whole = running_site + file["url"], tmp_path / "whole"

    head = curl("--head", url)
    assert "200 OK" in head and "content-length: 1000000" in head.lower()
    assert "set-cookie" not in head.lower()

    curl("--remote-name", "--remote-header-name", "--output-dir", tmp_path, url)
    assert [path.name for path in tmp_path.iterdir()] == ["Pecyn ty 1000000 (Cymraeg).zip"]

    # Broken off after a part, then resumed: the same bytes in the end.
    curl("--range", "0-299999", "--output", whole, url)
    status = curl("--continue-at", "-", "--output", whole, "--write-out", "%{http_code}", url)
    assert status == "206"
    assert hashlib.sha256(whole.read_bytes()).hexdigest() == file["sha"]

    etag = tmp_path / "etag"
    curl("--etag-save", etag, "--output", whole, url)
    again = curl("--etag-compare", etag, "--output", tmp_path / "n", "-w", "%{http_code}", url)
    assert again == "304"
    new = curl("--time-cond", whole, "--output", tmp_path / "n", "-w", "%{http_code}", url)
    assert new == "304"
    beyond = curl("--range", "1000000-", "--output", os.devnull, "-w", "%{http_code}", url)
    assert beyond == "416"

    assert set(parallel(url, 12)) == {file["sha"]}
    # Two whole ones, twelve together; HEAD, parts and unchanged ones are no downloads.
    assert counted(production_environment, file["key"], 14) == 14


@pytest.mark.slow
def test_a_hundred_at_once_are_counted_exactly(
    running_site: str, production_environment: dict[str, str]
) -> None:
    file = stored(production_environment, 50_000)
    assert set(parallel(running_site + file["url"], 100)) == {file["sha"]}
    found = counted(production_environment, file["key"], 100)
    print(f"downloads counted of 100 in parallel: {found}")
    assert found == 100


@pytest.mark.slow
def test_a_hundred_megabytes_take_no_memory(
    running_site: str, production_environment: dict[str, str]
) -> None:
    small, large = (stored(production_environment, size) for size in (1_000_000, 100_000_000))
    parallel(running_site + small["url"], 4)
    before = memory_of(running_site)
    assert set(parallel(running_site + large["url"], 2)) == {large["sha"]}
    more = (memory_of(running_site) - before) / 1e6
    print(f"memory for 100 MB served, twice at once: {more:.1f} MB more at most")
    assert more <= 5


@pytest.mark.slow
def test_a_pack_is_sent_while_it_is_made(
    running_site: str, production_environment: dict[str, str], tmp_path: Path
) -> None:
    small, large = (
        json.loads(python(production_environment, RESOURCE.format(size=size, files=files)))["key"]
        for size, files in ((1_000, 1), (25_000_000, 4))
    )
    address = f"{running_site}/en/resources/pack/download/?r="
    parallel(address + small, 4)
    before = memory_of(running_site)
    path = tmp_path / "pack.zip"
    curl("--output", path, address + large)
    assert path.stat().st_size > 100_000_000
    subprocess.run(["unzip", "-tq", path], check=True, capture_output=True)
    parallel(address + large, 2)
    more = (memory_of(running_site) - before) / 1e6
    print(f"memory for a pack of 100 MB, twice at once: {more:.1f} MB more at most")
    assert more <= 20


def memory_of(site: str) -> int:
    """The most bytes that any process of the server has ever held (VmHWM)."""
    port = site.rsplit(":", 1)[1]
    peaks = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"127.0.0.1:{port}".encode() not in (folder / "environ").read_bytes():
                continue
            if b"gunicorn" in (folder / "cmdline").read_bytes():
                status = (folder / "status").read_text()
                peaks.append(int(status.split("VmHWM:")[1].split()[0]) * 1024)
        except OSError:
            continue  # ended meanwhile, or not ours
    return max(peaks)
