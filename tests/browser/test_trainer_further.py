"""Journeys T3 and T5 to T8: old slides, adapting, suitability, a report, access needs.

Each in both languages and without script; what is pressed is pressed by key.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.moves import follow_by_key, press

PACK = {
    "en": "/en/resources/courageous-conversations-facilitator-pack/",
    "cy": "/cy/adnoddau/sgyrsiau-dewr-pecyn-hwylusydd/",
}
FIRST_VERSION = {"en": "version/1/", "cy": "fersiwn/1/"}
VERSION_OF = {"en": "Version 1 of 3", "cy": "Fersiwn 1 o 3"}
LIBRARY = {"en": "/en/resources/", "cy": "/cy/adnoddau/"}
REPORT = {"en": "/en/workshops/report/", "cy": "/cy/gweithdai/adroddiad/"}
PROGRAMME = {"en": "/en/workshops/speak-up-for-sanctuary/",
             "cy": "/cy/gweithdai/codi-llais-dros-noddfa/"}  # fmt: skip
languages = pytest.mark.parametrize("language", ["en", "cy"])


@languages
def test_t3_the_old_link_still_works_and_says_what_has_changed_in_the_readers_language(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    page = visit(PACK[language] + FIRST_VERSION[language], script=False).page
    assert VERSION_OF[language] in page.locator("h1").inner_text()
    assert page.locator("section[aria-labelledby=newer] ol li").count() == 2
    old_file = page.locator("section[aria-labelledby=this] a.file").first.get_attribute("href")
    assert page.request.get(demo_site + old_file).status == 200
    follow_by_key(page, "section[aria-labelledby=newer] a.button")
    assert page.url.endswith(PACK[language])
    assert page.locator("section[aria-labelledby=ver] ol li").count() == 3


@languages
def test_t5_an_editable_file_its_licence_and_what_others_made_stand_on_the_page(
    visit: Callable[..., Any], language: str
) -> None:
    page = visit(PACK[language], script=False).page
    editable = page.locator("a.file[href$='.docx']").filter(visible=True)
    assert editable.count() >= 2  # one in each language
    with page.expect_download() as started:
        press(page, f"a.file[href$='.docx'][hreflang={language}]")
    assert started.value.suggested_filename.endswith(".docx")
    licence = page.locator("section[aria-labelledby=lic]")
    assert len(licence.locator("p").first.inner_text().split()) > 15  # plain words
    assert licence.locator("a[rel=license]").count() == 1
    assert page.locator("section[aria-labelledby=others] p").inner_text()


@languages
def test_t6_what_may_be_hard_and_who_it_is_for_stand_before_the_downloads(
    visit: Callable[..., Any], language: str
) -> None:
    page = visit(PACK[language], width=360, script=False).page
    downloads = page.locator("#dl").bounding_box()["y"]
    for part in ("note-content", "note-safeguarding", "note-impartiality"):
        assert page.locator(f"#{part}").bounding_box()["y"] < downloads
    keys = page.locator("dl.keys")
    assert keys.bounding_box()["y"] < downloads
    needed = {"en": ["Age", "Facilitator"], "cy": ["Oedran", "Hwylusydd"]}[language]
    assert set(needed) <= set(keys.locator("dt").all_inner_texts())


@languages
def test_t7_five_answers_without_a_name_report_a_session_and_wait_for_approval(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    page = visit(REPORT[language], script=False).page
    fields = page.locator("form.form :is(input, select, textarea):not([type=hidden])")
    assert fields.count() == 5
    page.select_option("#id_subject", index=2)
    page.select_option("#id_county", "swansea")
    page.fill("#id_month", "2026-10")
    page.fill("#id_people", "12")
    follow_by_key(page, "form.form button[type=submit]")
    assert page.locator("#id_people").input_value() == "12"  # one answer is missing, none is lost
    assert page.locator("[aria-invalid=true]").count() == 1
    page.fill("#id_committed", "7")
    follow_by_key(page, "form.form button[type=submit]")
    assert page.locator("form.form").count() == 0
    page.goto(demo_site + PROGRAMME[language])
    assert page.locator("main").get_by_text("12", exact=True).count() == 0


@languages
def test_t8_material_with_captions_or_as_a_web_page_is_found_by_its_filter(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    page = visit(LIBRARY[language], script=False).page
    page.check("[name=access][value=web]")
    follow_by_key(page, "form:has([name=access]) button[type=submit]")
    assert "access=web" in page.url
    assert page.locator("main h3 a").count() >= 1
    follow_by_key(page, "main h3 a")
    assert page.locator("#material").count() == 1
    page.goto(demo_site + LIBRARY[language] + "?access=captions")
    follow_by_key(page, "main h3 a")
    assert page.locator("a.file[href$='.srt'], a.file[href$='.vtt']").count() >= 1
