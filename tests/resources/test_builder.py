"""The pack builder: the address is the state, and whatever it holds a person can go on."""

import re
import zipfile
from io import BytesIO
from typing import Any
from unittest.mock import Mock

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from bilingual import pairs
from resources import prints
from resources.builder import MOST_RESOURCES, proposal, wish_of
from tests.resources.material import lose, resource

BUILDERS = {"en": "/en/resources/pack/", "cy": "/cy/adnoddau/pecyn/"}
UNKNOWN = "0" * 31 + "1"


def lengths(*minutes: int | None) -> list[Any]:
    return [Mock(minutes=length, least_people=None, most_people=None) for length in minutes]


@given(st.lists(st.integers(1, 90), max_size=8), st.integers(1, 120))
def test_the_proposal_is_as_full_as_any_selection_and_never_too_long(
    minutes: list[int], limit: int
) -> None:
    sums = {0}
    for length in minutes:
        sums |= {total + length for total in sums}
    best = max(total for total in sums if total <= limit)
    assert sum(page.minutes for page in proposal(lengths(*minutes), limit, None)) == best


def test_a_proposal_leaves_out_what_has_no_time_or_another_group() -> None:
    small = Mock(minutes=30, least_people=2, most_people=6)
    large = Mock(minutes=20, least_people=8, most_people=None)
    found = proposal([*lengths(None), small, large], 60, 12)
    assert found == [large]


@given(
    st.dictionaries(
        st.sampled_from(["r", "minutes", "people", "l", "f"]), st.lists(st.text(max_size=40))
    )
)
def test_no_address_breaks_the_reading_of_it(values: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, texts in values.items():
        query.setlist(name, texts)
    with translation.override("cy"):
        wish = wish_of(query)
    assert len(wish.keys) <= MOST_RESOURCES
    assert wish.minutes is None or 1 <= wish.minutes <= 3000


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
def test_bad_addresses_are_answered_with_words_and_keep_the_rest(
    client: Client, language: str
) -> None:
    pair = resource()
    gone = resource("Gone", rich=False)
    pairs.unpublish_pair(gone.en)
    key, withdrawn = pair.en.key, gone.en.key
    messages = {
        "en": (
            "not known or no longer available",
            "whole number from 1 to",
            "stood in the address",
        ),
        "cy": ("yn hysbys", "rhif cyfan o 1 i", "yn y cyfeiriad ddwywaith"),
    }[language]
    for query, wanted in (
        (f"r={key}&r={UNKNOWN}", messages[0]),
        (f"r={key}&r={withdrawn}", messages[0]),
        (f"r={key}&r=%F0%9F%92%A5", messages[0]),
        (f"r={key}&r={key}", messages[2]),
        (f"r={key}&minutes=0", messages[1]),
        (f"r={key}&minutes=-5", messages[1]),
        (f"r={key}&minutes=10000000000000000000000", messages[1]),
        (f"r={key}&people=1e400", messages[1]),
        (f"r={key}&minutes=%D9%A3%D9%A0", messages[1]),
    ):
        answer = client.get(f"{BUILDERS[language]}?{query}")
        page = answer.content.decode()
        assert answer.status_code == 200, query
        assert wanted in page, query
        assert pair.side(language).title in page, query
        assert not answer.cookies
    for path in ("download", "print") if language == "en" else ("lawrlwytho", "argraffu"):
        for query in ("", f"r={UNKNOWN}", f"r={withdrawn}", "r=%00"):
            answer = client.get(f"{BUILDERS[language]}{path}/?{query}")
            assert answer.status_code in {302, 400}, (path, query)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
def test_minutes_and_people_lead_to_a_pack_that_fits_and_shows_its_time(
    client: Client, language: str
) -> None:
    fitting = resource("Fits", minutes=20, rich=False)
    also = resource("Also", minutes=10, rich=False)
    resource("Long", minutes=50, rich=False)
    resource("Crowd", minutes=15, rich=False, least_people=40, most_people=90)
    page = client.get(f"{BUILDERS[language]}?minutes=30&people=12").content.decode()
    take_all = re.search(r'<a class="button" href="([^"]+)">', page)
    assert take_all
    packed = client.get(take_all[1].replace("&amp;", "&")).content.decode()
    for pair in (fitting, also):
        assert pair.side(language).title in packed
    assert "Long" not in packed and "Crowd" not in packed
    assert {"en": "It fills your time", "cy": "Mae’n llenwi’ch amser"}[language] in packed
    assert packed.count('class="plan__step ') == 2


@pytest.mark.django_db
def test_the_switch_of_language_keeps_the_pack(client: Client) -> None:
    pair = resource(rich=False)
    page = client.get(f"{BUILDERS['en']}?r={pair.en.key}&minutes=45").content.decode()
    assert f"{BUILDERS['cy']}?r={pair.en.key}&amp;minutes=45" in page


@pytest.mark.django_db
def test_the_download_streams_what_was_chosen_and_a_lost_file_does_not_stop_it(
    client: Client,
) -> None:
    pair = resource()
    prints.make_prints(pair)
    path = f"{BUILDERS['en']}download/?r={pair.en.key}"
    answer = client.get(path)
    content = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/zip"
    assert int(answer["Content-Length"]) == len(content)
    assert answer["Content-Disposition"] == 'attachment; filename="trainer-pack.zip"'
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        whole = set(archive.namelist())
    assert {"index.html", "manifest.json", "SHA256SUMS", "cy/nodiadau.html"} <= whole
    welsh = b"".join(client.get(f"{path}&l=cy&f=print").streaming_content)
    with zipfile.ZipFile(BytesIO(welsh)) as archive:
        names = [name for name in archive.namelist() if "/01-" in name]
    assert names and not [name for name in names if name.startswith("en/")]
    assert all(name.endswith(".pdf") for name in names)
    lose(pair.en.files.first().document)
    rest = b"".join(client.get(path).streaming_content)
    with zipfile.ZipFile(BytesIO(rest)) as archive:
        assert len(archive.namelist()) == len(whole) - 1


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "step"), [("en", "print"), ("cy", "argraffu")])
def test_the_print_holds_the_list_of_contents_and_each_plan(
    client: Client, language: str, step: str
) -> None:
    pair = resource()
    answer = client.get(f"{BUILDERS[language]}{step}/?r={pair.en.key}&minutes=30")
    document = PdfReader(BytesIO(answer.content))
    texts = [" ".join(page.extract_text().split()) for page in document.pages]
    assert len(texts) == 2 and all(pair.side(language).title in text for text in texts)
    assert document.trailer["/Root"]["/Lang"] == language


@pytest.mark.django_db
def test_the_library_leads_to_the_pack_and_carries_it_along(client: Client) -> None:
    pair = resource(rich=False)
    page = client.get("/en/resources/").content.decode()
    assert f'href="{BUILDERS["en"]}"' in page
    assert f'href="{BUILDERS["en"]}?r={pair.en.key}"' in page
    page = client.get(f"/en/resources/?r={pair.en.key}").content.decode()
    assert "In your pack" in page
    hidden = f'<input type="hidden" name="r" value="{pair.en.key}">'
    assert page.count(hidden) == 2  # in the search and in the filters
