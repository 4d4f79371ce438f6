"""The whole fallback table, through the front door."""

import pytest
from wagtail.models import Page

from bilingual import door, pairs
from bilingual.models import localise, path_in
from home.models import StandardPage
from tests.bilingual.conftest import new_page


def unpublish_one(page: Page) -> None:
    """One language alone: no route of the site does this; routing must answer all the same."""
    page = StandardPage.objects.get(pk=page.pk)
    page.live = False
    page.live_revision = None
    with door.opened():
        page.save()


@pytest.fixture
def section(homes):
    """/en/facts-section/ and /cy/adran-ffeithiau/ with the pair inside."""
    pair = pairs.create_pair(
        homes["en"], new_page("Facts section"), new_page("Adran ffeithiau", "cy"), publish=True
    )
    inside = pairs.create_pair(pair.en, new_page("Too small"), new_page("Rhy fach", "cy"))
    return pair, pairs.publish_pair(inside.en)


@pytest.fixture
def english_only(section):
    unpublish_one(section[1].cy)
    return section


@pytest.fixture
def welsh_only(section):
    unpublish_one(section[1].en)
    return section


def text_of(answer):
    return answer.content.decode()


def test_a_live_pair_answers_each_at_its_own_address(client, section) -> None:
    for address in ("/en/facts-section/too-small/", "/cy/adran-ffeithiau/rhy-fach/"):
        assert client.get(address).status_code == 200


def test_english_text_is_shown_under_the_welsh_interface(client, english_only) -> None:
    answer = client.get("/cy/adran-ffeithiau/too-small/")
    assert answer.status_code == 200
    assert answer.wsgi_request.content_language == "en"
    assert '<html lang="cy"' in text_of(answer)
    assert 'lang="en"' in text_of(answer)
    assert "Too small" in text_of(answer)


def test_welsh_text_is_shown_under_the_english_interface(client, welsh_only) -> None:
    answer = client.get("/en/facts-section/rhy-fach/")
    assert answer.status_code == 200
    assert answer.wsgi_request.content_language == "cy"
    assert '<html lang="en"' in text_of(answer)


def test_a_welsh_draft_is_never_shown_and_an_english_correction_shows_at_once(
    client, english_only
) -> None:
    pair = english_only[1]
    draft = pairs.latest_draft(pair.cy)
    draft.title = "Cyfrinach"
    draft.save_revision()
    page = StandardPage.objects.get(pk=pair.en.pk)
    page.title = "Corrected today"
    page.save()
    answer = client.get("/cy/adran-ffeithiau/too-small/")
    assert "Cyfrinach" not in text_of(answer)
    assert "Corrected today" in text_of(answer)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/cy/adran-ffeithiau/too-small/", "/cy/adran-ffeithiau/rhy-fach/"),
        ("/cy/facts-section/too-small/", "/cy/adran-ffeithiau/rhy-fach/"),
        ("/cy/facts-section/", "/cy/adran-ffeithiau/"),
        ("/en/adran-ffeithiau/rhy-fach/", "/en/facts-section/too-small/"),
        ("/en/adran-ffeithiau/", "/en/facts-section/"),
    ],
)
def test_an_address_of_the_other_language_leads_to_the_own_one(
    client, section, asked: str, answered: str
) -> None:
    answer = client.get(f"{asked}?q=t%C5%B7&page=2")
    assert (answer.status_code, answer["Location"]) == (302, f"{answered}?q=t%C5%B7&page=2")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/cy/adran-ffeithiau/rhy-fach/", "/cy/adran-ffeithiau/too-small/"),
        ("/cy/facts-section/too-small/", "/cy/adran-ffeithiau/too-small/"),
    ],
)
def test_without_welsh_the_reader_stays_in_the_welsh_tree(
    client, english_only, asked: str, answered: str
) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (302, answered)


def test_without_english_the_reader_stays_in_the_english_tree(client, welsh_only) -> None:
    answer = client.get("/en/adran-ffeithiau/rhy-fach/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/facts-section/rhy-fach/")


def test_neither_language_live_or_an_unknown_slug_is_not_found(client, section) -> None:
    pairs.unpublish_pair(section[1].en)
    for address in (
        "/cy/adran-ffeithiau/rhy-fach/",
        "/en/facts-section/too-small/",
        "/cy/adran-ffeithiau/dim-byd/",
        "/en/nothing/at/all/",
    ):
        assert client.get(address).status_code == 404, address


def test_an_unpublished_section_does_not_hide_the_pages_below(client, section) -> None:
    pairs.unpublish_pair(section[0].en)
    assert client.get("/cy/adran-ffeithiau/rhy-fach/").status_code == 200


def test_path_in_gives_twin_own_and_fallback_addresses(english_only) -> None:
    section, pair = english_only
    english = StandardPage.objects.get(pk=pair.en.pk)
    assert path_in(english, "en") == "/en/facts-section/too-small/"
    assert path_in(english, "cy") == "/cy/adran-ffeithiau/too-small/"
    assert path_in(section.en, "cy") == "/cy/adran-ffeithiau/"


def test_path_in_goes_up_to_the_first_ancestor_with_a_live_twin(client, english_only) -> None:
    section, pair = english_only
    unpublish_one(section.cy)
    assert path_in(pair.en, "cy") == "/cy/facts-section/too-small/"
    assert client.get("/cy/facts-section/too-small/").status_code == 200


def test_lists_are_localised_in_bulk_and_keep_their_order(
    section, english_only, django_assert_max_num_queries
) -> None:
    both, alone = section
    with django_assert_max_num_queries(3):
        found = localise([alone.en, both.en], "cy")
    assert [page.title for page in found] == ["Too small", "Adran ffeithiau"]
    assert type(found[1]) is StandardPage
