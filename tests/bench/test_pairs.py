"""What publishing a pair costs beside two stock publications in the same run."""

from statistics import median
from time import perf_counter
from typing import Any

import pytest
from wagtail.models import Page

from bilingual import door, pairs
from home.models import StandardPage
from tests.bilingual.conftest import new_page

TIMES = 30
MOST = 1.5


def _body(language: str) -> str:
    text = "Nobody sleeps outside tonight." if language == "en" else "Nid oes neb y tu allan heno."
    blocks = ", ".join(f'{{"type": "paragraph", "value": "<p>{text}</p>"}}' for _ in range(20))
    return f"[{blocks}]"


@pytest.mark.slow
@pytest.mark.django_db
def test_a_pair_is_published_in_the_time_of_two_stock_pages(
    site_trees: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made = pairs.create_pair(
        site_trees["en"],
        new_page("A page", body=_body("en")),
        new_page("Tudalen", "cy", body=_body("cy")),
        publish=True,
    )
    stock, ours = [], []
    for number in range(TIMES):
        for page in made:
            draft = StandardPage.objects.get(pk=page.pk)
            draft.summary = f"{page.summary} {number}"
            draft.save_revision()
        start = perf_counter()
        with django_capture_on_commit_callbacks(execute=True), door.opened():
            for page in made:
                Page.objects.get(pk=page.pk).specific.get_latest_revision().publish()
        stock.append(perf_counter() - start)
        for page in made:
            draft = StandardPage.objects.get(pk=page.pk)
            draft.summary = f"{page.summary} {number}!"
            draft.save_revision()
        start = perf_counter()
        with django_capture_on_commit_callbacks(execute=True):
            pairs.publish_pair(StandardPage.objects.get(pk=made.en.pk))
        ours.append(perf_counter() - start)
    # Of each round by itself: what else the machine does weighs on both of its halves.
    ratio = median(pair / two for pair, two in zip(ours, stock, strict=True))
    print(f"publishing a pair: {ratio:.2f} times two stock publications (at most {MOST})")
    assert ratio <= MOST
