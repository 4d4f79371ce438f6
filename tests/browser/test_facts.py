"""Journeys V1, V2, V4 and C1 of the content guide: a rumour answered, shared and written fast."""

import gzip
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.admin import signed_in
from tests.browser.moves import arrive, follow
from tests.browser.test_editors import EMAIL, Robot

FACTS = {
    "en": (
        "/en/facts/",
        "Support for people seeking sanctuary took under 0.05 per cent "
        "of the Welsh budget in six years.",
    ),
    "cy": (
        "/cy/ffeithiau/",
        "Aeth llai na 0.05 y cant o gyllideb Cymru ar gefnogi pobl sy’n ceisio "
        "noddfa dros chwe blynedd.",
    ),
}
PARTS = ("know", "limits", "again", "sources", "kit")
RUMOURS = {
    "en": ("/en/search/", ("asylum seeker spending", "spent asylum seekers")),
    "cy": ("/cy/chwilio/", ("cheiswyr lloches", "geiswyr lloches gwario", "ceisiwr loches")),
}
CLAIMS = {"en": "spent £55m", "cy": "Gwariodd Cymru £55m"}
LANGUAGES = ("en", "cy")


@pytest.mark.parametrize("language", LANGUAGES)
def test_v1_the_words_of_a_rumour_find_the_fact_by_its_own_headline(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    search, rumours = RUMOURS[language]
    section, headline = FACTS[language]
    page = visit(section, width=360, script=False).page
    for rumour in rumours:
        for place in (search, section):
            page.goto(f"{demo_site}{place}?q={rumour}")
            links = page.locator(f"main a[href^='{section}']:not([href='{section}'])")
            first = [text.strip() for text in links.all_inner_texts() if text.strip()][:3]
            assert headline in first, (rumour, place, first)
            titles = " ".join(page.locator("main h2, main h3").all_inner_texts())
            assert CLAIMS[language] not in titles
    arrive(page, links.filter(has_text=headline).first.click)
    assert page.locator("h1").inner_text() == headline


@pytest.mark.parametrize("language", LANGUAGES)
def test_v2_the_fact_is_light_and_whole_without_script(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    section, headline = FACTS[language]
    watch = visit(section, width=320, script=False)
    page = watch.page
    arrive(page, page.get_by_role("link", name=headline).click)
    page.wait_for_load_state("networkidle")
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    weight = 0
    for url in {page.url, *asked}:
        body = page.request.get(url).body()
        weight += len(body if "/fonts/" in url else gzip.compress(body, 6))
    assert 0 < weight <= 60 * 1024
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert [page.locator(f"#{part}").count() for part in PARTS] == [1] * len(PARTS)
    watch.is_quiet()


@pytest.mark.parametrize("language", LANGUAGES)
def test_v4_what_is_sent_is_the_fact_in_its_language_and_leads_back_to_it(
    visit: Callable[..., Any], demo_site: str, language: str
) -> None:
    section, headline = FACTS[language]
    page = visit(section, width=360, script=False).page
    arrive(page, page.get_by_role("link", name=headline).click)
    address = page.url
    card = page.request.get(page.locator("meta[property='og:image']").get_attribute("content"))
    assert card.headers["content-type"] == "image/png"
    assert len(card.body()) <= 100 * 1024
    assert headline in (
        page.locator("meta[property='og:image:alt']").get_attribute("content") or ""
    )
    half = page.locator(f".kit__lang[lang={language}]")
    text = half.locator("textarea").input_value()
    assert text.startswith(headline) and text.endswith(address)
    sent = half.get_by_role("link", name="WhatsApp").get_attribute("href")
    assert parse_qs(urlsplit(sent).query)["text"] == [text]
    assert CLAIMS[language] not in text
    page.goto(text.rsplit(" ", 1)[1])
    assert page.locator("html").get_attribute("lang") == language
    follow(page, "header a.lang")
    other = "cy" if language == "en" else "en"
    assert page.locator("h1").inner_text() == FACTS[other][1]


WRITTEN = {
    "en": {
        "title": "A hall is open on the first evening",
        "summary": "People came to the hall and were made welcome.",
        "claim": "Every door stays shut",
        "verdict": "Not what happened",
        "why_it_misleads": "It looks at one street and speaks of them all.",
        "what_we_know": "The hall was open. [1]",
        "what_we_do_not_know": "How many came.",
    },
    "cy": {
        "title": "Mae neuadd ar agor ar y noson gyntaf",
        "summary": "Daeth pobl i’r neuadd a chael croeso.",
        "claim": "Mae pob drws ar gau",
        "verdict": "Nid dyna a ddigwyddodd",
        "why_it_misleads": "Mae’n edrych ar un stryd ac yn sôn am bob un.",
        "what_we_know": "Roedd y neuadd ar agor. [1]",
        "what_we_do_not_know": "Faint a ddaeth.",
    },
}
SECOND = "checks-facts@noddfa.example"


def test_c1_a_fact_is_live_in_both_languages_by_two_people_in_a_few_presses(
    chromium: Any, demo_site: str, in_demo: Callable[[str], str], password: str
) -> None:
    in_demo(
        "import sys; from accounts.models import User;"
        f"User.objects.create_superuser({SECOND!r}, sys.stdin.readline().strip())"
    )
    started = time.monotonic()
    author, second = (
        Robot(signed_in(chromium, demo_site, email, password).new_page(), demo_site)
        for email in (EMAIL, SECOND)
    )
    author.start()
    author.open_composer("text=New fact")
    for language, texts in WRITTEN.items():
        for name, text in texts.items():
            author.write(f"[name={language}-{name}]", text)
    author.press_by_key("#id_both-sources-ADD")
    author.press_by_key("#id_both-sources-0-evidence-chooser button >> visible=true")
    author.page.locator(".modal-body a", has_text="Convention").wait_for()
    # Once it has opened the dialogue takes the focus, perhaps from the link that has just got it.
    author.page.locator(".modal.in:focus").wait_for()
    with author.page.expect_response(lambda answer: answer.request.method == "POST"):
        author.press_by_key(".modal-body a:has-text('Convention')")
    author.tell("a fact written, and saved by itself")
    written = author.presses, author.overhead
    author.press("button[value=publish]")
    author.page.wait_for_selector(".messages :text('You wrote this alone')")
    second.start()
    assert second.page.locator("[data-minutes]").count() == 1
    second.open_composer("[data-lane] h3 a")
    second.publish_by_key()
    second.tell("a fact read by a second person and live in both languages")
    print(f"C1: {time.monotonic() - started:.0f} s by robot, typing included")
    assert written[0] + second.presses <= 8
    assert written[1] + second.overhead <= 30
    for path in ("/en/facts/a-hall-is-open-on-the-first-evening/",
                 "/cy/ffeithiau/mae-neuadd-ar-agor-ar-y-noson-gyntaf/"):  # fmt: skip
        assert second.page.request.get(demo_site + path).status == 200
    assert author.errors == second.errors == []
    for robot in (author, second):
        robot.page.context.close()
