"""How a page looks in a message or a network, and how a reader tells us about it."""

import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image as Pillow

from bilingual.switch import absolute
from files.renditions import SHARE_SIZE
from home.models import ContactMessage, StandardPage
from tests.case_studies.test_cover import hills
from tests.factories.pairs import make_pair
from tests.home.test_contact import answers

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "cy")


def metadata(html: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html)
    return dict(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_a_picture_is_shared_with_the_house_card(
    client: Client, language: str
) -> None:
    page = make_pair(StandardPage)[LANGUAGES.index(language)]
    said = metadata(client.get(page.url).content.decode())
    assert said["og:image"].endswith("cards/house.png")
    assert said["og:image"].startswith(absolute("/"))
    assert said["twitter:card"] == "summary_large_image"
    assert said["og:locale"] == f"{language}_GB"
    assert said["og:description"] == page.summary
    card = Pillow.open(str(finders.find("cards/house.png")))
    assert card.size == SHARE_SIZE


def test_a_page_with_a_picture_is_shared_with_it_made_at_publish(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pair = make_pair(StandardPage, image=hills())
    for page, alt in zip(pair, ("Hills in mist.", "Bryniau mewn niwl."), strict=True):
        said = metadata(client.get(page.url).content.decode())
        assert said["og:image"].endswith(".jpg")
        assert said["og:image:alt"] == alt


def test_the_text_for_sharing_replaces_the_summary(client: Client) -> None:
    english, _welsh = make_pair(StandardPage, social_text="Come and see")
    assert metadata(client.get(english.url).content.decode())["og:description"] == "Come and see"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_offers_to_tell_us_about_it_and_the_form_knows_which(
    client: Client, language: str
) -> None:
    page = make_pair(StandardPage)[LANGUAGES.index(language)]
    html = client.get(page.url).content.decode()
    link = re.search(r'href="(/(?:en/contact|cy/cysylltu)/\?about=[^"]+)" rel="nofollow"', html)
    assert link, "no way to tell us"
    assert link[1].startswith(f"/{language}/")
    form = client.get(link[1])
    assert f'<a href="{page.url}">' in form.content.decode()
    assert not form.cookies
    client.post(link[1].split("?")[0], answers(about=page.url, language=language))
    assert ContactMessage.objects.get().about == page.url


@pytest.mark.parametrize(
    "planted", ["https://evil.example/", "//evil.example/", "/en/<b>/", "javascript:x", "/en/" * 99]
)
def test_an_address_that_is_no_page_of_ours_is_dropped(client: Client, planted: str) -> None:
    html = client.get("/en/contact/", {"about": planted}).content.decode()
    assert "You are writing about this page" not in html
    client.post("/en/contact/", answers(about=planted))
    assert not ContactMessage.objects.exclude(about="").exists()
