"""The search page of both languages."""

import re
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils.translation import override

from home.models import PositionPage
from search.views import search
from tests.search.bad_inputs import BAD_INPUTS

pytestmark = pytest.mark.django_db

EN, CY = "/en/search/", "/cy/chwilio/"


def test_each_language_has_its_own_address():
    for language, address in (("en", EN), ("cy", CY)):
        with override(language):
            assert reverse("search") == address


@pytest.mark.parametrize(
    ("asked", "right"), [("/cy/search/?q=a&page=2", f"{CY}?q=a&page=2"), ("/en/chwilio/", EN)]
)
def test_the_slug_of_the_other_language_leads_to_the_right_one(client, asked, right):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (302, right)


@pytest.mark.parametrize("address", [EN, CY])
def test_the_page_without_words_shows_the_form_and_sets_no_cookie(client, site_trees, address):
    response = client.get(address)
    assert response.status_code == 200
    assert 'role="search"' in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "noindex" in response.content.decode()
    assert not response.cookies


def test_found_words_are_marked_and_counted(client, make_pair):
    make_pair("Sanctuary", "Noddfa", summary="Lle o groeso & noddfa")
    html = client.get(CY, {"q": "noddfa"}).content.decode()
    assert "Lle o groeso &amp; <mark>noddfa</mark>" in html
    assert 'href="/cy/noddfa/"' in html
    assert re.search(r"<title>[^<]*“noddfa”", html)


def test_pages_of_the_other_language_carry_its_lang(client, make_page):
    make_page("en", "Noddfa house")
    html = client.get(CY, {"q": "noddfa"}).content.decode()
    assert 'role="list" lang="en"' in html
    assert 'href="/en/noddfa-house/" hreflang="en"' in html


def test_the_switch_keeps_the_words_but_not_the_page(client, site_trees):
    html = client.get(CY, {"q": "t", "page": "3", "kind": "pages"}).content.decode()
    assert f'href="{EN}?q=t&amp;kind=pages"' in html


def test_what_was_typed_is_shown_again_without_becoming_markup(client, site_trees):
    html = client.get(EN, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_a_failing_engine_is_an_answer_with_ways_on(client, site_trees, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("search.results._search", refuse)
    response = client.get(EN, {"q": "noddfa"})
    assert response.status_code == 200
    html = response.content.decode()
    assert "Search is not working at the moment." in html
    assert 'href="/en/stories/"' in html


@pytest.mark.parametrize("text", BAD_INPUTS, ids=range(len(BAD_INPUTS)))
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_view_answers_every_bad_input_by_itself(rf, site_trees, language, text):
    text = text.encode(errors="replace").decode()
    with override(language):
        address = reverse("search")
        request = rf.get(address, {"q": text, "kind": text, "page": text, text[:50]: text})
        assert search(request).status_code == 200


@pytest.mark.parametrize("text", BAD_INPUTS, ids=range(len(BAD_INPUTS)))
def test_a_bad_input_is_refused_at_the_door_or_answered(client, site_trees, text):
    query = urlencode({"q": text}, errors="surrogatepass")
    status = client.get(f"{CY}?{query}").status_code
    meaningless = "\x00" in text or "\ud800" in text or "\udfff" in text
    assert status == (400 if meaningless or len(query) > 8000 else 200)


def test_a_warm_search_costs_at_most_12_queries_in_both_languages(
    client, make_pair, make_page, django_assert_max_num_queries
):
    make_pair("Noddfa sanctuary", "Noddfa", summary="Croeso")
    make_pair("Noddfa speech", "Araith noddfa", model=PositionPage)
    make_page("en", "Noddfa only in English")
    make_page("cy", "Noddfa yn Gymraeg yn unig", model=PositionPage)
    for address in (EN, CY):
        client.get(address, {"q": "noddfa"})
        with django_assert_max_num_queries(12):
            html = client.get(address, {"q": "noddfa"}).content.decode()
        assert html.count('class="hit ') == 4
        assert 'href="#other"' in html


def test_only_reading_is_allowed(client):
    assert client.post(EN, {"q": "a"}).status_code == 405
    assert client.head(EN).status_code == 200
