"""Search as V1 of the content guide wants it, on stories and resources, and suggestions by key."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.moves import follow, press_to
from tests.browser.test_every_template import violations

SEARCH = {"en": "/en/search/", "cy": "/cy/chwilio/"}
# What is typed, the section whose pages shall be found, and a form that shall be marked there.
WORDS = [
    ("cy", "groeso", "/cy/straeon/", "croeso"),
    ("cy", "chroeso", "/cy/straeon/", "croeso"),
    ("cy", "stori", "/cy/adnoddau/", "straeon"),
    ("cy", "weithdai", "/cy/adnoddau/", "gweithdy"),
    ("cy", "loches", "", "lloches"),
    ("cy", "ffoadur", "", "ffoaduriaid"),
    ("cy", "Caerdydd", "", "Nghaerdydd"),
    ("en", "welcoming", "/en/stories/", "welcome"),
    ("en", "workshops", "/en/resources/", "workshop"),
]


def found(page: Any) -> tuple[list[str], str]:
    """The addresses of the results on the page and all words marked in them, in lower case."""
    links = page.locator(".hit h3 a").evaluate_all("all => all.map(a => a.pathname)")
    marks = page.locator(".hit mark").evaluate_all("all => all.map(m => m.textContent)")
    return links, " ".join(marks).lower()


@pytest.mark.parametrize(("language", "typed", "section", "marked"), WORDS)
def test_v1_every_form_finds_stories_and_resources_without_script(
    visit: Callable[..., Any], language: str, typed: str, section: str, marked: str
) -> None:
    page = visit(SEARCH[language], width=360, script=False).page
    page.locator("main form.search input[name=q]").fill(typed)
    follow(page, "main form.search button")
    links, marks = found(page)
    assert any(link.startswith(section or f"/{language}/") for link in links), links
    assert marked.lower() in marks


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_title_is_chosen_from_the_suggestions_by_key(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    watch = visit(f"/{language}/", width=360)
    page = watch.page
    press_to(page, "input[name=q]")
    page.wait_for_selector("input[role=combobox]")
    # In one go: what is offered for fewer letters would be replaced under the arrow keys.
    page.keyboard.insert_text("welc" if language == "en" else "chroe")
    page.wait_for_selector("[role=option]")
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "true"
    assert page.locator("[role=status]").inner_text()
    page.keyboard.press("ArrowDown")
    option = page.locator("[role=option][aria-selected=true]")
    active = page.get_by_role("combobox").get_attribute("aria-activedescendant")
    assert option.get_attribute("id") == active
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    address = option.get_attribute("data-url")
    page.keyboard.press("Escape")
    assert page.locator("[role=option]").count() == 0
    page.keyboard.type("o" if language == "en" else "s")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "?" not in url and not url.endswith(f"/{language}/"))
    assert address
    assert f"/{language}/" in page.url
    watch.is_quiet()


def test_without_choosing_the_words_are_sent_as_they_are(visit: Callable[..., Any]) -> None:
    page = visit("/cy/").page
    page.locator("main input[name=q]").click()
    page.keyboard.type("chroe")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cy/chwilio/?q={quote('chroe')}")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_results_and_no_results_fail_no_rule(
    visit: Callable[..., Any], demo_site: str, language: str, dark: bool
) -> None:
    watch = visit("/", width=360, dark=dark)
    for words in ("", "noddfa", "ffoadur", "croseo", "zzzzqq"):
        watch.page.goto(f"{demo_site}{SEARCH[language]}?q={words}")
        assert violations(watch.page) == [], words
        assert watch.page.evaluate("document.documentElement.scrollWidth") <= 360
    watch.is_quiet()
