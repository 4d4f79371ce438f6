"""Input without meaning is refused in both languages before any view sees it."""

import pytest

from accounts.models import User

BAD_QUERIES = [
    "q=%00", "q=a%00b", "q=%ff%fe", "q=%c3%28", "q=%ed%a0%80", "%00=1",
    "&".join(["a=1"] * 900), "q=" + "a" * 9000,
]  # fmt: skip


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_query_that_is_no_text_is_refused_in_both_languages(client, db, query):
    answer = client.get(f"/en/search/?{query}")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "We cannot read this address" in page
    assert "Ni allwn ddarllen y cyfeiriad hwn" in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize("path", ["/en/%00/", "/en/%ff/", "/cy/%c3%28/"])
def test_a_path_that_is_no_text_is_refused(client, db, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("body", [b"a=%00", b"a=\x00", b"a=%ff", b"\xff\xfe"])
def test_a_form_that_is_no_text_is_refused(client, db, body):
    answer = client.post("/-/csp", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["q=ŵŷ", "q=%F0%9F%A7%B5", "q=100%25", 'q="a"', "q="])
def test_what_people_type_passes(client, db, query):
    assert client.get(f"/cy/chwilio/?{query}").status_code == 200


@pytest.mark.parametrize("word", ['"', '"""', "a" * 5000, "gair " * 300, "'", "(" * 300])
@pytest.mark.parametrize("field", ["/admin/pages/?q=", "/admin/tag-autocomplete/?term="])
def test_the_search_fields_of_the_admin_hold(client, db, word, field):
    client.force_login(
        User.objects.create_superuser("a@example.org", "x"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert client.get(f"{field}{word}").status_code in {200, 404}
