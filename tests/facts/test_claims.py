"""The claim is in nothing that travels: inflected, mutated, reordered, in either language."""

import pytest
from django.test import Client

from bilingual import pairs
from evidence.models import Correction
from facts.claims import Claim, carries
from facts.models import FactPage, HeardClaim
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
ENGLISH = Claim("Asylum seekers jump the housing queue. They always have.", "en")
WELSH = Claim("Mae ceiswyr lloches yn neidio’r ciw tai.", "cy")


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (ENGLISH, "Asylum seekers jump the housing queue"),
        (ENGLISH, "No asylum seeker jumped a housing queue"),
        (ENGLISH, "The queue for housing: jumping it is not what an asylum-seeker does"),
        (ENGLISH, "asylum-seekers-jump-the-housing-queue"),
        (ENGLISH, "ASYLUM SEEKERS JUMP THE HOUSING QUEUE"),
        (WELSH, "A yw cheiswyr lloches yn neidio’r ciw tai?"),
        (WELSH, "Nid neidio’r ciw dai y mae geiswyr lloches"),
        (WELSH, "ciw tai: ceisiwr lloches yn neidio"),
        (Claim("Illegal!", "en"), "They are ILLEGAL, people say"),
        (Claim("Sanctuary is for big cities", "en"), "Big cities and sanctuary"),
        (Claim("Noddfa i ddinasoedd mawr", "cy"), "Dinas fawr, noddfa fawr"),
    ],
)
def test_every_form_of_a_claim_is_recognised(claim: Claim, text: str) -> None:
    assert carries(text, [claim])


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (ENGLISH, "People seeking asylum are housed apart from the waiting list"),
        (ENGLISH, ""),
        (WELSH, "Mae tai pobl sy’n ceisio lloches ar wahân"),
        (Claim("Illegal!", "en"), "Asking for asylum is legal"),
        (Claim("", "en"), "Anything"),
        (Claim("... !", "cy"), "Unrhyw beth"),
    ],
)
def test_a_fact_about_the_same_thing_is_let_through(claim: Claim, text: str) -> None:
    assert not carries(text, [claim])


CLAIMS = {"en": "Nobody wants new neighbours", "cy": "Does neb eisiau cymdogion newydd"}
MUTATED = {
    "en": "No one is a new neighbour that nobody wanted",
    "cy": "Mae neb yn eisiau gymdogion newydd",
}
LABELS = {
    "title": "Title", "summary": "Summary", "seo_title": "Title tag", "social_text": "sharing",
    "share_text": "Text to share", "message": "Text message", "card_alt": "cards",
    "doorstep_text": "doorstep", "fact_again": "The fact again", "values_line": "What we value",
    "search_description": "Meta description", "what_we_know": "What we know",
    "what_we_do_not_know": "What we do not know",
}  # fmt: skip


def draft(**texts: dict[str, str]) -> pairs.Pair:
    english, welsh = make_pair(FactPage, publish=False)
    for page in (english, welsh):
        language = page.locale.language_code
        page.claim = CLAIMS[language]
        for name, values in texts.items():
            setattr(page, name, values[language])
        page.save_revision()
    return pairs.pair_of(english)


@pytest.mark.parametrize("name", LABELS)
def test_each_text_that_travels_is_refused_with_its_name_and_the_reason(name: str) -> None:
    pair = draft(**{name: MUTATED})
    with pytest.raises(pairs.PairRefused) as refusal:
        pairs.publish_pair(pair.en)
    told = [said for said in refusal.value.sentences if "a claim that is repeated" in said]
    assert any(LABELS[name] in said and "in English" in said for said in told), told
    assert any(LABELS[name] in said and "in Welsh" in said for said in told), told
    assert not pairs.pair_of(pair.en).en.live


@pytest.mark.parametrize("name", ["wrong", "right"])
def test_a_correction_stands_in_the_log_so_it_does_not_say_the_claim_either(name: str) -> None:
    pair = draft()
    side = pairs.latest_draft(pair.cy)
    words = {f"{part}_{language}": "Words." for part in ("wrong", "right") for language in CLAIMS}
    side.corrections = [Correction(**{**words, f"{name}_cy": MUTATED["cy"]})]
    side.save_revision()
    with pytest.raises(pairs.PairRefused, match=f"What (was|is) {name}, in Welsh” in Welsh says"):
        pairs.publish_pair(pair.cy)


def test_the_slug_is_refused_when_it_is_the_claim() -> None:
    pair = draft()
    pairs.publish_pair(pair.en)
    page = pairs.latest_draft(FactPage.objects.get(pk=pair.cy.pk))
    page.slug = "neb-eisiau-cymdogion-newydd"
    page.save_revision()
    with pytest.raises(pairs.PairRefused, match="Slug"):
        pairs.publish_pair(pair.cy)


def test_the_claim_of_the_other_language_is_refused_too() -> None:
    pair = draft(title={"en": "Welcome 1", "cy": "Croeso: nobody wants new neighbours"})
    with pytest.raises(pairs.PairRefused, match="in Welsh says the claim"):
        pairs.publish_pair(pair.en)


def test_what_was_heard_and_leads_to_the_fact_is_a_claim_as_well() -> None:
    pair = draft(title={"en": "The valleys are full", "cy": "Croeso yn y cymoedd"})
    HeardClaim.objects.create(text="The valley is full", language="en", fact=pair.cy)
    with pytest.raises(pairs.PairRefused, match="in English says the claim"):
        pairs.publish_pair(pair.en)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_claim_stands_once_on_the_page_and_in_no_part_that_machines_read(
    client: Client, language: str
) -> None:
    pair = pairs.publish_pair(draft().en)
    html = client.get(pair.side(language).url).content.decode()
    assert html.count(CLAIMS[language]) == 1
    assert f"“{CLAIMS[language]}”" in html
    head, _slash, body = html.partition("</head>")
    assert CLAIMS[language] not in head and "ClaimReview" not in html
    order = [body.index(part) for part in (pair.side(language).title, CLAIMS[language], 'id="know"',
                                           'id="again"', 'id="sources"', 'id="kit"')]  # fmt: skip
    assert order == sorted(order)
