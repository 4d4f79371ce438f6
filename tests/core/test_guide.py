"""The editors' guide is a page of the admin in each language."""

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from accounts.models import User
from core import guide

pytestmark = pytest.mark.django_db
HEADINGS = {"en": "Guide for editors", "cy": "Canllaw i olygyddion"}


@pytest.fixture(params=["en", "cy"])
def reader(client: Client, request: pytest.FixtureRequest) -> tuple[Client, str]:
    user = User.objects.create_superuser("a@example.org", "x")
    UserProfile.objects.create(user=user, preferred_language=request.param)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, request.param


def test_the_help_menu_leads_to_the_guide_in_the_editors_language(
    reader: tuple[Client, str],
) -> None:
    client, language = reader
    assert "/admin/guide/" in client.get("/admin/").content.decode()
    answer = client.get("/admin/guide/")
    assert answer["Location"] == f"/admin/guide/{language}/"
    page = client.get(answer["Location"]).content.decode()
    assert f"<h1>{HEADINGS[language]}</h1>" in page
    assert f'lang="{language}"' in page


def test_each_guide_leads_to_the_other_and_its_pictures_are_there(
    reader: tuple[Client, str],
) -> None:
    client, language = reader
    other = "cy" if language == "en" else "en"
    html = guide.guide_in(language)
    assert f'href="/admin/guide/{other}/"' in html
    pictures = [part.split('"')[0] for part in html.split('src="')[1:]]
    assert len(pictures) >= 3
    for address in pictures:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
        assert len(b"".join(answer.streaming_content)) < 60_000


@pytest.mark.parametrize("path", ["de/", "en/pictures/..%2fREADME.md", "en/pictures/none.webp"])
def test_nothing_else_of_the_folder_is_given_out(reader: tuple[Client, str], path: str) -> None:
    assert reader[0].get(f"/admin/guide/{path}").status_code in (301, 302, 404)


def test_a_stranger_does_not_read_the_guide(client: Client) -> None:
    assert client.get("/admin/guide/en/").status_code == 302


def test_both_guides_have_the_same_chapters_and_pictures() -> None:
    shapes = [
        [guide.guide_in(language).count(tag) for tag in ("<h2>", "<img", "<table>", "<tr>")]
        for language in guide.LANGUAGES
    ]
    assert shapes[0] == shapes[1]
