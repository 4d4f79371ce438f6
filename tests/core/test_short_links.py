"""Short links on paper lead to both languages for as long as the page is public."""

import re
import uuid

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bilingual import pairs
from core.short_links import code_of, keys_behind, short_path
from home.models import StandardPage
from tests.factories.pairs import make_pair


@given(st.uuids())
def test_a_code_leads_back_to_its_key_however_it_is_typed(key: uuid.UUID) -> None:
    code = code_of(key)
    assert len(code) == 10
    for typed in (code, code.upper(), code.replace("0", "O").replace("1", "l")):
        least, greatest = keys_behind(typed)
        assert least <= key <= greatest


@pytest.mark.django_db
def test_one_code_shows_both_languages_side_by_side_and_sets_no_cookie(client: Client) -> None:
    english, welsh = make_pair(StandardPage)
    assert short_path(english.translation_key) == short_path(welsh.translation_key)
    answer = client.get(short_path(english.translation_key))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert page.index(welsh.url) < page.index(english.url)
    assert re.search(rf'<section class="face" lang="cy">.*?{re.escape(welsh.title)}', page, re.S)
    assert re.search(rf'<section class="face" lang="en">.*?{re.escape(english.title)}', page, re.S)
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
def test_the_code_stays_when_the_address_changes_and_is_gone_when_withdrawn(client: Client) -> None:
    english, _welsh = make_pair(StandardPage)
    path = short_path(english.translation_key)
    english.slug = "another-address"
    english.save_revision()
    pairs.publish_pair(english)
    assert "/en/another-address/" in client.get(path).content.decode()
    pairs.unpublish_pair(english)
    gone = client.get(path)
    assert gone.status_code == 410
    assert english.title not in gone.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["0000000000", "abc", "u" * 10, "a" * 300, "%00", "ŵŷ"])
def test_a_code_that_was_never_printed_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/s/{code}", follow=True).status_code in {400, 404}


@pytest.mark.django_db
def test_a_draft_that_was_never_public_is_not_given_away(client: Client) -> None:
    english, _welsh = make_pair(StandardPage, publish=False)
    assert client.get(short_path(english.translation_key), follow=True).status_code == 404
