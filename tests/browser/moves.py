"""How a visitor goes from place to place: by key, and to a page that is there whole."""

from collections.abc import Callable
from typing import Any


def press_to(page: Any, selector: str, most: int = 120) -> None:
    """Go to an element with the Tab key alone."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab")


def press(page: Any, selector: str) -> None:
    """Focus the first of these and press Enter: a link or button that a key cannot reach fails."""
    target = page.locator(selector).first
    target.focus()
    assert target.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")


def arrive(page: Any, act: Callable[[], Any]) -> None:
    """Do what leads to another page and wait for all of it.

    A click comes back when the answer begins: what is counted then may not have arrived.
    """
    with page.expect_event("load"):
        act()


def follow(page: Any, selector: str) -> None:
    """Click the first of these links or buttons and wait for all of the page it leads to."""
    arrive(page, page.locator(selector).first.click)


def follow_by_key(page: Any, selector: str) -> None:
    """Press Enter on the first of these and wait for all of the page it leads to."""
    arrive(page, lambda: press(page, selector))


def enter(page: Any) -> None:
    """Press Enter on what has the focus and wait for all of the page it leads to."""
    arrive(page, lambda: page.keyboard.press("Enter"))
