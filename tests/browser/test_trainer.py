"""Journeys T1, T2 and T4: a pack that fits in three presses, carried to a hall without network.

What is pressed is pressed by key, with script and without.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.moves import arrive, follow, follow_by_key, press
from tests.browser.test_every_template import violations

LANGUAGES = ("en", "cy")
# `wait_for_function` does not wait for a promise: it went on before the sheet was kept.
ON_THE_SHELF = """async () => {
    const shelf = await caches.open("run-sheet");
    while (!(await shelf.match(location.href, { ignoreVary: true })))
        await new Promise((done) => setTimeout(done, 50));
    await navigator.serviceWorker.ready;
}"""
LIBRARY = {"en": "/en/resources/", "cy": "/cy/adnoddau/"}
FITS = {"en": "It fills your time", "cy": "Mae’n llenwi’ch amser"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", [True, False])
def test_t1_three_presses_lead_from_the_library_to_a_pack_that_fits_thirty_minutes(
    visit: Callable[..., Any], language: str, script: bool
) -> None:
    page = visit(LIBRARY[language], width=360, script=script).page
    presses = [
        (".library__list > p a.more", {}),
        ("main form button", {"#minutes": "30", "#people": "12"}),
        ("section[aria-labelledby=fits] > p a.button", {}),
    ]
    for selector, typed in presses:
        for field, value in typed.items():
            page.fill(field, value)
        follow_by_key(page, selector)
    assert len(presses) <= 3
    assert FITS[language] in page.locator("section[aria-labelledby=time]").inner_text()
    assert page.locator(".plan__step").count() >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_t2_and_t4_a_pack_opens_from_a_memory_stick_without_network_and_holds_the_prints(
    visit: Callable[..., Any], language: str, tmp_path: Path
) -> None:
    page = visit(LIBRARY[language], script=False).page
    follow_by_key(page, "main .entry__act a.button")
    with page.expect_download() as started:
        press(page, "form.spread__side button")
    path = tmp_path / "pack.zip"
    started.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    assert {"cy", "en", "design", "index.html", "manifest.json"} <= {
        entry.name for entry in tmp_path.iterdir()
    }
    page = visit(LIBRARY[language]).page
    page.context.set_offline(True)
    page.goto((tmp_path / "index.html").as_uri())
    assert page.evaluate("document.fonts.check('16px \"Noddfa Text\"')")
    assert violations(page) == []
    assert page.locator("section[lang=cy] a[href$='.pdf']").count() >= 1
    for link in page.locator("main a").all():
        assert (tmp_path / str(link.get_attribute("href"))).exists()
    follow(page, f"section[lang={language}] a")
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_sheet_once_opened_is_read_without_a_network(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    page = visit(LIBRARY[language], width=390).page
    addresses = [link.get_attribute("href") for link in page.locator("main h3 a").all()]
    for address in addresses:
        page.goto(demo_site + str(address))
        run = page.locator("a[href$='/run/'], a[href$='/cynnal/']")
        if run.count():
            break
    arrive(page, run.first.click)
    page.evaluate(ON_THE_SHELF)
    title = page.locator("h1").inner_text()
    page.context.set_offline(True)
    page.reload()
    assert page.locator("h1").inner_text() == title
    assert page.locator(".plan__step").count() >= 1
