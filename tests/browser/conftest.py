"""A real Chromium over a live server with the demo content."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def demo_site(live_server: Any, transactional_db: Any) -> str:
    """The address of a server that holds the whole demo."""
    from django.apps import apps

    from core.vocabulary import plant_terms
    from demo.load import load_demo
    from home.trees import plant_trees

    plant_terms(apps)
    plant_trees(apps)
    load_demo()
    return str(live_server.url)


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
        if message.type == "error" and "404" not in message.text:
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
