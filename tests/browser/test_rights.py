"""Checks 9 to 12 of the bilingual guide: what a person may not do, tried in their own browser.

They open the screens that they may open, and send the forms of these to every address that could
change a page. The people, and a pair for each test, are made once and taken away at the end.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polib
import pytest
from django.urls import get_resolver

from tests.browser.admin import Editor
from tests.browser.moves import follow
from tests.browser.test_editors import EMAIL

pytestmark = pytest.mark.usefixtures("migrated")  # on each database
LANGUAGES = ("en", "cy")
OTHER = {"en": "cy", "cy": "en"}
ROLES = {
    "author": "Authors",
    "publisher": "Publishers",
    "cy": "Translators: Welsh",
    "en": "Translators: English",
}
TITLES = {"en": "Open house {}", "cy": "Tŷ agored {}"}
SUMMARIES = {
    "en": "The hall is open to all who need a warm room",
    "cy": "Mae’r neuadd ar agor i bawb sydd angen lle cynnes",
}
STOLEN = "These words are nobody’s to publish today"
PUBLISHING = ("publish", "publish-en", "publish-cy")  # buttons of the composer
COMPOSER, EDIT = "/admin/pairs/{}/", "/admin/pages/{}/edit/"
# A public pair for each test, one that is being checked, and one that waits for its Welsh.
PREPARE = f"""
import json, sys
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import TaskState
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from bilingual import approval, pairs
from home.models import HomePage, StandardPage
password, people, made = sys.stdin.readline().strip(), {{}}, {{}}
for name, role in {ROLES!r}.items():
    people[name] = get_user_model().objects.create_user(name + "@rights.example", password)
    people[name].groups.add(Group.objects.get(name__endswith="· " + role))
home = HomePage.objects.get(locale__language_code="en")
for name in ("author", "cy", "en", "publisher", "checked", "machine"):
    sides = [
        StandardPage(title=title.format(name), summary=summary)
        for title, summary in zip({[*TITLES.values()]!r}, {[*SUMMARIES.values()]!r})
    ]
    if name == "machine":
        sides[0].title, sides[1].title, sides[1].summary = {TITLES["en"]!r}.format("author"), "", ""
    pair = pairs.create_pair(home, *sides, publish=name not in ("checked", "machine"))
    made[name] = {{
        "key": str(pair.en.translation_key),
        "pages": {{"en": pair.en.pk, "cy": pair.cy.pk}},
        "paths": {{"en": pair.en.url, "cy": pair.cy.url}},
        "parents": {{"en": home.pk, "cy": pair.cy.get_parent().pk}},
        "revision": pair.cy.latest_revision_id,
    }}
    if name == "checked":
        approval.send(pair, people["author"])
        state = TaskState.objects.filter(workflow_state__object_id=str(pair.cy.pk)).first()
        made[name] |= {{"state": state.pk, "task": state.task_id}}
source = TranslationSource.objects.get(object_id=made["author"]["key"])
made["author"] |= {{
    "source": source.pk,
    "translation": Translation.objects.get(source=source).pk,
    "segment": StringSegment.objects.filter(source=source).first().pk,
}}
print(json.dumps(made))
"""
TIDY = """
from django.contrib.auth import get_user_model
from bilingual import pairs
from home.models import StandardPage
people = get_user_model().objects.filter(email__endswith="@rights.example")
theirs = StandardPage.objects.filter(owner__in=people).values_list("translation_key", flat=True)
for key in {KEYS!r} | set(theirs):
    for page in StandardPage.objects.filter(translation_key=key)[:1]:
        pairs.delete_pair(page)
