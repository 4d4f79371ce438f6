"""The admin in a real Chromium: no violation of its policy, no script error, no English word."""

from collections.abc import Iterator
from secrets import token_hex
from typing import Any

import pytest

from demo.people import EMAIL
from tests.browser.admin import PICTURE, Editor
from tests.browser.moves import press_to
from tests.browser.test_every_template import WCAG, violations

AREAS = (
    "/admin/", "/admin/pages/", "/admin/pages/4/", "/admin/pages/6/", "/admin/pages/36/edit/",
    "/admin/pages/36/history/", "/admin/pages/36/copy/", "/admin/pages/36/move/",
    "/admin/pages/36/usage/", "/admin/pages/36/delete/", "/admin/pages/36/unpublish/",
    "/admin/pages/4/add_subpage/", "/admin/pages/6/add_subpage/", "/admin/images/",
    "/admin/images/multiple/add/", "/admin/documents/", "/admin/documents/multiple/add/",
    "/admin/snippets/core/term/", "/admin/snippets/core/term/add/",
    "/admin/snippets/evidence/figure/", "/admin/snippets/evidence/figure/add/",
    "/admin/snippets/evidence/evidence/add/", "/admin/snippets/home/contactmessage/",
    "/admin/reports/locked/", "/admin/reports/workflow/", "/admin/reports/workflow_tasks/",
    "/admin/reports/site-history/", "/admin/reports/aging-pages/",
    "/admin/reports/page-types-usage/", "/admin/workflows/list/", "/admin/workflows/add/",
    "/admin/workflows/edit/1/", "/admin/workflows/tasks/index/", "/admin/collections/",
    "/admin/redirects/", "/admin/redirects/add/", "/admin/redirects/import/", "/admin/sites/",
    "/admin/locales/", "/admin/users/", "/admin/users/new/", "/admin/groups/",
    "/admin/groups/new/", "/admin/account/", "/accounts/2fa/", "/accounts/password/change/",
)  # fmt: skip
FIRST = AREAS[:5]
SCREENS_OF_PICTURES_AND_FILES = ("/admin/images/", "/admin/documents/", "/admin/account/")
STORY = "/admin/pages/add/case_studies/casestudypage/6/"
STANDING = "/admin/pages/add/home/standardpage/4/"
PARENTS = "/admin/pages/{}/add_subpage/"
NAMES = {"Home"}  # the title of the English home page, in the dialog that chooses a page
FEWEST_PLACES = 30
FEWEST_KINDS = 20


@pytest.fixture
def editor(chromium: Any, demo_site: str, password: str) -> Iterator[Editor]:
    person = Editor(chromium, demo_site, EMAIL, password, "cy")
    yield person
    person.context.close()


def add_picture(editor: Editor) -> None:
    editor.go("/admin/images/add/")
    editor.page.set_input_files("[name=file]", str(PICTURE))
    editor.page.fill("[name=title]", "Llun o’r hafan")
    editor.page.check("[name=is_decorative]")
    with editor.page.expect_navigation():
        editor.page.click("main form [type=submit]")
    editor.page.locator("a[href*='/admin/images/']").first.wait_for()


def write_story(editor: Editor) -> None:
    """Everything an editor can touch in the page editor of a story, and saving it."""
    editor.go(STORY)
    editor.write_title(f"Stori {token_hex(4)}")
    editor.add_every_block()
    editor.type_rich_text()
    editor.pick_date("published_on")
    editor.show_tab(1)
    editor.choose_picture()
    editor.show_tab(0)
    editor.open_panels()
    editor.save()
    assert "/edit/" in editor.page.url, editor.page.locator("main").inner_text()[:2000]


def add_blocks(editor: Editor, path: str) -> None:
    """Every block kind of every StreamField of a new page."""
    editor.go(path)
    if editor.page.locator(".c-sf-add-button").count():
        editor.add_every_block()


def test_a_story_is_written_without_a_violation_and_wholly_in_welsh(editor: Editor) -> None:
    add_picture(editor)
    for path in FIRST:
        editor.go(path)
    write_story(editor)
    add_blocks(editor, STANDING)
    assert editor.complaints == []
    assert len(editor.kinds) >= 12
    assert editor.english(NAMES) == {}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_first_screens_fail_no_rule_and_open_by_key(
    chromium: Any, demo_site: str, password: str, language: str
) -> None:
    person = Editor(chromium, demo_site, EMAIL, password, language)
    page = person.page
    faults = []
    for path in (*FIRST, *SCREENS_OF_PICTURES_AND_FILES):
        person.go(path)
        faults += [f"{path} {fault}" for fault in violations(page, WCAG)]
    assert faults == []
    page.goto(demo_site + "/admin/")
    press_to(page, "a[href='#main']")
    page.keyboard.press("Enter")
    press_to(page, "main a[href*='/pairs/add/case_studies/']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pair-form[data-started]")
    page.goto(demo_site + "/admin/pages/36/edit/")
    press_to(page, "button.action-save", 400)
    page.keyboard.press("Enter")
    page.locator(".messages .success, .w-toast").first.wait_for()
    person.context.close()


@pytest.mark.slow
def test_no_place_of_the_admin_breaks_its_policy(editor: Editor) -> None:
    add_picture(editor)
    for path in AREAS:
        editor.go(path)
    editor.go("/admin/images/")
    editor.go(editor.page.locator("main a[href^='/admin/images/']:not([href*=add])").first
              .get_attribute("href"))  # fmt: skip
    write_story(editor)
    new_pages = set()
    for parent in (4, 6, 8, 10, 12):
        editor.go(PARENTS.format(parent))
        links = editor.page.locator("a[href*='/admin/pages/add/']")
        new_pages |= {
            link.split("?")[0] for link in links.evaluate_all("a => a.map(e => e.pathname)")
        }
    for path in sorted(new_pages - {STORY}):
        add_blocks(editor, path)
    add_blocks(editor, "/admin/pages/4/edit/")
    print(
        f"admin walk: {len(editor.places)} places, {len(editor.kinds)} block kinds, "
        f"{len(editor.complaints)} violations or script errors"
    )
    assert editor.complaints == []
    assert len(set(editor.places)) >= FEWEST_PLACES
    assert len(editor.kinds) >= FEWEST_KINDS
