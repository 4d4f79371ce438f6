"""A real Chromium over a live server with the demo content."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.databases import copy_of, is_postgres, name_of

ROOT = Path(__file__).resolve().parents[2]
# Without windows, menus and pages of its own it needs a third less for the same pages.
WINDOWLESS = shutil.which("chromium-headless-shell")
CHROMIUM = WINDOWLESS or shutil.which("chromium") or shutil.which("chromium-browser")
# Every new window loads two pages of the browser's own under the address bar, dearer than a page
# of the site. The flag replaces Playwright's list of the same name: what of it concerns us follows.
WITHOUT = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
    "PaintHolding", "ThirdPartyStoragePartitioning", "MediaRouter", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
    "SpareRendererForSitePerProcess",  # a process in store for a page that is never opened
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are named and skipped; in CI that is an error."""
    for item in items:
        if "tests/browser/" in item.nodeid and not item.nodeid.startswith("tests/browser/conftest"):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason="NO CHROMIUM ON THIS MACHINE"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "CI needs a Chromium: .ci/run installs it"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop stays in this thread; Django would refuse all later queries.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", f"--disable-features={','.join(WITHOUT)}"],
        )
        yield browser
        browser.close()


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=900,
    )


# A site that runs already, with the demo: its address, and the folder of its password.
RUNNING, RUNNING_FOLDER = "SITE_UNDER_TEST", "SITE_UNDER_TEST_FOLDER"
SETTINGS = "config.settings.dev" if RUNNING in os.environ else "tests.browser.settings"
DATABASE = "database.url"  # the address of a site's PostgreSQL, in its folder


def _environment(folder: Path) -> dict[str, str]:
    address = folder / DATABASE
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "VAR_DIR": str(folder),
        "COMPONENT_GALLERY": "yes",
        **({"DATABASE_URL": address.read_text()} if address.exists() else {}),
    }


def _copy_database(source: str, folder: Path) -> None:
    """Give the site in this folder a database of its own, of the kind under test."""
    if is_postgres(source):
        (folder / DATABASE).write_text(copy_of(source, folder))
    else:
        shutil.copyfile(name_of(source), folder / "noddfa.sqlite3")


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str, migrated: str) -> Path:
    """The whole demo as `make run` leaves it, loaded once for all processes of a test run."""
    here = tmp_path_factory.getbasetemp()
    folder = (here if worker_id == "master" else here.parent) / "loaded-demo"
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            unfinished.mkdir()
            subprocess.run([sys.executable, "-m", "catalogues.compile"], cwd=ROOT, check=True)
            _copy_database(migrated, unfinished)
            environment = _environment(unfinished)
            _manage(environment, "load_demo")
            _manage(environment, "update_index", "--verbosity", "0")
            unfinished.rename(folder)
    return folder


LETTERS = "letters.txt"  # what the site has sent by e-mail, in its folder


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Where the server of these tests keeps its database, its files and the demo password."""
    if RUNNING_FOLDER in os.environ:
        return Path(os.environ[RUNNING_FOLDER])
    loaded_demo = request.getfixturevalue("loaded_demo")
    folder = shutil.copytree(loaded_demo, tmp_path_factory.mktemp("demo") / "var")
    if (folder / DATABASE).exists():
        _copy_database((folder / DATABASE).read_text(), folder)
    return folder


@pytest.fixture(scope="session")
def password(demo_folder: Path) -> str:
    """Of the demo’s editor, who may do everything."""
    return (demo_folder / "demo-password.txt").read_text(encoding="utf-8").strip()


@pytest.fixture(scope="session")
def in_demo(demo_folder: Path, password: str) -> Iterator[Callable[[str], str]]:
    """Runs Python in the site of these tests and gives back what it prints.

    Its standard input holds the demo password, for people that it makes.
    """
    with subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c",
         "from tests.browser.shell import main; main()"],
        cwd=ROOT, env=_environment(demo_folder), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as shell:  # fmt: skip
        assert shell.stdin and shell.stdout

        def run(code: str) -> str:
            print(json.dumps([code, password]), file=shell.stdin, flush=True)
            status, printed = json.loads(shell.stdout.readline())
            if status:
                raise subprocess.CalledProcessError(status, code, printed)
            return str(printed)

        yield run


@pytest.fixture(scope="session")
def demo_site(demo_folder: Path) -> Iterator[str]:
    """The address of a server of its own, as `make run` serves it, with the whole demo."""
    if RUNNING in os.environ:
        yield os.environ[RUNNING]
        return
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with (demo_folder / LETTERS).open("w") as letters:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=ROOT, env=_environment(demo_folder) | {"BASE_URL": address},
            stdout=letters, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=10)


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urlopen(f"{address}/-/live", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


class Watch:
    """What a page did that a visitor's page must not do."""

    def __init__(self, context: Any, page: Any, origin: str) -> None:
        self.context, self.page, self.origin = context, page, origin
        self.off_site: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._console)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.origin, "data:")):
            self.off_site.append(request.url)

    def _console(self, message: Any) -> None:
        if message.type == "error" and "status of 40" not in message.text:
            self.errors.append(message.text)

    def stored(self) -> int:
        return int(self.page.evaluate("localStorage.length + sessionStorage.length"))

    def is_quiet(self) -> None:
        """No cookie, no storage, no request elsewhere, no error."""
        assert self.context.cookies() == []
        assert self.stored() == 0
        assert self.off_site == []
        assert self.errors == []


@pytest.fixture
def visit(chromium: Any, demo_site: str) -> Iterator[Callable[..., Watch]]:
    """Open a path as a visitor: `visit("/cy/", width=320, dark=True, script=False)`."""
    contexts = []

    def open_page(path: str, width: int = 1280, dark: bool = False, script: bool = True) -> Watch:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        watch = Watch(context, page, demo_site)
        page.goto(demo_site + path)
        return watch

    yield open_page
    for context in contexts:
        context.close()
