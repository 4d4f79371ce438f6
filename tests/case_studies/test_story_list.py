"""The list of stories: filters narrow, chips take them off, every page is reached."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from case_studies.listing import PAGE_SIZE
from case_studies.models import CaseStudyPage
from core.models import PageTerm, Term
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
LISTS = ("/en/stories/", "/cy/straeon/")


def about(topic: str) -> tuple[CaseStudyPage, CaseStudyPage]:
    pair = make_pair(CaseStudyPage)
    term = Term.objects.get(kind="topic", key=topic)
    for page in pair:
        PageTerm.objects.create(page=page, term=term)
    return pair


@pytest.mark.parametrize("address", LISTS)
def test_a_tick_of_the_form_narrows_the_list_and_its_chip_takes_it_off(
    client: Client, address: str
) -> None:
    side = LISTS.index(address)
    wanted, other = about("schools")[side], about("online-hate")[side]
    html = client.get(address).content.decode()
    assert 'name="topic" value="schools"' in " ".join(html.split())
    narrowed = client.get(f"{address}?topic=schools").content.decode()
    assert wanted.title in narrowed
    assert other.title not in narrowed
    chip = re.search(r'class="chip chip--on" href="([^"]+)"', narrowed)
    assert chip
    assert other.title in client.get(address + chip[1]).content.decode()


def test_two_ticks_of_one_filter_mean_or_and_an_unknown_value_is_left_out(client: Client) -> None:
    schools, hate = about("schools")[0], about("online-hate")[0]
    html = client.get("/en/stories/?topic=schools&topic=online-hate&topic=nothing").content.decode()
    assert schools.title in html
    assert hate.title in html


def test_no_match_says_what_to_do(client: Client) -> None:
    about("schools")
    html = client.get("/cy/straeon/?topic=schools&area=powys").content.decode()
    assert "Nid oes stori sy’n cyfateb" in html


def test_every_story_is_reached_through_the_pager(client: Client) -> None:
    titles = {make_pair(CaseStudyPage)[1].title for _ in range(PAGE_SIZE + 1)}
    seen, address = "", "/cy/straeon/"
    for _ in range(3):
        html = client.get(address).content.decode()
        seen += html
        onward = re.search(r'href="(\?[^"]*)" rel="next"', html)
        if onward is None:
            break
        address = "/cy/straeon/" + onward[1]
    assert not [title for title in titles if title not in seen]


@pytest.mark.parametrize("address", LISTS)
def test_the_feed_names_new_stories_in_its_language(client: Client, address: str) -> None:
    pair = make_pair(CaseStudyPage)
    response = client.get(f"{address}atom/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)
    assert pair[LISTS.index(address)].title in [
        title.text for title in feed.iter("{http://www.w3.org/2005/Atom}title")
    ]
    assert f'href="{address}atom/"' in client.get(address).content.decode()
