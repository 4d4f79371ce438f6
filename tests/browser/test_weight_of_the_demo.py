"""Real content keeps the budgets too, in both languages alike."""

import gzip
import re

import pytest

from tests.browser.answers import addresses, answer

pytestmark = pytest.mark.xdist_group("answers")
FURTHER_PAGE_BYTES = 8 * 1024


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
