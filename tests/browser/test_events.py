"""Journeys V5 and C12: an event is found by what a person needs, and made by a volunteer."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.moves import enter, follow, press_to
from tests.browser.test_editors import Robot, robot
from tests.browser.test_every_template import faults_of, violations

__all__ = ["robot"]  # a fixture

LANGUAGES = ("en", "cy")
EVENTS = {"en": "/en/events/", "cy": "/cy/digwyddiadau/"}
PROMISE = {"en": "We tell people ourselves", "cy": "Rydym yn dweud wrth bobl ein hunain"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", [True, False])
def test_v5_an_event_is_found_by_access_and_area_and_its_calendar_has_no_address(
    visit: Callable[..., Any], demo_site: str, language: str, script: bool
) -> None:
    page = visit(EVENTS[language], width=360, script=script).page
    page.locator(".facets__toggle").click()
    page.check("input[name=access][value=step-free]")
    page.check("input[name=area][value=powys]")
    follow(page, ".facets__form button")
    rows = page.locator(".date-row").all_inner_texts()
    assert rows
    assert all("Powys" in row for row in rows)
    follow(page, ".date-row h3 a")
    text = page.locator("main").inner_text()
    assert "Powys" in text
    assert PROMISE[language] in text
    with page.expect_download() as started:
        page.locator("a.file[href$='.ics']").click()
    ics = started.value.path().read_text(encoding="utf-8")
    assert "LOCATION:Powys" in ics
    assert "SEQUENCE:" in ics and "STATUS:CONFIRMED" in ics


def addresses_booked(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "noddfa.sqlite3")) as database:
        return [email for (email,) in database.execute("SELECT email FROM events_registration")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_is_booked_by_keyboard_alone_without_script(
    visit: Callable[..., Any], demo_folder: Path, language: str
) -> None:
    email = f"{language}@example.org"
    page = visit(EVENTS[language], script=False).page
    for link in (".date-row h3 a", "a.button--wide"):
        press_to(page, link)
        enter(page)
    press_to(page, "#id_email")
    page.keyboard.type("nobody")
    enter(page)
    assert page.locator(".error-box").is_visible()
    assert addresses_booked(demo_folder).count(email) == 0
    press_to(page, "#id_email")
    page.keyboard.press("Control+A")
    page.keyboard.type(email)
    enter(page)
    assert page.locator("main [role=status]").count() == 1
    assert addresses_booked(demo_folder).count(email) == 1
    assert not page.context.cookies()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_and_its_error_pass_axe_and_do_not_scroll_sideways(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    """The calendar and its pages are in the sitemap, which `test_every_template` walks."""
    watch = visit(EVENTS[language], width=320)
    page = watch.page
    for link in (".date-row h3 a", "a.button--wide"):
        page.goto(demo_site + str(page.locator(link).first.get_attribute("href")))
    assert faults_of(watch, demo_site, [urlsplit(page.url).path]) == []
    follow(page, "main form button")
    assert page.locator(".error-box").is_visible()
    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_c12_a_volunteer_adds_a_welcome_day_and_its_draft_waits_for_the_other_language(
    robot: Robot, language: str
) -> None:
    """Five fields in one language; nobody is told the address unless one says more."""
    robot.start()
    robot.open_composer("text=New event")
    title = {"en": "Welcome Day of a volunteer", "cy": "Diwrnod Croeso gwirfoddolwr"}[language]
    robot.write(f"[name={language}-title]", title)
    for name, value in (("starts_on", "2030-06-15"), ("starts_at", "11:00"), ("ends_at", "15:00")):
        robot.write(f"[name=both-{name}]", value)
    robot.write("[name=both-venue]", "Neuadd Plannwyd")
    assert robot.page.locator("[name=both-release_to]").input_value() == "nobody"
    robot.press("button[value=save]")
    robot.page.wait_for_selector(".messages .success")
    robot.tell("Welcome Day, draft in one language")
    assert robot.fields <= 5  # the first title has the focus already
    robot.start()
    assert title in robot.page.locator("main").inner_text()
