"""Journeys V7, V8, C2 and C10 of the content guide, in both languages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.admin import signed_in
from tests.browser.moves import arrive, enter, follow, press_to
from tests.browser.test_quick_exit import watched

LANGUAGES = ("en", "cy")
GLOSSARY = {"en": "/en/glossary/", "cy": "/cy/geirfa/"}
NEAR_YOU = {"en": "/en/near-you/", "cy": "/cy/yn-eich-ardal/"}
STREAM = {
    "en": "/en/near-you/schools-of-sanctuary/",
    "cy": "/cy/yn-eich-ardal/ysgolion-noddfa/",
}
AWARDS = {"en": "Sanctuary Awards", "cy": "Gwobrau Noddfa"}
REFUGEE = {
    "en": "“Refugee” has a meaning in law; “migrant” is a much wider word.",
    "cy": "Mae i’r gair “ffoadur” ystyr yn y gyfraith; mae “mudwr” yn air llawer ehangach.",
}
CHECKED = {
    "en": "This source is being checked.",
    "cy": "Mae’r ffynhonnell hon yn cael ei gwirio.",
}
EDITOR, SECOND = "editor@noddfa.example", "second@noddfa.example"
# A second person for the two-person rule, quick exit on a page of each language, and a source of
# a fact that the nightly watch has not reached for eight days.
PREPARE = f"""
from django.contrib.auth import get_user_model
from network.models import StreamPage
import sys
get_user_model().objects.create_superuser({SECOND!r}, sys.stdin.readline().strip())
StreamPage.objects.update(quick_exit=True)
from datetime import timedelta
from django.utils import timezone
from evidence.models import Evidence
from facts.models import FactPage
fact = FactPage.objects.get(title={REFUGEE["en"]!r})
Evidence.objects.filter(pk=fact.sources.first().evidence_id).update(
    url_en="https://gone.example/", url_cy="", archive_url="https://archive.example/gone",
    finding="out_of_reach", failing_since=timezone.now() - timedelta(days=8),
)
"""


@pytest.fixture(scope="module")
def prepared(in_demo: Callable[[str], str]) -> None:
    in_demo(PREPARE)


@pytest.fixture
def open_admin(
    chromium: Any, demo_site: str, password: str, prepared: None
) -> Iterator[Callable[..., Any]]:
    """A screen of the admin for one of its people."""
    contexts = []

    def open_screen(who: str, path: str) -> Any:
        contexts.append(signed_in(chromium, demo_site, who, password))
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield open_screen
    for context in contexts:
        context.close()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("language", "letters", "letter", "under_it"),
    [("cy", 29, "ff", ["ffoadur", "ffrwd"]), ("en", 26, "c", ["community cohesion"])],
)
def test_v7_the_letters_of_the_language_lead_to_its_words_by_key_and_without_script(
    visit: Callable[..., Any], language: str, letters: int, letter: str, under_it: list[str],
    script: bool,
) -> None:  # fmt: skip
    page = visit(GLOSSARY[language], script=script).page
    assert page.locator(".letters li").count() == letters
    press_to(page, f".letters a[href='#l-{letter}']")
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#l-{letter}")
    section = page.locator(f"section[aria-labelledby='l-{letter}']")
    words = [text.split("\n")[0] for text in section.locator("dt").all_inner_texts()]
    assert [word.split(" lluosog")[0].split(" plural")[0] for word in words] == under_it


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_county_on_the_patchwork_is_reached_by_key_without_script(
    visit: Callable[..., Any], language: str
) -> None:
    page = visit(NEAR_YOU[language], width=320, script=False).page
    press_to(page, ".atlas a[href*='/powys/']")
    enter(page)
    assert page.url.endswith("/powys/")
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_v8_a_visitor_at_risk_leaves_a_page_of_the_network_with_the_first_key(
    visit: Callable[..., Any], prepared: None, language: str, script: bool
) -> None:
    page = watched(visit, STREAM[language], script)
    page.keyboard.press("Tab")
    assert page.locator("a.exit__go:focus").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/weather")


def test_c2_a_number_changes_on_every_page_when_a_second_person_approves(
    open_admin: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    page = open_admin(EDITOR, "/admin/snippets/evidence/figure/")
    arrive(page, page.locator("table.listing a", has_text="local-leads").first.click)
    listed = page.locator("table.listing").first.inner_text()
    assert "Near you" in listed and "Yn eich ardal" in listed
    assert "Schools of Sanctuary" in listed and "Ysgolion Noddfa" in listed
    page.fill("[name=value]", "5")
    page.fill("[name=reason]", "A new lead began in May")
    page.locator("footer button.action-save, footer button[type=submit]").first.click()
    page.wait_for_selector(".messages .success")
    for language in LANGUAGES:
        assert "4" in visit(STREAM[language]).page.locator(".figures").inner_text().split()
    follow(page, "a[href*='/evidence/change/']")
    assert page.locator("button[name=approve]").count() == 0
    address = page.url.split("/admin")[1]
    other = open_admin(SECOND, f"/admin{address}")
    assert "A new lead began in May" in other.locator("main").inner_text()
    other.click("button[name=approve]")
    other.wait_for_selector(".messages .success")
    for place in (STREAM, NEAR_YOU):
        for language in LANGUAGES:
            shown = visit(place[language]).page.locator(".figures").inner_text().split()
            assert "5" in shown and "4" not in shown


def test_c3_a_dead_source_is_shown_to_staff_and_its_copy_to_readers_of_both_languages(
    open_admin: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    page = open_admin(EDITOR, "/admin/evidence/watch/")
    row = page.locator("tr", has_text="Out of reach since")
    assert "Readers are told that it is being checked." in row.inner_text()
    for language, section in (("en", "/en/facts/"), ("cy", "/cy/ffeithiau/")):
        fact = visit(section, script=False).page
        arrive(fact, fact.locator("main a", has_text=REFUGEE[language]).first.click)
        source = fact.locator("#sources li", has_text=CHECKED[language])
        assert source.locator("a[href='https://archive.example/gone']").count() == 1
        assert "gone.example" not in fact.content().replace("archive.example/gone", "")


def test_c10_a_correction_is_public_with_the_edit_that_mends_the_page(
    open_admin: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    page = open_admin(EDITOR, f"/admin/pages/search/?q={AWARDS['en']}")
    arrive(page, page.locator("table.listing a", has_text=AWARDS["en"]).first.click)
    page.goto(str(page.locator("a.button-small[href*='/pairs/']").first.get_attribute("href")))
    page.wait_for_selector("#pair-form[data-started]")
    page.locator("summary:has-text('Picture, terms and settings')").click()
    add = page.locator("[id='id_both-corrections-ADD']")
    page.locator("section.w-panel").filter(has=add).locator("[data-panel-toggle]").last.click()
    add.click()
    texts = {
        "wrong_en": "An award stands for two years.",
        "wrong_cy": "Mae gwobr yn sefyll am ddwy flynedd.",
        "right_en": "It stands for three years.",
        "right_cy": "Mae’n sefyll am dair blynedd.",
    }
    for name, text in texts.items():
        page.fill(f"[name='both-corrections-0-{name}']", text)
    page.locator("button[value=publish]").click()
    page.wait_for_selector(".messages .success")
    for language, address in (("en", "/en/corrections/"), ("cy", "/cy/cywiriadau/")):
        log = visit(address, script=False).page
        assert texts[f"wrong_{language}"] in log.locator("main").inner_text()
        arrive(log, log.locator("main a", has_text=AWARDS[language]).click)
        assert texts[f"right_{language}"] in log.locator("main").inner_text()
