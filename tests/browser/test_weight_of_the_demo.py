"""Real content keeps the budgets too, in both languages alike."""

import gzip
import re
from functools import cache
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser.test_every_template import addresses

pytestmark = pytest.mark.xdist_group("weight")  # they read the same answers
FURTHER_PAGE_BYTES = 8 * 1024


@cache
def answer(address: str) -> bytes:
    """What an address gives, asked once. Raises HTTPError for a refusal."""
    return bytes(urlopen(address).read())


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
        size = len(gzip.compress(answer(demo_site + path), 6))
        if size > FURTHER_PAGE_BYTES:
            heavy[path] = size
    assert heavy == {}


def test_every_page_of_the_demo_has_its_twin_and_every_link_leads_somewhere(demo_site: str) -> None:
    broken: set[tuple[str, str, int]] = set()
    seen = set()
    for path in pages(demo_site):
        html = answer(demo_site + path).decode()
        for link in set(re.findall(r'<a[^>]* href="(/[^"#]*)', html)) - seen:
            seen.add(link)
            try:
                answer(demo_site + link.replace("&amp;", "&"))
            except HTTPError as refusal:
                broken.add((path, link, refusal.code))
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
            html = answer(demo_site + path).decode()
            switch = re.findall(r'class="lang" href="([^"]+)"', html)[0].replace("&amp;", "&")
            ours = section_ids(html)
            theirs = section_ids(answer(demo_site + switch).decode())
            seen += len(ours)
            # What is offered in both languages starts with the reader's: the order may differ.
            if set(ours) != set(theirs) or len(set(ours)) < len(ours):
                differing[path] = ours, theirs
    assert seen > 100
    assert differing == {}
