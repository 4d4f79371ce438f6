"""A download is whole or in parts, named in its own letters, private where asked, counted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Collection, CollectionViewRestriction

from files import counting
from files.counting import downloads_of
from files.documents import store
from files.downloads import (
    Unsatisfiable,
    asked_part,
    disposition,
    download_name,
    is_robot,
)
from files.models import Document, DownloadCount

CONTENT = bytes(range(65, 91)) * 4  # 104 bytes
PERSON = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}


@pytest.fixture
def document(db: Any) -> Document:
    return store("a.txt", CONTENT, title="Cerdyn carreg y drws: tŷ", language="cy")


@pytest.fixture
def get(client: Any, document: Document) -> Callable[..., Any]:
    def ask(**headers: str) -> Any:
        names = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        return client.get(document.url, **PERSON | names)

    return ask


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def counted() -> int:
    return sum(DownloadCount.objects.values_list("count", flat=True))


def test_a_file_comes_whole_with_everything_a_reader_and_a_cache_need(
    get: Any, document: Document, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        response = get()
    assert (response.status_code, body(response)) == (200, CONTENT)
    headers = response.headers
    assert headers["Content-Length"] == "104"
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Content-Language"] == "cy"
    assert headers["ETag"] == f'"{document.checksum}"'
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Cache-Control"] == "public, max-age=60"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Last-Modified" in headers
    assert "Cookie" not in headers.get("Vary", "")
    assert not response.cookies
    assert headers["Content-Disposition"] == (
        'attachment; filename="Cerdyn carreg y drws ty (Cymraeg).txt"; '
        "filename*=UTF-8''Cerdyn%20carreg%20y%20drws%20t%C5%B7%20%28Cymraeg%29.txt"
    )


@pytest.mark.parametrize(
    ("asked", "status", "sent", "content_range"),
    [
        ("bytes=0-9", 206, CONTENT[:10], "bytes 0-9/104"),
        ("bytes=100-", 206, CONTENT[100:], "bytes 100-103/104"),
        ("bytes=-4", 206, CONTENT[-4:], "bytes 100-103/104"),
        ("bytes=-999", 206, CONTENT, "bytes 0-103/104"),
        ("bytes=50-999", 206, CONTENT[50:], "bytes 50-103/104"),
        ("bytes=0-0,5-9", 200, CONTENT, None),
        ("bytes=9-1", 200, CONTENT, None),
        ("pages=1-2", 200, CONTENT, None),
        ("bytes=-", 200, CONTENT, None),
        ("bytes=" + "9" * 40 + "-", 200, CONTENT, None),
    ],
)
def test_a_part_is_sent_as_it_was_asked_for(
    get: Any, asked: str, status: int, sent: bytes, content_range: str | None
) -> None:
    response = get(range=asked)
    assert (response.status_code, body(response)) == (status, sent)
    assert response.headers.get("Content-Range") == content_range
    assert response.headers["Content-Length"] == str(len(sent))


@pytest.mark.parametrize("asked", ["bytes=104-", "bytes=104-200", "bytes=-0"])
def test_a_part_behind_the_end_is_refused_with_the_size(get: Any, asked: str) -> None:
    response = get(range=asked)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */104"


@given(
    st.one_of(st.text(max_size=40), st.from_regex(r"bytes=\d{0,20}-\d{0,20}", fullmatch=True)),
    st.integers(min_value=1, max_value=10**9),
)
def test_a_part_lies_within_the_file_whatever_is_asked(header: str, size: int) -> None:
    try:
        part = asked_part(header, size)
    except Unsatisfiable:
        return
    assert part is None or (0 <= part.start <= part.end < size and part.length >= 1)


def test_a_resumed_download_of_a_changed_file_starts_anew(get: Any, document: Document) -> None:
    etag = f'"{document.checksum}"'
    first = get()
    body(first)
    for condition in (etag, first.headers["Last-Modified"]):
        assert get(range="bytes=4-", if_range=condition).status_code == 206
    for condition in ('"other"', f"W/{etag}", "Mon, 01 Jan 2001 00:00:00 GMT", "x"):
        assert get(range="bytes=4-", if_range=condition).status_code == 200


def test_an_unchanged_file_is_not_sent_again(get: Any, document: Document) -> None:
    first = get()
    body(first)
    for condition in (
        {"if_none_match": first.headers["ETag"]},
        {"if_modified_since": first.headers["Last-Modified"]},
    ):
        response = get(**condition)
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == first.headers["ETag"]
    assert get(if_match='"other"').status_code == 412
    assert get(if_none_match='"other"').status_code == 200


def test_head_tells_the_size_and_sends_nothing(client: Any, document: Document) -> None:
    response = client.head(document.url, **PERSON)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == "104"
    assert client.post(document.url).status_code == 405


@pytest.mark.parametrize(
    "title",
    [
        "ŵŷâêîôûẅÿäëïöüáéíóúẃýàèìòùẁỳ ŴŶÂÊÎÔÛ",
        "🏠🧵",
        "…",
        "../../etc/passwd",
        'a"; filename="b.exe',
        "a\r\nSet-Cookie: x=1",
        "x" * 255,
        "ŵ" * 255,
        "100% siŵr",
    ],
)
def test_any_title_makes_a_name_that_every_system_takes(client: Any, db: Any, title: str) -> None:
    document = store(
        "a.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHelo", title=title, language="cy"
    )
    response = client.get(document.url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert body(response)
    name = download_name(title, "cy", "vtt")
    assert name.endswith(" (Cymraeg).vtt") and len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|\r\n')
    header = disposition(name)
    assert header.isascii() and header.count('"') == 2 and header.endswith(".vtt")
    assert response.headers["Content-Disposition"] == header


def test_every_welsh_letter_stays_in_the_name_and_has_a_plain_twin() -> None:
    header = disposition(download_name("Tŷ â ŵyn", "both", "pdf"))
    assert 'filename="Ty a wyn (Cymraeg, English).pdf"' in header
    assert "T%C5%B7%20%C3%A2%20%C5%B5yn" in header


def test_an_older_name_still_finds_the_file_and_a_wrong_number_none(
    client: Any, document: Document
) -> None:
    for name in ("an-older-title.pdf", "", "ŵ.txt"):
        assert client.get(f"/documents/{document.pk}/{name}").status_code == 200
    for path in ("/documents/999999/a.txt", "/documents/99999999999999999999/a.txt"):
        assert client.get(path, follow=True).status_code == 404


def test_a_private_file_is_not_found_by_a_stranger(
    client: Any, document: Document, django_user_model: Any
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Closed")
    document.collection = collection
    document.save()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert client.get(document.url).status_code == 404
    client.force_login(django_user_model.objects.create_superuser(email="a@example.org"))
    response = client.get(document.url)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_withdrawn_file_is_gone_in_neutral_words_of_both_languages(
    client: Any, document: Document
) -> None:
    Document.objects.update(withdrawn_at=timezone.now())
    response = client.get(document.url, **PERSON)
    text = response.content.decode()
    assert response.status_code == 410
    assert "Dydy’r ffeil hon ddim ar gael mwyach" in text
    assert "This file is no longer available" in text
    assert document.title not in text and document.checksum not in str(response.headers)
    assert counted() == 0


def test_a_file_that_the_disk_has_lost_is_told_in_both_languages_and_logged(
    client: Any, document: Document, tmp_path: Path, caplog: Any
) -> None:
    (tmp_path / document.file.name).unlink()
    response = client.get(document.url, **PERSON)
    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store"
    assert "Ni allwn agor y ffeil hon ar hyn o bryd" in response.content.decode()
    assert "We cannot open this file at the moment" in response.content.decode()
    assert f"document {document.pk}" in caplog.text


def test_a_whole_download_by_a_person_is_counted_and_nothing_else(
    get: Any, client: Any, document: Document
) -> None:
    client.head(document.url, **PERSON)
    body(get(range="bytes=0-9"))
    body(get(range="bytes=10-"))
    assert get(if_none_match=f'"{document.checksum}"').status_code == 304
    for robot in ("Googlebot/2.1", "curl-like crawler", "python-requests/2.32", ""):
        body(get(user_agent=robot))
    assert counted() == 0
    body(get())
    body(get(range="bytes=0-"))
    assert counted() == 2
    assert downloads_of([document.pk, 999_999]) == {document.pk: 2, 999_999: 0}
    assert downloads_of([document.pk], since=date(2999, 1, 1)) == {document.pk: 0}


def test_the_count_knows_a_day_and_a_file_and_nothing_of_the_reader() -> None:
    assert {field.name for field in DownloadCount._meta.get_fields()} == {
        "id", "document", "day", "count",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("agent", "robot"),
    [
        (PERSON["HTTP_USER_AGENT"], False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", False),
        ("curl/8.9.0", False),
        ("Mozilla/5.0 (compatible; bingbot/2.0)", True),
        ("facebookexternalhit/1.1", True),
        ("Mozilla/5.0 HeadlessChrome/140", True),
        (" ", True),
    ],
)
def test_a_robot_says_that_it_is_one(agent: str, robot: bool) -> None:
    assert is_robot(agent) is robot


def test_a_count_that_fails_takes_no_file_from_anybody(
    get: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def broken() -> Any:
        raise DatabaseError("down")

    monkeypatch.setattr(counting, "_short_patience", broken)
    assert body(get()) == CONTENT
    assert "was not counted" in caplog.text
    assert counted() == 0
