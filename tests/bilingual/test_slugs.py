import pytest

from bilingual import pairs
from bilingual.slugs import free_slug, slug_of
from home.models import StandardPage
from tests.bilingual.conftest import new_page


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Tŷ'r Dŵr: ein hanes â chi", "tyr-dwr-ein-hanes-a-chi"),
        ("Tŷ’r Dŵr", "tyr-dwr"),
        ("ŵ ŷ â ê î ô û", "w-y-a-e-i-o-u"),
        ("Ŵ Ŷ Â Ê Î Ô Û", "w-y-a-e-i-o-u"),
        ("ẅ ÿ ï", "w-y-i"),
        ("Croeso 🎉 i Gymru", "croeso-i-gymru"),
        ("🎉", ""),
        ("  --  ", ""),
    ],
)
def test_a_title_folds_to_ascii(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_long_title_gives_an_address_that_fits() -> None:
    assert len(slug_of("gair " * 100)) <= 200


def test_a_title_of_emoji_gets_a_word_of_its_language(homes) -> None:
    assert free_slug(StandardPage(title="🎉"), homes["cy"], "cy") == "tudalen"
    assert free_slug(StandardPage(title="🎉"), homes["en"], "en") == "page"


def test_a_sibling_with_the_slug_gives_a_number(draft_pair, homes) -> None:
    assert free_slug(StandardPage(title="Too small"), homes["en"], "en") == "too-small-2"


def test_a_child_of_the_twin_section_counts_as_taken(draft_pair, homes) -> None:
    assert free_slug(StandardPage(title="Too small"), homes["cy"], "cy") == "too-small-2"


def test_both_languages_of_one_pair_may_have_one_slug(homes) -> None:
    pair = pairs.create_pair(homes["en"], new_page("Oasis"), new_page("Oasis", "cy"))
    assert (pair.en.slug, pair.cy.slug) == ("oasis", "oasis")


def test_the_address_follows_the_title_until_the_first_publication(draft_pair) -> None:
    page = draft_pair.cy
    page.title = "Rhy fach o lawer"
    page.save_revision()
    published = pairs.publish_pair(draft_pair.en)
    assert published.cy.slug == "rhy-fach-o-lawer"
    page = pairs.latest_draft(published.cy)
    page.title = "Teitl arall"
    page.save_revision()
    assert pairs.publish_pair(published.en).cy.slug == "rhy-fach-o-lawer"


def test_an_address_that_somebody_chose_stays_through_title_and_publication(homes) -> None:
    pair = pairs.create_pair(
        homes["en"], new_page("Too small", slug="size"), new_page("Rhy fach", "cy")
    )
    page = pair.en
    page.title = "Far too small"
    page.save_revision()
    published = pairs.publish_pair(page)
    assert (published.en.slug, published.cy.slug) == ("size", "rhy-fach")


def test_a_chosen_address_that_the_twin_section_holds_gets_a_number(draft_pair, homes) -> None:
    pair = pairs.create_pair(homes["en"], new_page("Other", slug="rhy-fach"), new_page("A", "cy"))
    assert pairs.publish_pair(pair.en).en.slug == "rhy-fach-2"
