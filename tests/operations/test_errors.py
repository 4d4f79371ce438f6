"""Answers that are no page: both languages, the design, the way to the same in the other one."""

import pytest
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import Client, RequestFactory

from operations import errors

WHOLE = (errors.permission_denied, errors.page_not_found, errors.gone)
STATUS = {errors.permission_denied: 403, errors.page_not_found: 404, errors.gone: 410}


def request_for(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.resolver_match = None
    return request


@pytest.mark.parametrize("view", WHOLE)
@pytest.mark.parametrize(("path", "other"), [("/cy/x/?a=1", "/en/x/?a=1"), ("/en/x/", "/cy/x/")])
def test_a_refusal_has_menus_both_languages_and_the_switch_to_the_same_address(
    db, view, path, other
):
    answer = view(request_for(path))
    page = answer.content.decode()
    first, second = (path[1:3], other[1:3])
    assert answer.status_code == STATUS[view]
    assert f'<html lang="{first}"' in page and f'<section lang="{second}"' in page
    assert f'href="{other}"' in page.replace("&amp;", "&")
    assert 'class="menu"' in page and page.count("<h1") == 1
    for language in errors.HOME:
        assert errors.WORDS[answer.status_code][language][0] in page


@pytest.mark.parametrize("view", [errors.bad_request, errors.server_error])
@pytest.mark.parametrize(("path", "switch"), [("/cy/x/", "/en/x/"), ("/en/x/", "/cy/x/")])
def test_an_error_asks_no_database_and_still_has_the_switch(view, path, switch):
    """Without the `db` fixture any query fails."""
    page = view(request_for(path)).content.decode()
    assert f'href="{switch}" lang="{switch[1:3]}"' in page
    assert 'lang="cy"' in page and 'lang="en"' in page and page.count("<h1") == 1


def test_an_error_outside_both_trees_offers_both_homes():
    page = errors.server_error(request_for("/documents/1/x.pdf")).content.decode()
    assert 'href="/cy/"' in page and 'href="/en/"' in page and 'rel="alternate"' not in page


def test_a_missing_page_is_told_even_when_the_menus_cannot_be_read(db, monkeypatch):
    def away(*_args, **_kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr("core.furniture.navigation.children_of_home", away)
    answer = errors.page_not_found(request_for("/cy/x/"))
    assert answer.status_code == 404 and errors.WORDS[404]["cy"][0] in answer.content.decode()


def test_an_error_page_that_fails_itself_is_sent_in_both_languages(monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("no templates")

    monkeypatch.setattr(errors, "render_to_string", broken)
    page = errors.server_error(request_for("/en/x/")).content.decode()
    assert 'href="/cy/"' in page and 'href="/en/"' in page and errors.WORDS[500]["cy"][0] in page


def test_an_address_cannot_plant_markup_in_the_switch(db):
    page = Client().get('/en/x"><script>alert(1)</script>/').content.decode()
    assert "<script>alert" not in page
    plain = errors.bad_request(request_for('/en/x"><b>/')).content.decode()
    assert '"><b>' not in plain
