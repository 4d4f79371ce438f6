"""What is hidden is found in no public answer, and the totals are right all the same."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse

from core.registries import private_fields
from evidence.models import Correction
from network.models import (
    CountyPage,
    GlossaryTerm,
    GroupPage,
    Membership,
    NearYouPage,
    Role,
    StreamPage,
    Visibility,
)
from search.models import PageText, SiteWord
from tests.factories.pairs import make_pair
from tests.network.register import an_award, an_organisation, county, stream
from tests.search.test_index import raw_index

pytestmark = pytest.mark.django_db
SECRET = "xqplantedx"
SEEN = "xqseenx"
NOWHERE = "xqnowherex"
LANGUAGES = ("en", "cy")


@pytest.fixture
def planted(site_trees: Any) -> None:
    """One word in everything that is not for the public, another in what is."""
    for visibility in (Visibility.HIDDEN, Visibility.COUNT):
        organisation = an_organisation(
            visibility, key=f"{SECRET}-{visibility}", name_en=f"{SECRET} one",
            name_cy=f"{SECRET} un", note_en=SECRET, note_cy=SECRET, contact=SECRET,
        )  # fmt: skip
        an_award(organisation, citation_en=SECRET, citation_cy=SECRET, principles_evidence=SECRET)
    seen = an_organisation(name_en=f"{SEEN} School", name_cy=f"Ysgol {SEEN}", contact=SECRET)
    an_award(seen, visibility=Visibility.HIDDEN, citation_en=SECRET)
    an_award(seen, principles_evidence=SECRET)
    role = Role.objects.create(
        key=f"{SECRET}-role", title_en=SECRET, title_cy=SECRET, remit_en=SECRET, remit_cy=SECRET,
        display_name=SECRET, shows_name=True, contact_form=f"https://{SECRET}.example/",
    )  # fmt: skip
    open_role = Role.objects.create(
        key=f"{SECRET}-open", title_en=f"{SEEN} lead", title_cy=f"Arweinydd {SEEN}",
        visibility=Visibility.PUBLIC, display_name=SECRET,
    )  # fmt: skip
    group = make_pair(GroupPage, lead_role=role, contacts=SECRET)
    for organisation_ in (organisation, seen):
        Membership.objects.create(organisation=organisation_, page=group[0])
    for page in group:
        Correction.objects.create(
            page=page, wrong_en=SEEN, wrong_cy=SEEN, right_en=SEEN, right_cy=SEEN,
            noticed_by=SECRET,
        )  # fmt: skip
    make_pair(StreamPage, stream=stream(), lead_role=open_role, contacts=SECRET)
    GlossaryTerm.objects.create(
        key="word", term_en=SEEN, term_cy=SEEN, definition_en=SEEN, definition_cy=SEEN,
        forbidden_en=SECRET, forbidden_cy=SECRET,
    )  # fmt: skip


def fixed_addresses() -> list[str]:
    """Every public address without a part to fill in, in both languages."""
    found = ["/", "/sitemap.xml", "/robots.txt", "/oai?verb=ListRecords&metadataPrefix=oai_dc"]
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", []):
            route = str(getattr(inner, "pattern", ""))
            if re.fullmatch(r"[a-z0-9./-]+", route) and str(pattern.pattern) in ("en/", "cy/"):
                found += [f"/{language}/{route}" for language in LANGUAGES]
    for language, search in (("en", "search"), ("cy", "chwilio")):
        found += [f"/{language}/{search}/?q={word}" for word in (SECRET, SEEN, "school ysgol")]
        found += [f"/{language}/nowhere/{SEEN}/"]
    return found


def crawl(client: Client) -> Iterator[tuple[str, str]]:
    """Everything a visitor can reach: each address, with status line, headers and body."""
    waiting, asked = fixed_addresses(), set()
    while waiting and len(asked) < 400:
        address = waiting.pop()
        if address in asked:
            continue
        asked.add(address)
        answer = client.get(address)
        assert answer.status_code < 500, address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        body = content.decode("utf-8", "replace")
        yield address, f"{answer.status_code}\n{dict(answer.headers)}\n{body}"
        links = re.findall(r'(?:href|src|action)="([^"#]+)|<loc>([^<]+)</loc>', body)
        for link in filter(None, (one or other for one, other in links)):
            parts = urlsplit(link.replace("&amp;", "&"))
            is_ours = parts.netloc in ("", "localhost", "testserver")
            is_page = parts.path.startswith(("/en/", "/cy/", "/s/"))
            if is_ours and is_page and link not in asked:
                waiting.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def test_nothing_hidden_is_in_any_answer_index_or_suggestion(client: Client, planted: None) -> None:
    call_command("update_index", verbosity=0)
    answers = dict(crawl(client))
    asked = [address for address in answers if SECRET in address]  # the reader's own word
    leaks = [
        address for address, said in answers.items()
        if address not in asked and SECRET in said.lower()
    ]  # fmt: skip
    assert leaks == []
    for address in asked:  # answered like any word that stands nowhere
        body = client.get(address).content.decode()
        nowhere = client.get(address.replace(SECRET, NOWHERE)).content.decode()
        assert body.replace(SECRET, NOWHERE) == nowhere
    assert SECRET not in raw_index()
    assert not SiteWord.objects.filter(word__contains=SECRET).exists()
    assert not PageText.objects.filter(text__contains=SECRET).exists()
    seen = [address for address, said in answers.items() if SEEN in said.lower()]
    assert {"/en/near-you/", "/cy/yn-eich-ardal/", "/en/glossary/", "/cy/geirfa/"} <= set(seen)
    assert len(answers) > 90


def test_the_crawl_would_see_the_planted_word(client: Client, planted: None) -> None:
    """If this fails, the test above proves nothing."""
    Role.objects.filter(key=f"{SECRET}-role").update(visibility=Visibility.PUBLIC)
    assert any(f"{SECRET}<" in said for _address, said in crawl(client))


@pytest.mark.parametrize("language", LANGUAGES)
def test_totals_are_right_whatever_is_hidden(client: Client, planted: None, language: str) -> None:
    section = NearYouPage.objects.get(locale__language_code=language)
    page = CountyPage.objects.get(county=county(), locale__language_code=language)
    shown = client.get(section.url)
    assert shown.context["total"] == 3
    powys = next(tile for tile in shown.context["counties"] if tile["url"] == page.url)
    assert (powys["count"], powys["state"]) == (2, "some")
    assert [row["name"] for row in shown.context["awards"]] == [
        f"{SEEN} School" if language == "en" else f"Ysgol {SEEN}"
    ]
    here = client.get(page.url)
    assert (here.context["counted"], here.context["unnamed"], here.context["awarded"]) == (2, 1, 2)
    html = here.content.decode()
    told = {"en": "1 more organisation is counted", "cy": "Mae 1 sefydliad arall"}
    assert told[language] in html


def test_the_private_fields_of_this_room_are_registered() -> None:
    ours = {(label, name) for label, name in private_fields if label.startswith("network.")}
    assert {
        ("network.Organisation", "contact"), ("network.Award", "principles_evidence"),
        ("network.Role", "display_name"), ("network.GroupPage", "contacts"),
    } <= ours  # fmt: skip
    for label, name in ours:
        assert apps.get_model(label)._meta.get_field(name)


def test_staff_find_a_hidden_organisation_by_its_name(client: Client, planted: None) -> None:
    user = get_user_model().objects.create_superuser("a@example.org", "x")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("wagtailsnippets_network_organisation:list")
    assert f"{SECRET} one" in client.get(url, {"q": SECRET}).content.decode()
    assert f"{SECRET} one" not in client.get(url, {"q": "nothing-of-it"}).content.decode()
