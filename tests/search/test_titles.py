"""Suggestions as somebody types: live titles, in every mutation, never in anybody's way."""

import pytest
from django.db import OperationalError
from wagtail.models import Page, PageViewRestriction

from bilingual import door
from search import titles, views
from tests.search.bad_inputs import BAD_INPUTS
from tests.welsh.test_words import PLACES
from welsh.mutations import mutated_forms

pytestmark = pytest.mark.django_db
EN, CY = "/en/search/suggestions/", "/cy/chwilio/awgrymiadau/"


def suggested(client, typed, address=CY):
    answer = client.get(address, {"q": typed})
    assert answer.status_code == 200
    return [title["title"] for title in answer.json()["titles"]]


@pytest.mark.parametrize("typed", ["Noddf", "noddfa yng Ngh", "gaerd", "nghaerdydd", "NODDFA cha"])
def test_a_title_is_suggested_by_any_beginning_of_any_form_of_its_words(client, make_pair, typed):
    make_pair("Sanctuary in Cardiff", "Noddfa yng Nghaerdydd")
    assert suggested(client, typed) == ["Noddfa yng Nghaerdydd"]


def test_each_language_suggests_its_own_titles_and_says_their_number(client, make_pair):
    make_pair("Noddfa house", "Tŷ noddfa")
    assert suggested(client, "noddf", EN) == ["Noddfa house"]
    answer = client.get(CY, {"q": "ty"}).json()
    assert answer["titles"] == [{"title": "Tŷ noddfa", "url": "/cy/ty-noddfa/"}]
    assert answer["said"] == "Mae 1 teitl tudalen yn dechrau fel hyn"


def test_titles_that_begin_so_come_first(client, make_page):
    make_page("cy", "Noddfa")
    for number in range(8):
        make_page("cy", f"Hen noddfa {number}")
    found = suggested(client, "nod")
    assert len(found) == titles.MOST_SHOWN
    assert found[0] == "Noddfa"


def test_places_are_suggested_by_mutated_and_unaccented_beginnings(client, make_page, monkeypatch):
    monkeypatch.setattr(views, "SUGGESTIONS_A_MINUTE", 10**9)
    tried = found = 0
    for name in PLACES[::12]:
        make_page("cy", name)
        for form in (name.lower(), *mutated_forms(name.lower())):
            tried += 1
            found += name in suggested(client, form[: max(4, len(form) - 2)])
    print(f"\nsuggested by mutated beginnings: {100 * found / tried:.1f} %")
    assert found >= 0.94 * tried


def test_a_page_withdrawn_a_moment_ago_is_not_suggested(client, make_page):
    page = make_page("cy", "Noddfa gudd")
    assert suggested(client, "nodd") == ["Noddfa gudd"]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert suggested(client, "nodd") == []
    restriction.delete()
    with door.opened():
        Page.objects.filter(pk=page.pk).update(live=False)
    assert suggested(client, "nodd") == []


def test_what_was_asked_a_moment_ago_asks_no_engine(client, make_page, monkeypatch):
    make_page("cy", "Noddfa")
    suggested(client, "nodd")
    monkeypatch.setattr(titles, "get_search_backend", None)
    assert suggested(client, "Nodd ") == ["Noddfa"]


def test_a_failing_engine_suggests_nothing(client, site_trees, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(titles, "_ids_of", refuse)
    assert suggested(client, "nodd") == []


def test_asking_is_limited_keeps_no_cookie_and_is_for_reading_alone(
    client, site_trees, monkeypatch
):
    answer = client.get(EN, {"q": "sanct"})
    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == ("noindex", "private, max-age=60")
    assert not answer.cookies
    assert client.post(EN).status_code == 405
    monkeypatch.setattr(views, "SUGGESTIONS_A_MINUTE", 1)
    answer = client.get(EN, {"q": "sanct"})
    assert (answer.status_code, answer.json()["titles"]) == (429, [])


def test_no_bad_input_makes_it_fail(rf, site_trees, monkeypatch):
    monkeypatch.setattr(views, "SUGGESTIONS_A_MINUTE", 10**9)
    for text in BAD_INPUTS:
        request = rf.get(EN, {"q": text.encode(errors="replace").decode()})
        assert views.suggestions(request).status_code == 200, text[:40]
