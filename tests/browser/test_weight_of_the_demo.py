"""Real content keeps the budgets too, in both languages alike, and each page speaks its own."""

import gzip
import re
from datetime import date
from html import unescape

import pytest

from tests.browser.answers import addresses, answer
from tests.contracts.test_interface_language import strangers

pytestmark = pytest.mark.xdist_group("answers")
FURTHER_PAGE_BYTES = 8 * 1024
LANGUAGES = ("en", "cy")
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
}

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "cy": "Llun Mawrth Mercher Iau Gwener Sadwrn Sul",
}
DATED = re.compile(r'<time[^>]* datetime="(\d{4}-\d\d-\d\d)[^"]*"[^>]*>(.*?)</time>')


def page_at(address: str) -> bytes:
    status, body = answer(address)
    assert status == 200, address
    return body


def pages(demo_site: str) -> list[str]:
    """The addresses that answer 200 to a visitor with content of the site."""
    return [
        path
        for path in addresses(demo_site)
        if not path.startswith("/-/")
        and not path.endswith(("/no/", "/na/", "/gallery/", "/no-language/", "%00"))
    ]


def test_no_page_of_the_demo_weighs_more_than_eight_kilobytes(demo_site: str) -> None:
    heavy = {}
    for path in pages(demo_site):
        size = len(gzip.compress(page_at(demo_site + path), 6))
        if size > FURTHER_PAGE_BYTES:
            heavy[path] = size
    assert heavy == {}


def test_every_page_of_the_demo_has_its_twin_and_every_link_leads_somewhere(demo_site: str) -> None:
    broken: set[tuple[str, str, int]] = set()
    seen = set()
    for path in pages(demo_site):
        html = page_at(demo_site + path).decode()
        for link in set(re.findall(r'<a[^>]* href="(/[^"#]*)', html)) - seen:
            seen.add(link)
            status, _body = answer(demo_site + link.replace("&amp;", "&"))
            if status != 200:
                broken.add((path, link, status))
    assert len(seen) > 40
    assert broken == set()


def section_ids(html: str) -> list[str]:
    """What the language switch may add to an address.

    Letters of an A–Z (`l-…`) are left out: each language has its own alphabet.
    """
    ids = re.findall(r'<(?:section|h2|h3)\b[^>]* id="([^"]+)"', html[html.index("<main") :])
    return [found for found in ids if not found.startswith("l-")]


def test_the_sections_of_a_page_have_the_same_ids_in_both_languages(demo_site: str) -> None:
    differing = {}
    seen = 0
    for path in pages(demo_site):
        if path.startswith("/en/"):
            html = page_at(demo_site + path).decode()
            switch = re.findall(r'class="lang" href="([^"]+)"', html)[0].replace("&amp;", "&")
            ours = section_ids(html)
            theirs = section_ids(page_at(demo_site + switch).decode())
            seen += len(ours)
            # What is offered in both languages starts with the reader's: the order may differ.
            if set(ours) != set(theirs) or len(set(ours)) < len(ours):
                differing[path] = ours, theirs
    assert seen > 100
    assert differing == {}


def as_said(day: date, language: str) -> str:
    return f"{day.day} {MONTHS[language].split()[day.month - 1]} {day.year}"


def is_said(day: date, shown: str, language: str) -> bool:
    """In full; or on a tile, its number with the beginning of its weekday’s or its month’s name."""
    if as_said(day, language) in shown:
        return True
    names = WEEKDAYS[language].split()[day.weekday()], MONTHS[language].split()[day.month - 1]
    number, *rest = sorted(shown.split())
    return number == str(day.day) and len(rest) == 1 and any(n.startswith(rest[0]) for n in names)


@pytest.mark.usefixtures("migrated")  # a check of the bilingual guide: on each database
def test_no_word_and_no_date_of_the_other_language_stands_on_any_page(demo_site: str) -> None:
    foreign: set[tuple[str, str]] = set()
    dates = dict.fromkeys(LANGUAGES, 0)
    for path in pages(demo_site):
        language = path[1:3]
        if language not in LANGUAGES:
            continue  # the threshold speaks both
        text = page_at(demo_site + path).decode()
        foreign |= {(path, word) for word in strangers(text, language)}
        for day, shown in DATED.findall(text):
            dates[language] += 1
            shown = unescape(re.sub("<[^>]+>", "", shown))
            if not is_said(date.fromisoformat(day), shown, language):
                foreign.add((path, shown))
    assert min(dates.values()) > 40
    assert foreign == set()
