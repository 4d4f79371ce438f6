"""The switch stands on every answer and leads to the same thing in the other language."""

import pytest
from django.urls import resolve
from django.utils.translation import override

from bilingual import door, pairs
from bilingual.switch import absolute, alternates_for, canonical_for, switch_for


def switch(rf, path: str, page=None) -> dict[str, str]:
    request = rf.get(path)
    with override(path[1:3]):
        try:
            request.resolver_match = resolve(request.path)
        except Exception:
            request.resolver_match = None
        return switch_for(request, page)


def test_a_live_twin_is_the_target_and_the_query_stays(rf, live_pair) -> None:
    assert switch(rf, "/en/too-small/?q=t%C5%B7&topic=a&topic=b&page=3", live_pair.en) == {
        "url": "/cy/rhy-fach/?q=t%C5%B7&topic=a&topic=b",
        "language": "cy",
        "label": "Cymraeg",
    }
    assert switch(rf, "/cy/rhy-fach/", live_pair.cy)["url"] == "/en/too-small/"


@pytest.fixture
def english_only(live_pair):
    page = live_pair.cy
    page.live, page.live_revision = False, None
    with door.opened():
        page.save()
    return pairs.pair_of(live_pair.en)


def test_without_a_live_twin_the_fallback_is_the_target(rf, english_only) -> None:
    assert switch(rf, "/en/too-small/", english_only.en)["url"] == "/cy/too-small/"


def test_on_a_fallback_the_switch_leads_to_the_original(rf, english_only) -> None:
    found = switch(rf, "/cy/too-small/", english_only.en)
    assert (found["url"], found["language"], found["label"]) == ("/en/too-small/", "en", "English")


def test_a_view_leads_to_itself_with_its_query(rf, db) -> None:
    from django.urls import reverse

    with override("en"):
        english = reverse("search:results") if _has("search:results") else reverse("search")
    with override("cy"):
        welsh = reverse("search:results") if _has("search:results") else reverse("search")
    assert switch(rf, f"{english}?q=noddfa&page=2")["url"] == f"{welsh}?q=noddfa"


def _has(name: str) -> bool:
    from django.urls import NoReverseMatch, reverse

    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def test_an_unknown_address_leads_to_the_same_path_in_the_other_tree(rf, db) -> None:
    assert switch(rf, "/cy/dim-byd/yma/?a=1")["url"] == "/en/dim-byd/yma/?a=1"


def test_an_address_outside_both_trees_leads_to_the_other_home(rf, db) -> None:
    request = rf.get("/somewhere/else/")
    request.resolver_match = None
    with override("cy"):
        assert switch_for(request)["url"] == "/en/"


def test_every_page_and_error_carries_the_switch(client, live_pair) -> None:
    for address, target in {
        "/en/too-small/": "/cy/rhy-fach/",
        "/cy/": "/en/",
        "/cy/dim-byd/": "/en/dim-byd/",
    }.items():
        html = client.get(address).content.decode()
        assert f'href="{target}"' in html, address


def test_hreflang_names_both_and_the_default_only_for_live_pairs(live_pair) -> None:
    both = [
        ("en", absolute("/en/too-small/")),
        ("cy", absolute("/cy/rhy-fach/")),
        ("x-default", absolute("/en/too-small/")),
    ]
    assert alternates_for(live_pair.en) == alternates_for(live_pair.cy) == both
    pairs.unpublish_pair(live_pair.en)
    assert alternates_for(pairs.pair_of(live_pair.en).en) == []


def test_the_default_is_the_language_written_first(live_pair) -> None:
    for side in live_pair:
        side.authored_in = "cy"
        side.save()
    assert dict(alternates_for(live_pair.en))["x-default"] == absolute("/cy/rhy-fach/")


def test_the_default_of_the_home_pair_is_the_threshold(homes) -> None:
    assert dict(alternates_for(homes["cy"]))["x-default"] == absolute("/")


def test_canonical_is_the_address_of_the_text_itself(english_only) -> None:
    assert canonical_for(english_only.en) == absolute("/en/too-small/")
