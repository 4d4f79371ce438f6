"""Every template in both languages, narrow and wide, light and dark: axe finds nothing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import axe_playwright_python
import pytest

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(width, dark) for width in (320, 1280) for dark in (False, True)]


def addresses(origin: str) -> list[str]:
    """Every address of the sitemap, with threshold, search, gallery and refusals."""
    sitemap = urlopen(origin + "/sitemap.xml").read().decode()
    found = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", sitemap)
    extra = ["/", "/en/search/?q=welcome", "/cy/chwilio/?q=croeso", "/en/no/", "/cy/na/"]
    extra += ["/en/gallery/", "/cy/gallery/", "/-/health", "/no-language/"]
    extra += ["/en/?a=%00", "/cy/?a=%00"]  # 400
    return found + extra


def violations(page: Any) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def test_no_page_fails_axe_or_scrolls_sideways_or_leaves_a_trace(
    visit: Callable[..., Any], demo_site: str
) -> None:
    paths = addresses(demo_site)
    assert len(paths) > 30
    faults = []
    for width, dark in LOOKS:
        watch = visit("/", width=width, dark=dark)
        for path in paths:
            watch.page.goto(demo_site + path)
            faults += [f"{path} {width} {dark} {fault}" for fault in violations(watch.page)]
            wide = watch.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{path} scrolls sideways: {wide} > {width}")
        watch.is_quiet()
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
        page.goto(demo_site + "/accounts/login/")
        assert page.evaluate("document.documentElement.lang") == language
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
