"""Every template in both languages, narrow and wide, light and dark: axe finds nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from tests.browser.answers import addresses, answer
from tests.browser.conftest import Watch

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
AXE += "\naxe.isOurs = true"  # the admin brings an older one
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = [*WCAG, "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
LOOKS = [(width, dark) for width in (320, 1280) for dark in (False, True)]
# Only what is wrong leaves the page: all that axe has looked at is megabytes.
FAULTS = """([within, type, values]) =>
  axe.run(within, {runOnly: {type, values}, resultTypes: ['violations'], selectors: false})
    .then(found => found.violations.flatMap(violation =>
      violation.nodes.map(node => `${violation.id}: ${node.html.slice(0, 120)}`)))"""


def violations(
    page: Any, rules: list[str] = RULES, kind: str = "tag", within: str = "html"
) -> list[str]:
    """What axe finds on a page by rules of these tags, or by the rules named (kind "rule")."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    if not page.evaluate("window.axe?.isOurs"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(FAULTS, [within, kind, rules])
    return found


def one_of_each_kind(paths: list[str], origin: str) -> list[str]:
    """The longest page of each section and depth: sections have one template per depth."""
    longest: dict[tuple[str, ...], tuple[int, str]] = {}
    for path in paths:
        language, *rest = path.strip("/").split("/")
        kind = (language, *(rest if "?" in path else rest[:1]), str(len(rest)))
        size = len(answer(origin + path)[1])
        longest[kind] = max(longest.get(kind, (0, "")), (size, path))
    return [path for _size, path in longest.values()]


def faults_of(
    watch: Any, origin: str, paths: list[str], widths: tuple[int, ...] = (320, 1280)
) -> list[str]:
    """Narrow and wide, light and dark; a dark page differs by its colours alone."""
    page = watch.page
    page.add_init_script(AXE)
    faults = []
    for path in paths:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(origin + path)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="light")
            found = violations(page)
            page.emulate_media(color_scheme="dark")
            found += violations(page, RULES_OF_COLOUR, "rule")
            faults += [f"{path} {width} {fault}" for fault in found]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{path} scrolls sideways: {wide} > {width}")
    watch.is_quiet()
    return faults


@pytest.mark.xdist_group("answers")
def test_no_template_fails_axe_or_scrolls_sideways_or_leaves_a_trace(
    visit: Callable[..., Any], demo_site: str
) -> None:
    paths = one_of_each_kind(addresses(demo_site), demo_site)
    assert len(paths) > 30
    welsh = [path for path in paths if path.startswith("/cy/")]
    rest = [path for path in paths if path not in welsh]
    watch = visit("/")
    # Both widths for each template: one in each language here, all in the long evidence.
    assert faults_of(watch, demo_site, welsh, (320,)) == []
    assert faults_of(watch, demo_site, rest, (1280,)) == []


@pytest.mark.slow
def test_no_address_fails_axe_or_scrolls_sideways_or_leaves_a_trace(
    visit: Callable[..., Any], demo_site: str
) -> None:
    paths = addresses(demo_site)
    faults = faults_of(visit("/"), demo_site, paths)
    print(f"axe: {len(paths)} addresses x 2 widths x light and dark, {len(faults)} faults")
    assert faults == []


@pytest.mark.parametrize("path", ["/en/", "/cy/", "/en/stories/", "/cy/straeon/"])
def test_the_first_stop_of_the_tab_key_is_the_skip_link(
    visit: Callable[..., Any], path: str
) -> None:
    page = visit(path).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_signing_in_fails_no_rule_in_either_language(
    chromium: Any, demo_site: str, language: str
) -> None:
    """Before sign-in the browser's language counts; here alone a cookie is set."""
    for width, dark in LOOKS:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            locale=language,
        )
        page = context.new_page()
        watch = Watch(context, page, demo_site)
        page.goto(demo_site + "/accounts/login/")
        assert page.evaluate("document.documentElement.lang") == language
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert watch.errors == []
        context.close()
