"""The section, its counties, groups, streams and networks, in both languages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from bilingual import pairs
from core.models import PageTerm, RelatedPage
from network.models import (
    Award,
    CountyPage,
    GroupPage,
    Membership,
    NearYouPage,
    NetworkPage,
    Organisation,
    Role,
    StreamPage,
)
from network.models.organisations import award_ends
from tests.contracts.test_budgets import queries_of
from tests.factories.pairs import make_pair
from tests.network.register import an_award, an_organisation, county, stream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_trees")]
LANGUAGES = ("en", "cy")


def side(pair: Any, language: str) -> Any:
    return next(page for page in pair if page.locale.language_code == language)


def section(language: str) -> NearYouPage:
    return NearYouPage.objects.get(locale__language_code=language)


@pytest.mark.parametrize(
    ("language", "first", "last", "powys"),
    [("en", "Isle of Anglesey", "Newport", "/en/near-you/powys/"),
     ("cy", "Ynys Môn", "Casnewydd", "/cy/yn-eich-ardal/powys/")],
)  # fmt: skip
def test_all_twenty_two_counties_are_on_the_patchwork_from_north_to_south(
    client: Client, language: str, first: str, last: str, powys: str
) -> None:
    tiles = client.get(section(language).url).context["counties"]
    assert (len(tiles), tiles[0]["name"], tiles[-1]["name"]) == (22, first, last)
    assert powys in [tile["url"] for tile in tiles]


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "groups and organisations in Powys"), ("cy", "a sefydliadau ym Mhowys")],
)
def test_a_county_speaks_of_itself_with_the_stored_mutation(
    client: Client, language: str, told: str
) -> None:
    page = CountyPage.objects.get(county=county(), locale__language_code=language)
    assert told in client.get(page.url).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_marks_its_county_and_is_found_there(client: Client, language: str) -> None:
    group = make_pair(GroupPage, page_terms=lambda: [PageTerm(term=county())])
    tiles = client.get(section(language).url).context["counties"]
    assert [tile["state"] for tile in tiles].count("group") == 1
    page = CountyPage.objects.get(county=county(), locale__language_code=language)
    assert side(group, language).title in client.get(page.url).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stream_names_its_public_members_and_counts_the_others(
    client: Client, language: str
) -> None:
    pair = make_pair(StreamPage, stream=stream())
    named = an_organisation()
    an_organisation("count")
    an_organisation("hidden")
    answer = client.get(side(pair, language).url)
    assert named.name_in(language)[0] in answer.content.decode()
    assert (answer.context["counted"], answer.context["unnamed"]) == (2, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_members_of_a_network_are_the_same_from_both_of_its_pages(
    client: Client, language: str
) -> None:
    pair = make_pair(NetworkPage)
    organisation = an_organisation()
    Membership.objects.create(organisation=organisation, page=side(pair, "en"))
    html = client.get(side(pair, language).url).content.decode()
    assert organisation.name_in(language)[0] in html


def test_a_name_without_a_welsh_form_is_marked_as_english_on_the_welsh_page(
    client: Client,
) -> None:
    an_award(an_organisation(name_en="Plain English School", name_cy=""))
    assert '<th scope="row" lang="en">Plain English School' in (
        client.get(section("cy").url).content.decode()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_is_named_by_its_task_and_a_person_only_where_it_is_switched_on(
    client: Client, language: str
) -> None:
    role = Role.objects.create(
        key="lead", title_en="Local lead", title_cy="Arweinydd lleol", visibility="public",
        display_name="A. Planted", contact_form="https://example.org/form",
    )  # fmt: skip
    pair = make_pair(GroupPage, lead_role=role)
    html = client.get(side(pair, language).url).content.decode()
    assert role.as_shown(language)["title"] in html  # type: ignore[index]
    assert "A. Planted" not in html
    assert 'href="https://example.org/form"' in html
    Role.objects.update(shows_name=True)
    assert "A. Planted" in client.get(side(pair, language).url).content.decode()


def test_an_award_that_has_run_out_is_not_shown_and_not_counted(client: Client) -> None:
    organisation = an_organisation()
    day = timezone.localdate()
    an_award(organisation, awarded_on=day - timedelta(days=900), expires_on=day - timedelta(days=1))
    assert not client.get(section("en").url).context["awards"]
    assert not Award.objects.counted().exists()


def test_an_award_stands_three_years_unless_it_says_otherwise() -> None:
    award = Award.objects.create(
        organisation=an_organisation(), stream=stream(), awarded_on=date(2024, 2, 29)
    )
    assert award.expires_on == date(2027, 2, 28) == award_ends(date(2024, 2, 29))


def test_nobody_becomes_public_without_having_agreed() -> None:
    organisation = an_organisation("hidden")
    organisation.visibility = "public"
    with pytest.raises(ValidationError, match="the day it agreed"):
        organisation.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(visibility="public")


def test_an_organisation_that_has_left_is_nowhere(client: Client) -> None:
    an_organisation(status="left")
    shown = client.get(section("en").url)
    assert shown.context["total"] == 0
    assert not Organisation.objects.named().exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_relates_to_is_shown_on_both_ends(client: Client, language: str) -> None:
    group = make_pair(GroupPage)
    other = make_pair(NetworkPage, related_pages=lambda: [RelatedPage(target=group[0])])
    for here, there in ((group, other), (other, group)):
        html = client.get(side(here, language).url).content.decode()
        assert side(there, language).title in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_ask_as_often_for_one_member_as_for_twelve(client: Client, language: str) -> None:
    group = make_pair(GroupPage, page_terms=lambda: [PageTerm(term=county())])
    made = make_pair(StreamPage, stream=stream())
    an_award(an_organisation())
    page = CountyPage.objects.get(county=county(), locale__language_code=language)
    addresses = [section(language).url, page.url, side(group, language).url,
                 side(made, language).url]  # fmt: skip
    once = [queries_of(client, address) for address in addresses]
    for _ in range(11):
        an_award(an_organisation())
    for _ in range(3):
        make_pair(GroupPage, page_terms=lambda: [PageTerm(term=county())])
    assert [queries_of(client, address) for address in addresses] == once


def test_a_group_in_one_language_is_shown_to_readers_of_the_other_one_marked(
    client: Client,
) -> None:
    english, welsh = make_pair(GroupPage, publish=False)
    from bilingual.exceptions import GoAhead

    pairs.publish_alone(welsh, GoAhead("alone", "Urgent", timezone.localdate()))
    html = client.get(section("en").url).content.decode()
    assert '<li lang="cy"><h3>' in html and english.title not in html
