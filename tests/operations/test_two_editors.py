"""Two people press Save at once, on the database of production: nobody gets an error page."""

import json
from typing import Any

import pytest

from tests.operations.test_downloads import python

pytestmark = pytest.mark.django_db  # so that it runs on both databases

# Each thread waits, where it has found its address free, for the other one to find the same: a
# second at most, since with the section held by the first one the second cannot come so far.
AT_ONCE = """
import json, threading, uuid
from unittest import mock
from django.db import connections
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile
from accounts.models import User
from bilingual import pairs
from home.models import HomePage, StandardPage
from tests.bilingual.test_composer import filled
from tests.bilingual.test_ways_to_the_public import editor_form

browsers = []
for language in ("en", "cy"):
    user = User.objects.create_superuser(f"{language}@example.org", "x")
    UserProfile.objects.create(user=user, preferred_language=language)
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    browsers.append(browser)

home = HomePage.objects.get(locale__language_code="en")

def at_once(addresses, asks, slugs, *forms):
    both, here, answers = threading.Barrier(2), threading.local(), []
    ask = getattr(*asks)

    def meet(*asked):
        found = ask(*asked)
        if not hasattr(here, "met"):
            here.met = True
            try:
                both.wait(1)
            except threading.BrokenBarrierError:
                pass
        return found

    def press(browser, address, form):
        try:
            answer = browser.post(address, form)
            html = answer.content.decode()
            answers.append((answer.status_code, answer.get("Location", ""), html))
        finally:
            connections.close_all()

    with mock.patch.object(*asks, staticmethod(meet) if asks[0] is Page else meet):
        presses = zip(browsers, addresses, forms)
        threads = [threading.Thread(target=press, args=one) for one in presses]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    pages = Page.objects.filter(slug__in=slugs).order_by("slug")
    return sorted(answers), list(pages.values_list("slug", flat=True))

new = ["home", "standardpage", home.pk]
add = [reverse("wagtailadmin_pages:add", args=new)] * 2
compose = [reverse("compose_new_pair", args=new)] * 2
is_free, free = (Page, "_slug_is_available"), (pairs, "free_slug")
stock = editor_form(title="Two at once", slug="two-at-once", summary="What both wrote")
ours = [filled("save", key=str(uuid.uuid4())) for browser in browsers]
once = filled("save", key=str(uuid.uuid4()), **{"en-title": "Once", "cy-title": "Unwaith"})
slugs = ["a-place-to-sleep", "a-place-to-sleep-2", "lle-i-gysgu", "lle-i-gysgu-2"]
named = {"en-title": "Renamed", "cy-title": "Ailenwyd", "en-slug": "", "cy-slug": ""}
drafts = [
    pairs.create_pair(home, StandardPage(title=title), StandardPage(title=title))
    for title in ("First", "Second")
]
renamed = [filled("save", pair, **named) for pair in drafts]
theirs = [reverse("compose_pair", args=[pair.en.translation_key]) for pair in drafts]
print(json.dumps({
    "stock": at_once(add, is_free, ["two-at-once"], stock, stock),
    "one title": at_once(compose, free, slugs, *ours),
    "one form": at_once(compose, free, ["once", "once-2", "unwaith"], once, once),
    "one new title": at_once(
        theirs, free, ["renamed", "renamed-2", "ailenwyd", "ailenwyd-2"], *renamed
    ),
}))
"""
Answers = tuple[list[tuple[int, str, str]], list[str]]


@pytest.fixture(scope="module")
def found(production_environment: dict[str, str]) -> dict[str, Answers]:
    """By the kind of press: what both were answered, and the addresses that there are then."""
    environment = {**production_environment, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    answers: dict[str, Any] = json.loads(python(environment, AT_ONCE))
    return answers


def test_the_second_of_two_new_pages_with_one_address_comes_back_as_a_form(
    found: dict[str, Answers],
) -> None:
    answers, slugs = found["stock"]
    assert [status for status, _address, _html in answers] == [200, 302]
    form = answers[0][2]
    assert "What both wrote" in form
    assert "already in use" in form or "eisoes yn cael ei ddefnyddio" in form
    assert slugs == ["two-at-once", "two-at-once"]  # the page and its twin


def test_two_new_pairs_with_one_title_get_two_addresses_in_each_language(
    found: dict[str, Answers],
) -> None:
    answers, slugs = found["one title"]
    assert [status for status, _address, _html in answers] == [302, 302]
    assert slugs == ["a-place-to-sleep", "a-place-to-sleep-2", "lle-i-gysgu", "lle-i-gysgu-2"]


def test_the_same_form_sent_twice_at_once_makes_one_pair_and_leads_to_it(
    found: dict[str, Answers],
) -> None:
    answers, slugs = found["one form"]
    assert [status for status, _address, _html in answers] == [302, 302]
    assert answers[0][1] == answers[1][1]
    assert slugs == ["once", "unwaith"]


def test_two_drafts_renamed_to_one_title_get_two_addresses_in_each_language(
    found: dict[str, Answers],
) -> None:
    answers, slugs = found["one new title"]
    assert [status for status, _address, _html in answers] == [302, 302]
    assert slugs == ["ailenwyd", "ailenwyd-2", "renamed", "renamed-2"]
