"""What a reader gets is the same in both languages: the hour, the file, the words, the answer.

Checks 15, 16, 17 and 19 of the bilingual guide; the other half of 17 reads every page of the demo,
in `test_weight_of_the_demo`. What they need beside the demo is made here and
taken away again.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.browser.admin import Editor, signed_in
from tests.browser.conftest import LETTERS
from tests.browser.moves import enter, follow
from tests.browser.test_acceptance import slug, write_column
from tests.browser.test_editors import EMAIL, Robot
from tests.browser.test_weight_of_the_demo import as_said
from tests.contracts.test_interface_language import strangers

pytestmark = [
    pytest.mark.xdist_group("alike"),  # one process makes the pages
    pytest.mark.usefixtures("migrated"),  # on each database
]

LANGUAGES = ("en", "cy")
OTHER = {"en": "cy", "cy": "en"}
DAY = date(2026, 12, 1)  # on which the made pages go public
COUNTS = (0, 1, 2, 3, 6, 8, 11)

# The beginning of every title that is made here, by which all of it is found again.
TITLES = {"en": "Made for a check", "cy": "Gwnaed ar gyfer gwiriad"}
TRANSLATORS = {"en": "translator-en@noddfa.example", "cy": "translator-cy@noddfa.example"}
ALT = {"en": "Two colours beside each other.", "cy": "Dau liw wrth ymyl ei gilydd."}


def token(number: int) -> str:
    """A word that so many of the made pages say, and nothing else does."""
    return "x" + "abcdefghijkl"[number] * 4


PREPARE = f"""
import io, json, sys
from datetime import datetime
import pikepdf, time_machine
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image as Picture
from accounts.models import User
from bilingual import pairs
from files.documents import store
from files.gate import shared_worker
from files.models import Image
from home.models import ContactPage, HomePage, StandardPage

password, titles = sys.stdin.readline().strip(), {TITLES!r}


def blank(kind):
    out = io.BytesIO()
    if kind == "pdf":
        file = pikepdf.new()
        file.add_blank_page()
        file.save(out)
    else:
        Picture.new("RGB", (960, 640), (200, 20, 20)).save(out, "PNG")
    return out.getvalue()


def public(parent, name, said):
    sides = [
        StandardPage(title=f"{{titles[code]}} {{name}}", summary=titles[code] + ".", body=body)
        for code, body in said.items()
    ]
    return pairs.publish_pair(pairs.create_pair(parent, *sides).en).en


with shared_worker(), time_machine.travel(datetime({DAY.year}, {DAY.month}, {DAY.day}, 12)):
    both = store("a.pdf", blank("pdf"), title=titles["en"] + " both", language="en")
    store("b.pdf", blank("pdf"), title=titles["cy"] + " dwy", language="cy", counterpart=both)
    alone = {{
        code: store("c.pdf", blank("pdf"), title=titles[code] + " alone", language=code)
        for code in titles
    }}
    image = Image(title=titles["en"], alt_en={ALT["en"]!r}, alt_cy={ALT["cy"]!r},
                  file=ContentFile(blank("png"), name="a.png"))
    image.full_clean()
    image.save()
    said = {{
        code: [
            ("image", {{"image": image, "caption": ""}}),
            *(("document", {{"document": document, "note": ""}})
              for document in (both, *alone.values())),
            *(("paragraph", f'<p><a linktype="document" id="{{document.pk}}">{{code}}</a></p>')
              for document in (both, *alone.values())),
        ]
        for code in titles
    }}
    above = public(HomePage.objects.get(locale__language_code="en"), "files", said)
    for number in range(1, {max(COUNTS)} + 1):
        words = " ".join({[token(count) for count in range(max(COUNTS) + 1)]!r}[number:])
        public(above, number, {{
            code: [("paragraph", f"<p>{{title}}: {{words}}</p>")] for code, title in titles.items()
        }})
for code, email in {TRANSLATORS!r}.items():
    user = User.objects.create_user(email, password)
    word = {{"en": "English", "cy": "Welsh"}}[code]
    user.groups.add(Group.objects.get(name__endswith=f"Translators: {{word}}"))
print(json.dumps({{
    side.locale.language_code: [side.pk, str(side.translation_key)]
    for side in ContactPage.objects.all()
}}))
"""

TAKE_AWAY = f"""
from accounts.models import User
from bilingual import pairs
from files.models import Document, Image
from home.models import ContactMessage
from wagtail.models import Page

for page in Page.objects.filter(title__startswith={TITLES["en"]!r}, depth=3):
    pairs.delete_pair(page)
for title in {list(TITLES.values())!r}:
    for kind in (Document, Image):
        for thing in kind.objects.filter(title__startswith=title):
            thing.delete()
