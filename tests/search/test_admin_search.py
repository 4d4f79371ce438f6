"""Editors find pages as readers do, drafts included, whatever they type."""

import pytest
from django.urls import reverse
from django.utils import timezone

from search.models import SearchInVain

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser(email="golygydd@example.org", password="x")
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "asked", ["geiswyr", "ceisiwr lloches", "refuges", "noddf", "NODDFEYDD", "Ngheis"]
)
def test_the_admin_finds_every_form_and_every_beginning(editor, make_pair, asked):
    _english, welsh = make_pair("Refuge", "Noddfa ceiswyr", summary="lloches")
    addresses = (
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_explore", args=[welsh.get_parent().pk]),
        reverse("wagtailadmin_choose_page_search"),
    )
    for address in addresses:
        html = editor.get(address, {"q": asked}).content.decode()
        assert "Noddfa ceiswyr" in html, address


@pytest.mark.parametrize(
    "asked", ['"', "'", '"croeso', "*:*", "a" * 10_000, "gair " * 300, "😀", "(" * 300, "live:yes"]
)
def test_nothing_that_is_typed_makes_the_admin_fail(editor, make_page, asked):
    make_page("cy", "Noddfa")
    for address in (
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_choose_page_search"),
    ):
        assert editor.get(address, {"q": asked[:7000]}).status_code == 200


def test_an_order_and_a_type_are_kept(editor, make_page):
    for title in ("Noddfa bae", "Noddfa afon"):
        make_page("cy", title)
    address = reverse("wagtailadmin_pages:search")
    html = editor.get(address, {"q": "noddfa", "ordering": "title"}).content.decode()
    assert html.index("Noddfa afon") < html.index("Noddfa bae")


def test_editors_see_in_both_languages_what_was_asked_in_vain(editor, client):
    for words, times in (("benthyg beic", 7), ("enw rhywun", 4)):
        SearchInVain.objects.create(
            day=timezone.localdate(), language="cy", words=words, times=times
        )
    html = editor.get(reverse("search_in_vain")).content.decode()
    assert "benthyg beic" in html
    assert "enw rhywun" not in html
    path = html.split('aria-label="Breadcrumb"')[1].split("</nav>")[0]
    assert "Searches without result" in path  # its last part is the heading that is seen
    client.logout()
    assert client.get(reverse("search_in_vain")).status_code == 302
