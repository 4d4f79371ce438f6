"""The editors' journeys in the real admin, with what they cost counted by a robot.

Overhead is a keystroke-level model: a click 2.5 s, a change of field by key 1.2 s, a page load
1.0 s; typing is left out. A button reached and pressed by key costs what a field does, and counts
as a press like a click. The stock engine needs 25 clicks, 10 loads and 83 s for a short page and
42, 11 and 134 for a story, counted in the same way.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.admin import signed_in
from tests.browser.moves import press_to
from tests.browser.test_every_template import violations

CLICK, FIELD, LOAD = 2.5, 1.2, 1.0  # seconds
EMAIL = "editor@noddfa.example"
TEXTS = {
    "en": ("Somewhere to stay", "Nobody should sleep outside tonight.", "Doors stand open here."),
    "cy": ("Rhywle i aros", "Ni ddylai neb gysgu y tu allan heno.", "Mae drysau ar agor yma."),
}


class Robot:
    """Works like a person and counts: presses, fields reached by key, pages loaded."""

    def __init__(self, page: Any, origin: str) -> None:
        self.page, self.origin = page, origin
        self.clicks = self.keyed = self.fields = self.loads = 0
        self.errors: list[str] = []
        page.on("load", lambda _page: self._loaded())
        page.on("console", self._console)

    def _loaded(self) -> None:
        self.loads += 1

    def _console(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)

    def start(self) -> None:
        """Count from here, on the dashboard."""
        self.page.goto(f"{self.origin}/admin/")
        self.clicks = self.keyed = self.fields = self.loads = 0

    def press(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def press_by_key(self, selector: str) -> None:
        self.keyed += 1
        self.page.locator(selector).first.press("Enter")

    def open_composer(self, selector: str) -> None:
        self.press(selector)
        self.page.wait_for_selector("#pair-form[data-started]")

    def write(self, selector: str, text: str) -> None:
        """Reach a field by key, if one is not in it already, and type into it."""
        field = self.page.locator(selector).first
        if not field.evaluate("field => field === document.activeElement"):
            self.fields += 1
            field.focus()
        self.page.keyboard.type(text)

    def choose(self, selector: str, value: str) -> None:
        self.fields += 1
        self.page.locator(selector).select_option(value)

    def publish(self) -> None:
        self.send("button[value=publish]")

    def send(self, selector: str) -> None:
        """Press a button that saves and comes back with good news."""
        with self.page.expect_navigation():
            self.press(selector)
        self.page.wait_for_selector(".messages .success")

    def publish_by_key(self) -> None:
        self.keyed += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+Enter")
        self.page.wait_for_selector(".messages .success")

    @property
    def presses(self) -> int:
        return self.clicks + self.keyed

    @property
    def overhead(self) -> float:
        return self.clicks * CLICK + (self.keyed + self.fields) * FIELD + self.loads * LOAD

    def tell(self, task: str) -> None:
        print(
            f"{task}: {self.presses} presses ({self.keyed} by key), {self.fields} fields, "
            f"{self.loads} loads, {self.overhead:.0f} s overhead"
        )


def sign_in(page: Any, origin: str, password: str, email: str = EMAIL) -> None:
    page.goto(f"{origin}/admin/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")


@pytest.fixture
def robot(chromium: Any, demo_site: str, password: str) -> Iterator[Robot]:
    context = signed_in(chromium, demo_site, EMAIL, password)
    robot = Robot(context.new_page(), demo_site)
    yield robot
    context.close()
    assert robot.errors == []


def write_short_page(robot: Robot, ending: str) -> None:
    for language, (title, summary, text) in TEXTS.items():
        robot.write(f"[name={language}-title]", f"{title} {ending}")
        robot.write(f"[name={language}-summary]", summary)
        robot.write(f"[data-language={language}] [role=textbox]", text)


@pytest.mark.usefixtures("migrated")  # a check of the bilingual guide: on each database
def test_a_short_page_is_live_in_both_languages_in_a_few_presses(robot: Robot) -> None:
    robot.start()
    robot.open_composer("text=New standard page")
    write_short_page(robot, "one")
    robot.publish()
    robot.tell("short page, live in both languages")
    assert robot.clicks <= 8
    assert robot.loads <= 4
    assert robot.overhead <= 30
    for path in ("/en/somewhere-to-stay-one/", "/cy/rhywle-i-aros-one/"):
        answer = robot.page.request.get(robot.origin + path)
        assert answer.status == 200
    # One sentence in both languages, from the dashboard.
    robot.start()
    robot.open_composer("text=Somewhere to stay one")
    robot.write("[name=en-summary]", " Not one.")
    robot.write("[name=cy-summary]", " Neb.")
    robot.publish()
    robot.tell("one sentence changed in both languages")
    assert robot.clicks <= 5


def test_a_story_is_live_in_both_languages_in_sixteen_presses(robot: Robot) -> None:
    robot.start()
    robot.open_composer("text=New story")
    robot.choose("[name=both-could_be_recognised]", "no")
    for language, (title, summary, text) in TEXTS.items():
        robot.write(f"[name={language}-title]", f"{title} stori")
        robot.write(f"[name={language}-summary]", summary)
        robot.write(f"[name={language}-in_short]", "\n".join([text] * 3))
        for number in range(2):
            robot.write(f"[data-language={language}] [role=textbox] >> nth={number}", text)
        robot.write(f"[name={language}-outcomes-0-value-word]", text.split()[0])
        robot.write(f"[name={language}-outcomes-0-value-text]", text)
    robot.press("summary:has-text('Picture, terms and settings')")
    robot.press("#id_both-page_terms-ADD")
    robot.press("#id_both-page_terms-0-term-chooser button >> visible=true")
    robot.press(".modal-body .choose-title, .modal-body a.snippet-choice, .modal-body td a")
    robot.page.wait_for_selector(".modal-body", state="detached")
    robot.publish()
    robot.tell("story with a topic, live in both languages")
    assert robot.clicks <= 16
    assert robot.loads <= 4
    assert robot.overhead <= 60


def test_a_crash_loses_at_most_five_seconds_and_a_lost_session_nothing(
    robot: Robot, chromium: Any, demo_site: str, password: str
) -> None:
    robot.start()
    robot.open_composer("text=New standard page")
    write_short_page(robot, "two")
    robot.page.wait_for_timeout(5000)
    robot.page.wait_for_load_state("networkidle")  # what was sent by then is answered
    address = robot.page.url
    assert "/pairs/add/" not in address
    robot.page.reload()
    robot.page.wait_for_selector("#pair-form[data-started]")
    assert robot.page.locator("[name=cy-title]").input_value() == "Rhywle i aros two"
    # A press that waits for an answer which breaks off goes on, and the text with it.
    held: list[Any] = []
    robot.page.route(address, lambda route: held.append(route), times=1)
    with robot.page.expect_request(address):
        robot.write("[name=en-summary]", " Written while the line broke.")
    with robot.page.expect_navigation():
        robot.press("button[value=save]")
        held[0].fulfill(content_type="application/json", body='{"saved"')
    assert "the line broke." in robot.page.locator("[name=en-summary]").input_value()
    robot.page.wait_for_selector("#pair-form[data-started]")
    # The session ends while somebody writes: the text stays, and goes once they are back.
    robot.page.context.clear_cookies()
    robot.write("[name=en-summary]", " Written signed out.")
    robot.press("button[value=publish]")
    robot.page.wait_for_selector("[data-state]:has-text('signed out')")
    assert "Written signed out." in robot.page.locator("[name=en-summary]").input_value()
    other_tab = Robot(robot.page.context.new_page(), demo_site)
    sign_in(other_tab.page, demo_site, password)
    other_tab.page.close()
    assert other_tab.errors == []
    robot.publish()
    assert "Written signed out." in robot.page.locator("[name=en-summary]").input_value()


def test_the_two_columns_are_reached_by_key_one_after_the_other(robot: Robot) -> None:
    robot.start()
    robot.open_composer("text=New standard page")
    page = robot.page
    page.locator("[name=en-title]").focus()
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "document.activeElement.closest('[data-language]')?.dataset.language || ''"
        )
        if where and where not in seen:
            seen.append(where)
        if page.evaluate("document.activeElement.value === 'publish'"):
            break
    else:
        raise AssertionError("the buttons are not reached by key")
    assert seen == ["en", "cy"]
    page.evaluate("document.activeElement.blur()")


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_barrier_on_the_new_screens(
    chromium: Any, demo_site: str, password: str, language: str
) -> None:
    context = signed_in(chromium, demo_site, EMAIL, password, language)
    page = context.new_page()

    def look(within: str) -> None:
        assert violations(page, within=within) == [], page.url

    page.goto(f"{demo_site}/admin/")
    look(".pairs")
    screens = {"pairs/exchange/": "[name=format]", "reports/parity/": "[name=state]"}
    for path, control in screens.items():
        page.goto(f"{demo_site}/admin/{path}")
        look("main")
        press_to(page, control, 400)
    page.goto(f"{demo_site}/admin/")
    page.locator(".pairs__new a[href*='/home/standardpage/']").click()
    page.wait_for_selector("#pair-form[data-started]")
    look("#pair-form")
    assert page.locator("[data-language]").first.get_attribute("data-language") == language
    # In its checks, and when one language is sent first without a word why.
    for code, (title, *_texts) in TEXTS.items():
        page.locator(f"[name={code}-title]").fill(f"{title} {language}")
    press_to(page, "button[value=submit]", 400)
    page.keyboard.press("Enter")
    page.wait_for_selector(".pair__checks")
    page.wait_for_selector("#pair-form[data-started]")
    look("#pair-form")
    with page.expect_navigation():
        page.locator("button[value=publish-en]").press("Enter")  # its fold was opened by look
    page.wait_for_selector(".messages .error")
    page.wait_for_selector("#pair-form[data-started]")
    look("#pair-form")
    context.close()


OUTSIDE = """Array.from(document.querySelectorAll("#pair-form :is(input, select, textarea)"))
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth)
    .map(one => one.id)"""


@pytest.mark.parametrize("width", [320, 1280])
def test_no_field_of_a_fact_sticks_out_of_the_screen(robot: Robot, width: int) -> None:
    page = robot.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{robot.origin}/admin/")
    page.locator(".pairs__new a[href*='/facts/factpage/']").click()
    page.wait_for_selector("#pair-form[data-started]")
    for details in page.locator("#pair-form details").all():
        details.evaluate("element => element.open = true")
    assert page.evaluate(OUTSIDE) == []
