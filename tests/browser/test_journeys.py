"""Journeys V2, V3 and V6 of the content guide, in both languages, by key and without script."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.moves import enter, follow, press_to

HOMES = {"en": "/en/", "cy": "/cy/"}
DEMO_STORY = {
    "en": "/welcome-starts-with-meeting/",
    "cy": "/mae-croeson-dechrau-wrth-gwrdd/",
}
STORIES = {"en": "/en/stories/", "cy": "/cy/straeon/"}
SEARCH = {"en": "/en/search/?q=welcome", "cy": "/cy/chwilio/?q=croeso"}
LANGUAGES = ("en", "cy")


@pytest.mark.parametrize("language", LANGUAGES)
def test_v2_a_page_is_light_and_works_without_script(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    watch = visit(HOMES[language], width=360, script=False)
    watch.page.goto(demo_site + STORIES[language])
    assert watch.page.locator("h1").count() == 1
    assert watch.page.locator("main a").count() > 3
    assert watch.off_site == []
    assert watch.context.cookies() == []


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("places", [HOMES, STORIES, SEARCH], ids=["home", "list", "search"])
def test_v3_one_press_leads_to_the_same_page_in_the_other_language(
    visit: Callable[..., Any], language: str, script: bool, places: dict[str, str]
) -> None:
    other = "cy" if language == "en" else "en"
    page = visit(places[language], script=script).page
    follow(page, "header a.lang")
    expected = places[other].split("?")[0]
    assert page.url.split("?")[0].endswith(expected)
    assert page.locator("html").get_attribute("lang") == other
    follow(page, "header a.lang")
    assert page.url.endswith(places[language])


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_v3_the_switch_keeps_the_section_with_script_and_the_page_without(
    visit: Callable[..., Any], language: str, script: bool
) -> None:
    page = visit(STORIES[language], script=script).page
    follow(page, f"main a[href$='{DEMO_STORY[language]}']")
    story = page.url
    page.goto(f"{story}#done")
    follow(page, "header a.lang")  # back at the top: where the address led
    twin = page.url.split("#")[0]
    assert twin != story
    assert page.url == (f"{twin}#done" if script else twin)
    page.locator("h2#done").wait_for(state="attached")
    page.goto(twin)
    follow(page, "footer a.lang")  # at the end: the last section above
    if not script:
        assert page.url == story
        return
    last = page.url.removeprefix(f"{story}#")
    assert page.locator("main :is(section, h2, h3)[id]").last.get_attribute("id") == last
    page.goto(story)
    follow(page, "header a.lang")
    assert page.url == twin  # nothing read yet, nothing added


@pytest.mark.parametrize("language", LANGUAGES)
def test_v6_a_story_is_read_by_keyboard_and_switched_in_the_middle(
    visit: Callable[..., Any], language: str
) -> None:
    page = visit(STORIES[language], width=360).page
    # By its address: other tests publish stories of their own on this site.
    press_to(page, f"main a[href$='{DEMO_STORY[language]}']")
    title = page.evaluate("document.activeElement.textContent.trim()")
    enter(page)
    assert page.locator("h1").inner_text().strip() == title
    assert page.locator(".gist li").count() == 3
    assert page.locator("dl.keys").count() == 1
    story = page.url
    follow(page, "header a.lang")
    assert page.url != story
    follow(page, "header a.lang")
    assert page.url == story


@pytest.mark.parametrize("language", LANGUAGES)
def test_v3_the_switch_is_reached_and_pressed_by_key_alone(
    visit: Callable[..., Any], language: str
) -> None:
    page = visit(STORIES[language], width=360).page
    press_to(page, "header a.lang")
    enter(page)
    assert page.url.endswith(STORIES["cy" if language == "en" else "en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_v6_a_story_is_found_by_its_filter_without_script(
    visit: Callable[..., Any], language: str
) -> None:
    page = visit(STORIES[language], width=360, script=False).page
    page.locator("details.facets summary").click()
    page.locator("input[name=topic][value=schools]").check()
    follow(page, "details.facets button")
    assert "topic=schools" in page.url
    assert page.locator("main h2 a").count() == 1
    follow(page, "main h2 a")
    assert page.locator("dl.keys").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contact_form_keeps_words_and_says_what_is_wrong(
    visit: Callable[..., Any], language: str
) -> None:
    path = {"en": "/en/contact/", "cy": "/cy/cysylltu/"}[language]
    watch = visit(path, script=False)
    page = watch.page
    page.locator("textarea[name=message]").fill("Croeso / Welcome")
    page.locator("input[name=email]").fill("nobody")
    follow(page, "main form button[type=submit]")
    assert page.locator("textarea[name=message]").input_value() == "Croeso / Welcome"
    assert page.locator("[aria-invalid=true]").count() == 1
    assert page.locator("html").get_attribute("lang") == language
    assert watch.context.cookies() == []
