"""The bilingual guide's checks that only the finished site in a browser can show.

The other ones, and the roles, are shown by client tests: see `tests/bilingual/test_acceptance.py`.
Each page begins and ends here, so that the site is left as it was found.
"""

import re
from collections.abc import Iterator
from typing import Any

import polib
import pytest

from tests.browser.test_editors import Robot, sign_in

pytestmark = pytest.mark.usefixtures("migrated")  # on each database
WORDS = {
    "en": ("A warm room", "The hall is open to all.", "Tea is made at ten.", "Cake is brought."),
    "cy": ("Ystafell gynnes", "Mae’r neuadd ar agor.", "Gwneir te am ddeg.", "Daw teisen."),
}
OTHER = {"en": "cy", "cy": "en"}
PUBLISH_FIRST = "button[value=publish-{}]"


class Reader:
    """A visitor without a browser: what stands at an address, and where it leads."""

    def __init__(self, robot: Robot) -> None:
        self.request, self.origin = robot.page.context.request, robot.origin

    def read(self, path: str) -> str:
        answer = self.request.get(self.origin + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return str(answer.text())

    def leads_to(self, path: str) -> str:
        answer = self.request.get(self.origin + path, max_redirects=0)
        return str(answer.headers.get("location", answer.status))


@pytest.fixture(scope="module")
def robot(chromium: Any, demo_site: str, password: str) -> Iterator[Robot]:
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB")
    page = context.new_page()
    sign_in(page, demo_site, password)
    yield Robot(page, demo_site)
    context.close()


def write_column(robot: Robot, language: str, ending: str = "") -> None:
    title, summary, *paragraphs = WORDS[language]
    robot.write(f"[name={language}-title]", title + ending)
    robot.write(f"[name={language}-summary]", summary)
    robot.write(f"[data-language={language}] [role=textbox]", " ".join(paragraphs))


def publish_first(robot: Robot, language: str, reason: str) -> None:
    """One language now, the other one asked for."""
    robot.press("summary:has-text('One language first')")
    robot.page.locator("[name=ahead-reason]").fill(reason)
    robot.send(PUBLISH_FIRST.format(language))
    robot.page.wait_for_selector("#pair-form[data-started]")


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


@pytest.mark.parametrize("first", [pytest.param("en", marks=pytest.mark.slow), "cy"])
def test_one_language_goes_first_and_the_other_catches_up(robot: Robot, first: str) -> None:
    """Checks 2 to 8, 14 and 18, from either language."""
    reader, second = Reader(robot), OTHER[first]
    title, second_title = WORDS[first][0], WORDS[second][0]
    own, fallback = f"/{first}/{slug(title)}/", f"/{second}/{slug(title)}/"
    robot.start()
    robot.open_composer("text=New standard page")
    write_column(robot, first)
    publish_first(robot, first, "Urgent")
    shown = reader.read(fallback)
    assert f'<html lang="{second}"' in shown
    assert re.search(rf'<main[^>]* lang="{first}"', shown)
    assert re.search(rf'rel="canonical" href="[^"]*{own}"', shown)
    assert "noindex" in shown
    assert "hreflang=" not in shown.partition("</head>")[0]
    sitemap = reader.read("/sitemap.xml")
    assert own in sitemap
    assert fallback not in sitemap
    # A draft of the other language is shown to nobody; a correction shows at once.
    write_column(robot, second)
    robot.page.locator(f"[name={first}-summary]").fill("Corrected.")
    publish_first(robot, first, "Urgent again")
    shown = reader.read(fallback)
    assert "Corrected." in shown
    assert WORDS[second][1] not in shown
    # Both are public: the old address leads on, and the switcher goes both ways with the query.
    robot.publish()
    robot.page.wait_for_selector("#pair-form[data-started]")
    assert robot.page.locator(".help-warning").count() == 0
    new = f"/{second}/{slug(second_title)}/"
    assert reader.leads_to(fallback + "?a=1").endswith(new + "?a=1")
    for path, other in ((own, new), (new, own)):
        page = reader.read(path + "?a=1")
        assert f'href="{other}?a=1"' in page
        assert f'hreflang="{OTHER[path[1:3]]}"' in page
        assert 'hreflang="x-default"' in page
    # One paragraph changes in one language: that one alone is marked beside the other.
    robot.page.locator(f"[name={first}-summary]").fill("Changed again.")
    publish_first(robot, first, "The other follows")
    assert WORDS[second][1] in reader.read(new)
    robot.start()
    entry = robot.page.locator(".pairs__list li", has=robot.page.locator(f"text={title}")).first
    assert entry.locator("ins").all_inner_texts() == ["Changed again."]
    # The translator's way: one press, and the text that is wanted stands there.
    robot.open_composer(f".pairs__list a:has-text('{title}')")
    assert robot.clicks == 1
    assert robot.page.locator(f"[name={second}-summary]").input_value() == WORDS[second][1]
    take_down(robot, reader, own, new)


def take_down(robot: Robot, reader: Reader, *paths: str) -> None:
    """From the columns to Wagtail's own screens: unpublished, then deleted, in both languages."""
    page = robot.page
    edit = page.locator(".pair__column a[href$='/edit/']").first.get_attribute("href")
    for act in ("unpublish", "delete"):
        page.goto(robot.origin + edit.replace("/edit/", f"/{act}/"))
        page.locator("main form [type=submit]").first.click()
        page.wait_for_selector(".messages .success")
        for path in paths:
            assert reader.leads_to(path) == "404"


def test_a_half_written_title_leaves_nothing_in_the_addresses(robot: Robot) -> None:
    """Check 20: autosave makes the pair from half a title."""
    robot.start()
    robot.open_composer("text=New standard page")
    for language in ("en", "cy"):
        robot.write(f"[name={language}-title]", WORDS[language][0].split()[0])
    robot.page.wait_for_url("**/pairs/*-*/")
    for language in ("en", "cy"):
        robot.page.locator(f"[name={language}-title]").fill("")
        write_column(robot, language)
    robot.publish()
    robot.page.wait_for_selector("#pair-form[data-started]")
    paths = [f"/{language}/{slug(WORDS[language][0])}/" for language in ("en", "cy")]
    for path in paths:
        Reader(robot).read(path)
    take_down(robot, Reader(robot), *paths)


def test_a_file_goes_out_is_translated_and_comes_back_as_a_draft(robot: Robot) -> None:
    """Check 13, as a translator's file travels."""
    page = robot.page
    page.goto(f"{robot.origin}/admin/pairs/exchange/")
    page.locator("[name=pair]").first.check()
    page.locator("[name=format]").select_option("po")
    with page.expect_download() as download:
        page.locator("button:has-text('Take out')").click()
    catalogue = polib.pofile(download.value.path().read_text(encoding="utf-8"))
    entry = next(entry for entry in catalogue if entry.msgstr)
    entry.msgstr += " Newydd."
    for name, data, says in (
        ("cy.po", str(catalogue).encode(), ".help-info:has-text('1 text accepted')"),
        ("empty.po", b"", ".help-critical"),
        ("broken.xlf", b"<xliff", ".help-critical"),
    ):
        page.goto(f"{robot.origin}/admin/pairs/exchange/")
        page.set_input_files(
            "[name=files]", {"name": name, "mimeType": "text/x-po", "buffer": data}
        )
        page.locator("button:has-text('Bring in')").click()
        page.locator(says).wait_for()
