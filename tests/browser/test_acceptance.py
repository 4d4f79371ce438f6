"""The acceptance checks of the bilingual guide, on the finished site in a browser.

Each of the twenty has its test in this folder, for SQLite and for PostgreSQL:

    test_editors.py
        1: test_a_short_page_is_live_in_both_languages_in_a_few_presses
    test_acceptance.py
        2, 20: test_a_half_written_title_leaves_nothing_in_the_addresses
        3, 4, 5, 6, 7, 8, 18: test_one_language_goes_first_and_the_other_catches_up
        13: test_a_file_goes_out_is_translated_and_comes_back_as_a_draft
        14: test_what_is_done_to_one_language_is_done_to_both
    test_rights.py
        9: test_an_author_changes_nothing_public_by_any_route
        10: test_a_translator_writes_one_language_and_nothing_else
        11: test_a_lock_on_one_language_keeps_everybody_else_from_both
        12: test_what_no_person_wrote_is_marked_and_is_not_published
    test_both_languages_alike.py
        15: test_what_is_scheduled_for_both_comes_and_goes_together_or_not_at_all
        16: test_a_page_gives_the_readers_own_file_or_says_in_which_language_it_is
        17: test_a_day_and_a_number_are_said_as_the_language_says_them
        19: test_the_form_asks_refuses_thanks_and_writes_in_the_readers_language
        19: test_a_translator_writes_the_thanks_and_cannot_send_the_letters_elsewhere
    test_weight_of_the_demo.py
        17: test_no_word_and_no_date_of_the_other_language_stands_on_any_page

The pages of this module begin and end here, so that the site is left as it was found.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import polib
import pytest

from tests.browser.admin import signed_in
from tests.browser.moves import follow
from tests.browser.test_editors import EMAIL, Robot

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
    context = signed_in(chromium, demo_site, EMAIL, password)
    yield Robot(context.new_page(), demo_site)
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
    """Checks 3 to 8 and 18, from either language."""
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


def test_a_half_written_title_leaves_nothing_in_the_addresses(
    chromium: Any, demo_site: str, password: str
) -> None:
    """Checks 2 and 20, for somebody who reads Welsh: autosave makes the pair from half a title."""
    context = signed_in(chromium, demo_site, EMAIL, password, "cy")
    robot = Robot(context.new_page(), demo_site)
    reader, ending = Reader(robot), {"en": " with a fire", "cy": " â thân"}
    robot.start()
    robot.open_composer(".pairs__new a[href*='/home/standardpage/']")
    columns = robot.page.locator("[data-language]").evaluate_all("c => c.map(e => e.dataset)")
    assert [column["language"] for column in columns] == ["cy", "en"]
    for language in ("cy", "en"):
        robot.write(f"[name={language}-title]", WORDS[language][0].split()[0])
    robot.page.wait_for_url("**/pairs/*-*/")
    for language in ("cy", "en"):
        robot.page.locator(f"[name={language}-title]").fill("")
        write_column(robot, language, ending[language])
    robot.publish()
    robot.page.wait_for_selector("#pair-form[data-started]")
    paths = {"en": "/en/a-warm-room-with-a-fire/", "cy": "/cy/ystafell-gynnes-a-than/"}
    for path in paths.values():  # each says in which language it was written first
        shown = reader.read(path)
        assert re.search(rf'hreflang="x-default" href="[^"]*{paths["cy"]}"', shown)
    for typed in ("thân", "than"):
        assert paths["cy"] in reader.read(f"/cy/chwilio/?q=gynnes+{typed}")
    letters = re.search(r'class="letters".*?</nav>', reader.read("/cy/geirfa/"), re.DOTALL)[0]
    assert re.findall(r">(\w+)</", letters)[2:6] == ["c", "ch", "d", "dd"]
    take_down(robot, reader, *paths.values())
    context.close()


SHELF = """
from bilingual import pairs
from home.models import HomePage, StandardPage
import json
home, made = HomePage.objects.get(locale__language_code="en"), []
for titles in (("A shelf of words", "Silff o eiriau"), ("A word to move", "Gair i’w symud")):
    sides = [StandardPage(title=title, summary=title + ".") for title in titles]
    pair = pairs.create_pair(home, *sides, publish=True)
    made.append({side.locale.language_code: [side.pk, side.url] for side in pair})
print(json.dumps(made))
"""


def test_what_is_done_to_one_language_is_done_to_both(
    robot: Robot, in_demo: Callable[[str], str]
) -> None:
    """Check 14, on Wagtail's own screens: moved, then in bulk unpublished and deleted."""
    shelf, word = json.loads(in_demo(SHELF).splitlines()[-1])
    page, reader = robot.page, Reader(robot)
    page.goto(f"{robot.origin}/admin/pages/{word['cy'][0]}/move/{shelf['cy'][0]}/confirm/")
    follow(page, "main form [type=submit]")
    page.locator(".messages .success").wait_for()
    moved = {}
    for language, (_pk, path) in word.items():
        moved[language] = shelf[language][1] + path.split("/")[-2] + "/"
        assert reader.leads_to(path).endswith(moved[language])
        reader.read(moved[language])
    for action in ("unpublish", "delete"):
        page.goto(f"{robot.origin}/admin/pages/{shelf['cy'][0]}/")
        page.locator(f"[data-bulk-action-checkbox][data-object-id='{word['cy'][0]}']").check()
        follow(page, f"[data-bulk-action-footer] a[href*='/{action}/']")
        follow(page, "main form [type=submit]")
        page.locator(".messages .success").wait_for()
        for language, path in moved.items():
            assert reader.leads_to(path) == "404"
            edit = page.request.get(f"{robot.origin}/admin/pages/{word[language][0]}/edit/")
            assert edit.status == (404 if action == "delete" else 200)
    page.goto(f"{robot.origin}/admin/pages/{shelf['en'][0]}/delete/")
    follow(page, "main form [type=submit]")
    for language in ("en", "cy"):
        assert reader.leads_to(shelf[language][1]) == "404"


def test_a_file_goes_out_is_translated_and_comes_back_as_a_draft(robot: Robot) -> None:
    """Check 13, as a translator's file travels."""
    page = robot.page
    page.goto(f"{robot.origin}/admin/pairs/exchange/")
    # One that is public in both languages: what waits for its Welsh has perhaps none to change.
    page.locator("li:not(:has(.w-status)) > label > [name=pair]").first.check()
    page.locator("[name=format]").select_option("po")
    with page.expect_download() as download:
        page.locator("button:has-text('Take out')").click()
    catalogue = polib.pofile(download.value.path().read_text(encoding="utf-8"))
    entry = next(entry for entry in catalogue if entry.msgstr)
    entry.msgstr += " Newydd."
    edited = str(catalogue).encode()
    for name, data, says in (
        ("cy.po", edited, ".help-info:has-text('1 text accepted')"),
        ("stale.po", edited.replace(b"Newydd.", b"Hen."), "td:has-text('Somebody wrote this')"),
        (
            "foreign.po",
            b'msgid "a"\nmsgstr "b"',
            ".help-critical:has-text('not made by this site')",
        ),
        ("empty.po", b"", ".help-critical"),
        ("broken.xlf", b"<xliff", ".help-critical"),
    ):
        page.goto(f"{robot.origin}/admin/pairs/exchange/")
        page.set_input_files(
            "[name=files]", {"name": name, "mimeType": "text/x-po", "buffer": data}
        )
        page.locator("button:has-text('Bring in')").click()
        page.locator(says).wait_for()
