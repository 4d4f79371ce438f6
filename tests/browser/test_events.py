"""Journeys V5 and C12: an event is found by what a person needs, and made by a volunteer."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_editors import Robot, robot

__all__ = ["robot"]  # a fixture

LANGUAGES = ("en", "cy")
EVENTS = {"en": "/en/events/", "cy": "/cy/digwyddiadau/"}
SHIRE = {"en": "We send the address only", "cy": "Dim ond at bobl sydd â lle"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", [True, False])
def test_v5_an_event_is_found_by_access_and_area_and_its_calendar_has_no_address(
    visit: Callable[..., Any], demo_site: str, language: str, script: bool
) -> None:
    page = visit(EVENTS[language], width=360, script=script).page
    page.locator(".facets__toggle").click()
    page.check("input[name=access][value=step-free]")
    page.check("input[name=area][value=powys]")
    page.locator(".facets__form button").click()
    assert page.locator(".date-row").count() >= 1
    assert set(page.locator(".date-row__body").all_inner_texts())
    page.locator(".date-row h3 a").first.click()
    text = page.locator("main").inner_text()
    assert "Powys" in text
    assert SHIRE[language] in text
    with page.expect_download() as started:
        page.locator("a.file[href$='.ics']").click()
    ics = started.value.path().read_text(encoding="utf-8")
    assert "LOCATION:Powys" in ics
    assert "SEQUENCE:" in ics and "STATUS:CONFIRMED" in ics


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_is_booked_by_keyboard_alone(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    page = visit(EVENTS[language], width=1280, script=False).page
    page.locator(".date-row h3 a").first.focus()
    page.keyboard.press("Enter")
    page.locator("a.button--wide").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_email")
    assert Axe().run(page).violations_count == 0
    page.locator("#id_email").focus()
    page.keyboard.type("nobody")
    page.keyboard.press("Enter")
    assert page.locator(".error-box").is_visible()
    page.locator("#id_email").fill(f"{language}@example.org")
    page.keyboard.press("Enter")
    assert page.locator("main [role=status]").is_visible()
    assert not page.context.cookies()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_calendar_and_event_pass_axe_and_do_not_scroll_sideways(
    visit: Callable[..., Any], demo_site: str, language: str, width: int
) -> None:
    page = visit(EVENTS[language], width=width).page
    event = demo_site + str(page.locator("main h3 a").first.get_attribute("href"))
    for address in (page.url, event):
        page.goto(address)
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_c12_a_volunteer_adds_a_welcome_day_and_its_draft_waits_for_the_other_language(
    robot: Robot, language: str
) -> None:
    """Five fields in one language; the address is for people with a place unless one says more."""
    robot.start()
    robot.open_composer("text=New event")
    title = {"en": "Welcome Day of a volunteer", "cy": "Diwrnod Croeso gwirfoddolwr"}[language]
    robot.write(f"[name={language}-title]", title)
    for name, value in (("starts_on", "2030-06-15"), ("starts_at", "11:00"), ("ends_at", "15:00")):
        robot.write(f"[name=both-{name}]", value)
    robot.write("[name=both-venue]", "Neuadd Plannwyd")
    assert robot.page.locator("[name=both-release_to]").input_value() == "booked"
    robot.press("button[value=save]")
    robot.page.wait_for_selector(".messages .success")
    robot.tell("Welcome Day, draft in one language")
    assert robot.fields == 5
    robot.start()
    assert title in robot.page.locator("main").inner_text()