User.objects.filter(email__in={list(TRANSLATORS.values())!r}).delete()
ContactMessage.objects.filter(name__in={list(TITLES.values())!r}).delete()
"""


@pytest.fixture(scope="module")
def contact(demo_site: str, in_demo: Callable[[str], str]) -> Iterator[dict[str, tuple[int, str]]]:
    """Pages with files, pages to count and two translators; the contact pages by language."""
    try:
        yield json.loads(in_demo(PREPARE).splitlines()[-1])
    finally:
        in_demo(TAKE_AWAY)


# ── 15: the hour ─────────────────────────────────────────────────────────────────────────────

PUBLISH_SCHEDULED = """
import os, time_machine
from datetime import datetime
from django.core.management import call_command
from bilingual import pairs

execute, done = pairs.PublishPageRevisionAction.execute, []


def once(self, **options):
    if done:
        os._exit(9)
    done.append(execute(self, **options))


if {killed}:
    pairs.PublishPageRevisionAction.execute = once
with time_machine.travel(datetime.fromisoformat("{moment}")):
    call_command("publish_scheduled")
"""


def schedule(robot: Robot, title: str, times: dict[str, datetime]) -> list[str]:
    """Write a pair in two columns and give both one time; their addresses."""
    robot.start()
    robot.open_composer(".pairs__new a[href*='/home/standardpage/']")
    for language in LANGUAGES:
        write_column(robot, language, ending=title)
        robot.page.locator(f"[name={language}-title]").fill(f"{TITLES[language]} {title}")
    robot.press(".pair__choice:has([value=schedule]) summary")
    for name, moment in times.items():
        robot.write(f"[name=both-{name}]", timezone.localtime(moment).strftime("%Y-%m-%d %H:%M"))
    robot.page.locator("button[value=schedule]").focus()
    enter(robot.page)
    robot.page.wait_for_selector(".messages .success")
    return [f"/{language}/{slug(f'{TITLES[language]} {title}')}/" for language in LANGUAGES]


def test_what_is_scheduled_for_both_comes_and_goes_together_or_not_at_all(
    chromium: Any,
    visit: Callable[..., Any],
    demo_site: str,
    password: str,
    in_demo: Callable[[str], str],
    contact: Any,
) -> None:
    now = timezone.now().replace(second=0, microsecond=0)
    times = {"go_live_at": now + timedelta(hours=1), "expire_at": now + timedelta(hours=2)}
    paths = []
    for language in LANGUAGES:
        context = signed_in(chromium, demo_site, EMAIL, password, language)
        robot = Robot(context.new_page(), demo_site)
        paths += schedule(robot, f"written from {language}", times)
        column = robot.page.locator("[data-language]").first
        assert column.get_attribute("data-language") == language
        assert robot.errors == []
        context.close()
    reader = visit("/").page.request

    def found() -> list[int]:
        return [reader.get(demo_site + path).status for path in paths]

    def run_after(name: str, killed: bool = False) -> None:
        moment = times[name] + timedelta(minutes=1)
        in_demo(PUBLISH_SCHEDULED.format(moment=moment.isoformat(), killed=killed))

    assert found() == [404] * 4
    with pytest.raises(subprocess.CalledProcessError) as death:
        run_after("go_live_at", killed=True)
    assert death.value.returncode == 9
    assert found() == [404] * 4
    run_after("go_live_at")
    assert found() == [200] * 4
    run_after("expire_at")
    assert found() == [404] * 4


# ── 16: the file ─────────────────────────────────────────────────────────────────────────────

NAMES = {"en": {"cy": "Welsh"}, "cy": {"en": "Saesneg"}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_gives_the_readers_own_file_or_says_in_which_language_it_is(
    visit: Callable[..., Any], contact: Any, language: str
) -> None:
    other = OTHER[language]
    page = visit(f"/{language}/{slug(TITLES[language])}-files/").page
    assert page.locator("main figure img").get_attribute("alt") == ALT[language]
    own = {"en": "both", "cy": "dwy"}[language]
    links = page.locator("main .prose a[href*='/documents/']")
    assert links.count() == 6
    for number, (title, code) in enumerate([(own, language), ("alone", "en"), ("alone", "cy")] * 2):
        link = links.nth(number)
        href = str(link.get_attribute("href"))
        assert href.endswith(f"/{slug(TITLES[code])}-{title}.pdf")
        assert link.get_attribute("hreflang") == code
        said = link.inner_text() if number >= 3 else link.locator("xpath=..").inner_text()
        assert (NAMES[language][other] in said) == (code == other)
        if number < 3:  # the title of the file stands there in its own language
            assert link.get_attribute("lang") == (other if code == other else None)


# ── 17: days and numbers ─────────────────────────────────────────────────────────────────────

SEARCH = {"en": "/en/search/", "cy": "/cy/chwilio/"}
COUNTED = {
    "en": ("No results", "1 result", "2 results", "3 results", "6 results", "8 results",
           "11 results"),
    "cy": ("Dim canlyniadau", "1 canlyniad", "2 ganlyniad", "3 chanlyniad", "6 chanlyniad",
           "8 canlyniad", "11 canlyniad"),
}  # fmt: skip
IN_OWN_LANGUAGE = {"en": "in English", "cy": "yn Gymraeg"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_and_a_number_are_said_as_the_language_says_them(
    visit: Callable[..., Any], demo_site: str, contact: Any, language: str
) -> None:
    page = visit(f"/{language}/{slug(TITLES[language])}-files/").page
    assert page.locator(f"time[datetime='{DAY}']").inner_text() == as_said(DAY, language)
    for count, said in zip(COUNTS, COUNTED[language], strict=True):
        page.goto(f"{demo_site}{SEARCH[language]}?q={token(count)}")
        assert f"{said} {IN_OWN_LANGUAGE[language]}" in page.locator("main h2").all_inner_texts()


# ── 19: the answer ───────────────────────────────────────────────────────────────────────────

# Address, labels, what an empty form is told, thanks.
FORMS = {
    "en": (
        "/en/contact/",
        ["What should we call you?", "Email address", "In which language shall we write?",
         "Your message"],
        ["Enter an email address with an @", "Write your message"],
        "Thank you. Staff can now read your message.",
    ),
    "cy": (
        "/cy/cysylltu/",
        ["Beth ddylem eich galw?", "Cyfeiriad e-bost", "Ym mha iaith ddylem ysgrifennu?",
         "Eich neges"],
        ["Rhowch gyfeiriad e-bost ag @ ynddo", "Ysgrifennwch eich neges"],
        "Diolch. Gall staff ddarllen eich neges yn awr.",
    ),
}  # fmt: skip
KEPT = f"""
import json
from home.models import ContactMessage
print(json.dumps([
    [message.language, message.name, message.email, message.message]
    for message in ContactMessage.objects.filter(name__in={list(TITLES.values())!r})
]))
"""


def test_the_form_asks_refuses_thanks_and_writes_in_the_readers_language(
    visit: Callable[..., Any], demo_folder: Path, in_demo: Callable[[str], str], contact: Any
) -> None:
    names, sent = {}, []
    for language, (path, labels, refusals, thanks) in FORMS.items():
        page = visit(path, script=False).page
        form = page.locator("main form")
        assert form.locator("p > label, legend").all_inner_texts() == labels
        names[language] = sorted(
            form.locator("[name]").evaluate_all("all => all.map(field => field.name)")
        )
        follow(page, "main form button")
        assert page.locator(".field__error").all_inner_texts() == refusals
        assert set(refusals) < set(page.locator("[role=alert] li").all_inner_texts())
        assert strangers(page.content(), language) == []
        row = [language, TITLES[language], f"{language}@example.org", f"{TITLES[language]}."]
        for field, text in zip(("name", "email", "message"), row[1:], strict=True):
            form.locator(f"[name={field}]").fill(text)
        before = (demo_folder / LETTERS).read_text().count("Subject:")
        follow(page, "main form button")
        assert thanks in page.locator("[role=status]").inner_text()
        assert strangers(page.content(), language) == []
        letter = (demo_folder / LETTERS).read_text().split("Subject:")[before + 1]
        assert letter.startswith(f" Neges newydd / New message ({language})\n")
        assert row[3] not in letter
        sent.append(row)
    assert names["en"] == names["cy"]
    assert sorted(json.loads(in_demo(KEPT))) == sorted(sent)


def test_a_translator_writes_the_thanks_and_cannot_send_the_letters_elsewhere(
    chromium: Any, demo_site: str, password: str, contact: dict[str, tuple[int, str]]
) -> None:
    people = [(email, language, 0) for language, email in TRANSLATORS.items()]
    for email, language, mailboxes in (*people, (EMAIL, "cy", 1)):
        page_key, pair_key = contact[language]
        person = Editor(chromium, demo_site, email, password, language)
        for path, prefix in (
            (f"pages/{page_key}/edit/", ""),
            (f"pairs/{pair_key}/", f"{language}-"),
        ):
            person.go(f"/admin/{path}")
            assert person.page.locator(f"[name={prefix}thanks]").count() == 1
            assert person.page.locator("[name$=mailbox]").count() == mailboxes
        person.context.close()
