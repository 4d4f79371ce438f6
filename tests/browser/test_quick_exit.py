"""Journey V8: somebody at risk leaves at once, by the first key stop or by three Shifts."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_every_template import violations

GALLERIES = ("/en/gallery/", "/cy/gallery/")


def watched(visit: Callable[..., Any], path: str, script: bool = True) -> Any:
    """A page with the exit whose way out ends at a stand-in: no request leaves this machine."""
    page = visit(path, script=script).page
    page.route("**/weather", lambda route: route.fulfill(body="<title>out</title>"))
    return page


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("path", GALLERIES)
def test_v8_the_exit_is_the_first_stop_and_works_without_script(
    visit: Callable[..., Any], path: str, script: bool
) -> None:
    page = watched(visit, path, script)
    page.keyboard.press("Tab")
    assert page.locator("a.exit__go:focus").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/weather")


@pytest.mark.parametrize("path", GALLERIES)
def test_v8_three_presses_of_shift_blank_the_page_and_leave_no_way_back(
    visit: Callable[..., Any], path: str
) -> None:
    page = watched(visit, path)
    entries = page.evaluate("history.length")
    assert page.locator("[data-keys]").is_visible()
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.url.endswith(path)
    blank = page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift'})),"
        "document.body.childElementCount"
    )
    assert blank == 0
    page.wait_for_url("**/weather")
    assert page.evaluate("history.length") == entries


@pytest.mark.parametrize("path", GALLERIES)
def test_axe_finds_nothing_where_the_exit_stands_before_the_skip_link(
    visit: Callable[..., Any], path: str
) -> None:
    assert violations(visit(path, width=320).page) == []
