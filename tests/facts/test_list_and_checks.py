"""The list, the days and sources of a fact, its feed, and what readers send in."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bilingual import pairs
from bilingual.composer.blocks import start
from core.models import PageTerm, RelatedPage, Term
from core.visitor_forms import new_token
from evidence.models import Evidence
from facts.checks import fact_has_its_days
from facts.models import FactPage, FactSource, HeardClaim
from network.models import CountyPage
from resources.models import ResourcePage
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
LISTS = {"en": "/en/facts/", "cy": "/cy/ffeithiau/"}
FORMS = {"en": "/en/facts/send-a-claim/", "cy": "/cy/ffeithiau/anfon-honiad/"}


@pytest.mark.parametrize("language", LISTS)
def test_an_expired_fact_says_so_and_is_in_no_list_result_feed_or_kit(
    client: Client, language: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pair = make_pair(FactPage)
    page = pair[0] if language == "en" else pair[1]
    powys = CountyPage.objects.get(county__key="powys", locale__language_code=language)
    resources = make_pair(ResourcePage)
    for side in pair:
        PageTerm.objects.create(page=side, term=powys.county)
    RelatedPage.objects.create(page=pair[0], target=resources[0], relation="see_also")
    address = LISTS[language]
    door = address + ("doorstep/" if language == "en" else "carreg-y-drws/")
    search = {"en": "/en/search/", "cy": "/cy/chwilio/"}[language]
    places = (
        f"/{language}/", address, f"{address}atom/", door, powys.url, "/sitemap.xml",
        resources[0 if language == "en" else 1].url, f"{search}?q={quote(page.title)}",
    )  # fmt: skip
    told = {"/sitemap.xml": page.url, places[-1]: f'href="{page.url}'}

    def naming() -> set[str]:
        answers = {place: client.get(place).content.decode() for place in places}
        return {place for place, html in answers.items() if told.get(place, page.title) in html}

    assert naming() == set(places)
    with time_machine.travel(timezone.now() + timedelta(days=61), tick=False):
        assert naming() == set()
        html = client.get(page.url).content.decode()
        assert 'id="expired"' in html and 'id="kit"' not in html
        assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"as_at": None}, "for which day the fact is true"),
        ({"expires": None}, "when the fact expires"),
        ({"reviewed_on": None}, "last reviewed"),
        ({"review_date": None}, "reviewed next"),
        ({"as_at": timezone.localdate() + timedelta(days=9)}, "a day to come"),
        ({"expires": timezone.localdate() - timedelta(days=1)}, "has expired"),
        ({"review_date": timezone.localdate() + timedelta(days=99)}, "before it expires"),
        ({"sources": list}, "at least one source"),
        ({"what_we_know": "Nothing stands behind it."}, "has no source number"),
        ({"what_we_know": "Wrong. [1, 2]"}, "names a source that is not listed"),
        ({"claim": ""}, "Write “The claim as it is heard”"),
    ],
)
def test_nothing_goes_public_without_its_days_and_sources(
    change: dict[str, Any], sentence: str
) -> None:
    english, _welsh = make_pair(FactPage, publish=False, **change)
    with pytest.raises(pairs.PairRefused, match=sentence):
        pairs.publish_pair(english)


def test_law_and_numbers_need_an_official_source_and_the_movement_does_not() -> None:
    def own() -> list[FactSource]:
        source, _made = Evidence.objects.get_or_create(
            key="own", title_en="Ours", title_cy="Ein hun", publisher="We", tier="ngo"
        )
        return [FactSource(evidence=source)]

    english, _welsh = make_pair(FactPage, publish=False, sources=own)
    with pytest.raises(pairs.PairRefused, match="official or UN source"):
        pairs.publish_pair(english)
    make_pair(FactPage, sources=own, about="movement")


def test_the_list_narrows_by_topic_and_asks_as_often_for_one_as_for_eleven(client: Client) -> None:
    def queries(language: str) -> int:
        client.get(LISTS[language])
        with CaptureQueriesContext(connection) as captured:
            client.get(LISTS[language])
        return len(captured)

    pair = make_pair(FactPage)
    term = Term.objects.get(kind="topic", key="schools")
    for page in pair:
        PageTerm.objects.create(page=page, term=term)
    one = {language: queries(language) for language in LISTS}
    others = [make_pair(FactPage) for _number in range(10)]
    for side, language in enumerate(("en", "cy")):
        assert queries(language) == one[language] <= 12
        narrowed = client.get(f"{LISTS[language]}?topic=schools").content.decode()
        assert pair[side].title in narrowed and others[0][side].title not in narrowed


@pytest.mark.parametrize("language", LISTS)
def test_the_feed_holds_the_fact_and_not_the_claim(client: Client, language: str) -> None:
    pair = make_pair(FactPage)
    page = pair[0] if language == "en" else pair[1]
    answer = client.get(f"{LISTS[language]}atom/")
    titles = [
        t.text for t in ET.fromstring(answer.content).iter("{http://www.w3.org/2005/Atom}title")
    ]
    assert page.title in titles
    assert page.claim not in answer.content.decode()


def sent(client: Client, language: str, **answers: str) -> Any:
    with time_machine.travel(timezone.now() - timedelta(seconds=30), tick=False):
        token = new_token()
    return client.post(FORMS[language], {"token": token, "text": "They all…", **answers})


@pytest.mark.parametrize("language", FORMS)
def test_a_claim_is_kept_without_who_sent_it(client: Client, language: str) -> None:
    answer = sent(
        client, language, address="example.org/post/1?fbclid=abc#me",
        text="Mair@example.org (07700 900123) and @mair_x say: £54,880,000 was spent in 2025",
    )  # fmt: skip
    assert answer.status_code == 200 and 'role="status"' in answer.content.decode()
    assert not answer.cookies
    [claim] = HeardClaim.objects.all()
    assert claim.text == "… (…) and … say: £54,880,000 was spent in 2025"
    assert (claim.address, claim.language) == ("https://example.org/post/1", language)


@pytest.mark.parametrize("language", FORMS)
@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "x" * 501}, 422),
        ({"text": "\ud83d".encode("utf-8", "replace").decode()}, 200),
        ({"address": "javascript:alert(1)"}, 422),
        ({"address": "https://" + "x" * 600}, 422),
        ({"address": "http://[::1"}, 422),
        ({"token": "forged"}, 422),
        ({"website": "https://spam.example"}, 200),
    ],
)
def test_bad_input_gets_an_answer_and_loses_nothing(
    client: Client, language: str, answers: dict[str, str], status: int
) -> None:
    answer = sent(client, language, **answers)
    assert answer.status_code == status
    if status == 422:
        assert 'class="error-box"' in answer.content.decode()
        assert answers.get("text", "They all…")[:40] in answer.content.decode()
    assert HeardClaim.objects.count() == (1 if status == 200 and "website" not in answers else 0)


def test_a_flood_of_claims_is_stopped(client: Client) -> None:
    answers = [sent(client, "cy").status_code for _number in range(11)]
    assert answers == [200] * 10 + [429]


def test_an_unanswered_claim_is_deleted_in_time_and_a_variant_stays() -> None:
    old = timezone.localdate() - timedelta(days=91)
    HeardClaim.objects.create(text="Old", language="en", received_on=old)
    HeardClaim.objects.create(text="New", language="en")
    fact, _welsh = make_pair(FactPage)
    HeardClaim.objects.create(text="Variant", language="en", received_on=old, fact=fact)
    call_command("purge_claims")
    assert {claim.text for claim in HeardClaim.objects.all()} == {"New", "Variant"}


@pytest.mark.parametrize("language", LISTS)
def test_words_that_were_heard_lead_to_the_fact_and_are_not_shown(
    client: Client, language: str
) -> None:
    pair = make_pair(FactPage)
    heard = {"en": "free phones for everyone", "cy": "ffonau am ddim i bawb"}[language]
    HeardClaim.objects.create(text=heard, language=language, fact=pair[0])
    page = pair[0] if language == "en" else pair[1]
    asked = {"en": "phone", "cy": "ffôn"}[language]
    search = {"en": "/en/search/", "cy": "/cy/chwilio/"}[language]
    for place in (search, LISTS[language]):
        html = client.get(place, {"q": asked}).content.decode()
        assert page.title in html and heard not in html
    assert heard not in client.get(page.url).content.decode()


def test_words_that_lead_to_another_fact_now_do_not_find_the_one_before(client: Client) -> None:
    before, now = make_pair(FactPage), make_pair(FactPage)
    heard = HeardClaim.objects.create(text="free umbrellas", language="en", fact=before[0])

    def found() -> set[Any]:
        html = client.get("/en/search/", {"q": "umbrella"}).content.decode()
        return {page.pk for page in (before[0], now[0]) if f'href="{page.url}' in html}

    assert found() == {before[0].pk}
    heard = HeardClaim.objects.get(pk=heard.pk)
    heard.fact = now[1]
    heard.save()
    assert found() == {now[0].pk}
    heard.delete()
    assert found() == set()


def test_staff_narrow_what_was_heard_to_what_no_fact_answers(client: Client) -> None:
    fact, _welsh = make_pair(FactPage)
    HeardClaim.objects.create(text="answered", language="en", fact=fact)
    HeardClaim.objects.create(text="waiting", language="en")
    staff = get_user_model().objects.create_superuser("a@example.org", "x")
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    html = client.get("/admin/snippets/facts/heardclaim/?fact__isnull=true").content.decode()
    assert "waiting" in html and "answered" not in html


def test_a_new_fact_starts_with_days_that_let_it_be_published() -> None:
    start(english := FactPage(), welsh := FactPage())
    for page in (english, welsh):
        assert fact_has_its_days(page) == []
        assert page.as_at == timezone.localdate() < page.review_date < page.expires


@pytest.mark.parametrize("language", LISTS)
def test_a_fact_without_other_words_for_its_end_says_its_title_again(
    client: Client, language: str
) -> None:
    page = make_pair(FactPage, fact_again="")[language == "cy"]
    end = client.get(page.url).content.decode().partition('id="again"')[2]
    assert page.title in end.partition("</section>")[0]