people.delete()
"""


@dataclass
class Site:
    """The finished site with our pairs, as its visitors and the people of a role see it."""

    pairs: dict[str, Any]
    enter: Callable[[str], Editor]
    visitor: Any
    origin: str

    def shown(self, pair: Mapping[str, Any]) -> dict[str, str]:
        """What a visitor reads at the address of each language."""
        return {language: self.main(path) for language, path in pair["paths"].items()}

    def main(self, path: str) -> str:
        answer = self.visitor.get(self.origin + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        found = re.search(r"<main.*</main>", answer.text(), re.DOTALL)
        assert found
        return found[0]


@pytest.fixture(scope="module")
def site(
    chromium: Any, demo_site: str, password: str, in_demo: Callable[[str], str]
) -> Iterator[Site]:
    made = json.loads(in_demo(PREPARE).splitlines()[-1])  # letters stand above it
    visitor, people = chromium.new_context(), {}

    def enter(name: str) -> Editor:
        if name not in people:
            email = name if "@" in name else f"{name}@rights.example"
            people[name] = Editor(chromium, demo_site, email, password, "en")
        return people[name]

    yield Site(made, enter, visitor.request, demo_site)
    for context in (visitor, *(person.context for person in people.values())):
        context.close()
    in_demo(TIDY.format(KEYS={pair["key"] for pair in made.values()}))


def buttons(
    pair: Mapping[str, Any], language: str, target: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, str]]]:
    """What stands or once stood on the screens of a page and of its pair, pressed by name.

    `target` is the pair below which a move would take it.
    """
    pk, goal = pair["pages"][language], str(target["pages"][language])
    edit = EDIT.format(pk)
    past = "2020-01-01 00:00"
    yield edit, {"action-publish": "1"}
    yield edit, {"action-publish": "1", "go_live_at": past, "expire_at": past}
    yield edit, {"action-publish": "1", "revision": str(pair["revision"])}
    yield edit, {"action-workflow-action": "1", "workflow-action-name": "approve"}
    yield edit, {"localize-convert-to-alias": "1"}
    yield edit, {"localize-restart-translation": "1"}
    yield f"/admin/pages/{pk}/unpublish/", {}
    yield f"/admin/pages/{pk}/delete/", {}
    yield f"/admin/pages/{pk}/move/{goal}/confirm/", {}
    yield f"/admin/pages/{pk}/convert_alias/", {}
    yield f"/admin/pages/{pk}/privacy/", {"restriction_type": "login"}
    for action in ("publish", "unpublish", "delete", "move"):
        yield f"/admin/bulk/wagtailcore/page/{action}/?next=/admin/&id={pk}", {"chooser": goal}
        yield f"/admin/api/main/pages/{pk}/action/{action}/", {"destination_page_id": goal}
    for press in (*PUBLISHING, "unchanged-en", "unchanged-cy", "schedule"):
        yield COMPOSER.format(pair["key"]), {"press": press, "ahead-reason": "Urgent"}


def addresses(arguments: Mapping[str, Any]) -> Iterator[str]:
    """Every address of Wagtail's page screens and of the engine, so that a new one is tried too.

    Raises:
        KeyError: a new address asks for something that has no argument here.
    """
    for namespace in ("wagtailadmin_pages", "wagtail_localize"):
        prefix, resolver = get_resolver().namespace_dict[namespace]
        for name in filter(lambda name: isinstance(name, str), resolver.reverse_dict):
            for ways, *_rest in resolver.reverse_dict.getlist(name):
                for path, _names in ways:
                    yield f"/{prefix}{path % arguments}"


def test_an_author_changes_nothing_public_by_any_route(site: Site) -> None:
    """Check 9."""
    author, pair, checked = site.enter("author"), site.pairs["author"], site.pairs["checked"]
    before = site.shown(pair)
    welsh = pair["pages"]["cy"]
    forms = {
        language: author.form_of(EDIT.format(pk), "[data-edit-form]")
        | {"title": STOLEN, "summary": STOLEN, "new_title": STOLEN, "new_slug": "stolen"}
        for language, pk in pair["pages"].items()
    }
    columns = author.form_of(COMPOSER.format(pair["key"]), "#pair-form[data-started]")
    stolen = {
        f"{language}-{name}": STOLEN for language in LANGUAGES for name in ("title", "summary")
    }
    both = {**columns, **stolen, "overwrite": "1", "both-go_live_at": "2030-01-01 10:00"}

    def tries(path: str, values: Mapping[str, str], **more: Any) -> None:
        answer = author.send(path, values, **more)
        assert answer.status < 500, f"{path}: {answer.status}"
        assert site.main(pair["paths"]["cy"]) == before["cy"], path

    for language in LANGUAGES:
        for path, values in buttons(pair, language, site.pairs["checked"]):
            tries(path, {**(both if "/pairs/" in path else forms[language]), **values})
    everything = {
        **dict.fromkeys(("page_id", "pk", "page_to_move_id", "parent_page_id"), welsh),
        **dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), pair["revision"]),
        "destination_id": checked["pages"]["cy"], "action_name": "approve", "mode": "",
        "task_state_id": checked["state"], "task_id": checked["task"], "workflow_state_id": 1,
        "content_type_app_name": "home", "content_type_model_name": "standardpage",
        "app_label": "home", "model_name": "standardpage",
        "translation_id": pair["translation"], "translation_source_id": pair["source"],
        "string_segment_id": pair["segment"], "overridable_segment_id": 1,
    }  # fmt: skip
    for path in addresses(everything):
        tries(path, {**forms["cy"], "alias": "on", "publish_copies": "on", "locales": "2"})
    out = {"pair": pair["key"], "language": "cy", "format": "po"}
    catalogue = polib.pofile(author.page.request.get(f"{site.origin}/admin/pairs/exchange/out/",
                                                     params=out).text())  # fmt: skip
    for entry in catalogue:
        entry.msgstr = f"{STOLEN}."
    tries("/admin/pairs/exchange/", {}, file=("a.po", str(catalogue).encode()))
    # They approve nothing of what they wrote, and sending it to those who do publishes nothing.
    for decision in ("approve", "reject"):
        tries(COMPOSER.format(checked["key"]), {"press": f"{decision}-{checked['task']}"})
        tries(f"/admin/pages/workflow/action/{checked['pages']['cy']}/{decision}/"
              f"{checked['state']}/", {})  # fmt: skip
    assert site.visitor.get(site.origin + checked["paths"]["cy"]).status == 404
    tries(EDIT.format(welsh), {**forms["cy"], "action-submit": "1"})
    tries(COMPOSER.format(pair["key"]), {**both, "press": "submit"})
    assert site.shown(pair) == before


@pytest.mark.parametrize("own", LANGUAGES)
def test_a_translator_writes_one_language_and_nothing_else(site: Site, own: str) -> None:
    """Check 10, for translators into either language."""
    translator, pair, other = site.enter(own), site.pairs[own], OTHER[own]
    before, page = site.shown(pair), translator.page
    for path in (
        "/admin/",
        f"/admin/pages/{pair['parents'][own]}/",
        EDIT.format(pair["pages"][own]),
    ):
        translator.go(path)
        labels = page.locator("main button, main a, footer button").evaluate_all(
            "found => found.map(e => `${e.textContent} ${e.name} ${e.href}`)"
        )
        assert labels
        assert [
            label for label in labels if re.search(r"\b(alias|sync)|localize", label, re.I)
        ] == []
    edit = translator.form_of(EDIT.format(pair["pages"][own]), "[data-edit-form]")
    composer = COMPOSER.format(pair["key"])
    translator.form_of(composer, "#pair-form[data-started]")
    assert page.locator("[name=press][value^=publish]").count() == 0
    assert page.locator(f"[name={other}-title]").count() == 0
    assert SUMMARIES[other] in page.locator(f"[data-language={other}]").inner_text()
    page.locator(f"[name={own}-summary]").fill(STOLEN)
    follow(page, "button[value=save]")
    page.locator(".messages .success").wait_for()
    columns = translator.form_of(composer, "#pair-form[data-started]")
    assert columns[f"{own}-summary"] == STOLEN
    stolen = {f"{other}-title": STOLEN, f"{other}-summary": STOLEN}
    for language in LANGUAGES:
        for path, values in buttons(pair, language, site.pairs["checked"]):
            form = {**columns, **stolen, "overwrite": "1"} if "/pairs/" in path else edit
            answer = translator.send(path, {**form, **values})
            assert answer.status < 500, f"{path}: {answer.status}"
        assert site.shown(pair) == before
    translator.send(EDIT.format(pair["pages"][other]), {**edit, "summary": STOLEN})
    page.goto(site.origin + EDIT.format(pair["pages"][other]))
    assert page.url == f"{site.origin}/admin/"  # it is not theirs to open
    translator.go(composer)
    assert SUMMARIES[other] in page.locator(f"[data-language={other}]").inner_text()


@pytest.mark.parametrize("locked", LANGUAGES)
def test_a_lock_on_one_language_keeps_everybody_else_from_both(site: Site, locked: str) -> None:
    """Check 11, against somebody who may do everything and had the screens open before."""
    pair, composer = site.pairs["publisher"], COMPOSER.format(site.pairs["publisher"]["key"])
    first, second = site.enter("publisher"), site.enter(EMAIL)
    before, page = site.shown(pair), second.page
    edits = {
        EDIT.format(pk): second.form_of(EDIT.format(pk), "[data-edit-form]")
        for pk in pair["pages"].values()
    }
    columns = second.form_of(composer, "#pair-form[data-started]")
    token = first.form_of(EDIT.format(pair["pages"][locked]), "[data-edit-form]")
    first.send(f"/admin/pages/{pair['pages'][locked]}/lock/", token)
    try:
        second.go(composer)
        assert page.locator(".pair__column .help-warning").count() >= 1
        assert (
            page.locator("[name$=-title], button[value=save], button[value=publish]").count() == 0
        )
        for press in ("save", "autosave", *PUBLISHING):
            stolen = {f"{language}-summary": STOLEN for language in LANGUAGES}
            why = {"press": press, "ahead-reason": "Urgent"}
            second.send(composer, {**columns, **stolen, **why})
        for path, form in edits.items():
            second.go(path)
            assert page.locator("[name=action-publish]").count() == 0, path
            for button in ({}, {"action-publish": "1"}):
                second.send(path, {**form, "summary": STOLEN, **button})
        assert site.shown(pair) == before
    finally:
        first.send(f"/admin/pages/{pair['pages'][locked]}/unlock/", token)
    now = second.form_of(composer, "#pair-form[data-started]")
    for name in ("opened-en", "opened-cy", "en-summary", "cy-summary"):
        assert now[name] == columns[name]


def test_what_no_person_wrote_is_marked_and_is_not_published(site: Site) -> None:
    """Check 12: what the memory offers, what a program calls unfinished, English in Welsh."""
    pair, composer = site.pairs["machine"], COMPOSER.format(site.pairs["machine"]["key"])
    translator, publisher = site.enter("cy"), site.enter(EMAIL)
    page = translator.page

    def bring(catalogue: polib.POFile, says: str) -> None:
        translator.go("/admin/pairs/exchange/")
        file = {"name": "cy.po", "mimeType": "text/x-po", "buffer": str(catalogue).encode()}
        page.set_input_files("[name=files]", file)
        follow(page, "button:has-text('Bring in')")
        assert says in page.locator(".exchange__receipt").inner_text()
        # It stands nowhere in public, and whoever brought it in has no button for that.
        translator.form_of(composer, "#pair-form[data-started]")
        assert page.locator("[data-language=cy] .w-status").inner_text().strip().lower() == "draft"
        assert page.locator("[name=press][value^=publish]").count() == 0
        assert site.visitor.get(site.origin + pair["paths"]["en"]).status == 404

    translator.go("/admin/pairs/exchange/?language=cy")
    page.locator(f"[name=pair][value='{pair['key']}']").check()
    page.locator("[name=format]").select_option("po")
    with page.expect_download() as download:
        page.locator("button:has-text('Take out')").click()
    catalogue = polib.pofile(download.value.path().read_text(encoding="utf-8"))
    offered = {entry.msgid: entry.msgstr for entry in catalogue if entry.fuzzy}
    assert offered[SUMMARIES["en"]] == SUMMARIES["cy"]
    assert {entry.msgid for entry in catalogue if entry.msgstr} == set(offered)
    bring(catalogue, "marks it as unfinished")
    assert page.locator("[name=cy-summary]").input_value() == ""
    for entry in catalogue:
        entry.flags, entry.msgstr = [], entry.msgid
    bring(catalogue, f"{len(catalogue)} texts accepted into the draft")
    assert page.locator("[name=cy-summary]").input_value() == SUMMARIES["en"]
    # Whoever may publish is told beside the field, until a person has written there.
    publisher.form_of(composer, "#pair-form[data-started]")
    follow(publisher.page, "button[value=publish]")
    complaint = publisher.page.locator("[data-language=cy]").inner_text()
    assert "is the same text on both pages" in complaint
    assert site.visitor.get(site.origin + pair["paths"]["en"]).status == 404
    publisher.page.wait_for_selector("#pair-form[data-started]")
    publisher.page.locator("[name=cy-title]").fill(TITLES["cy"].format("newydd"))
    publisher.page.locator("[name=cy-summary]").fill(SUMMARIES["cy"])
    follow(publisher.page, "button[value=publish]")
    welsh = publisher.page.locator(".messages .success a[href^='/cy/']").get_attribute("href")
    assert SUMMARIES["cy"] in site.visitor.get(site.origin + welsh).text()
