"""The order of results, the words that are named, and searches in vain."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from bilingual import door
from core.terms import PageTerm, Term
from home.models import PositionPage
from search import in_vain, texts
from search.models import PageText, SearchInVain, SiteWord
from search.query import parse
from search.results import find, library_pages
from tests.search.test_results import search, titles

pytestmark = pytest.mark.django_db
CY, EN = "/cy/chwilio/", "/en/search/"


def test_titles_come_first_then_exact_words_then_heavier_kinds(make_page, monkeypatch):
    monkeypatch.setattr(PositionPage, "search_weight", 1)
    make_page("cy", "Ail air", summary="Y ffoaduriaid yma")
    make_page("cy", "Pwysau", model=PositionPage, summary="Cefnogi ffoaduriaid")
    make_page("cy", "Ffurf arall", model=PositionPage, summary="Un ffoadur, a ffoadur arall")
    make_page("cy", "Am ffoaduriaid")
    found = titles(search("ffoaduriaid"))
    assert found == ["Am ffoaduriaid", "Pwysau", "Ail air", "Ffurf arall"]


def test_more_occurrences_then_the_newest_come_first(make_page):
    now = timezone.now()
    for days, title, summary in [
        (3, "Hen", "noddfa"), (1, "Newydd", "noddfa"), (9, "Llawer", "noddfa noddfa noddfa"),
    ]:  # fmt: skip
        page = make_page("cy", title, summary=summary)
        Page.objects.filter(pk=page.pk).update(first_published_at=now - timedelta(days=days))
    assert titles(search("noddfa")) == ["Llawer", "Newydd", "Hen"]
    assert titles(search("noddfa", sort="newest")) == ["Newydd", "Hen", "Llawer"]


def test_titles_are_sorted_in_the_order_of_the_alphabet_of_the_language(make_pair):
    for english, welsh in [("Churches", "Chwilio"), ("Cymru", "Cymru"), ("Dinas", "Ddinas")]:
        make_pair(english, welsh, summary="noddfa")
    assert titles(search("noddfa", sort="title")) == ["Cymru", "Chwilio", "Ddinas"]
    assert titles(search("noddfa", "en", sort="title")) == ["Churches", "Cymru", "Dinas"]


def test_topics_narrow_the_results_with_right_counts(make_page):
    for number in range(3):
        page = make_page("cy", f"Noddfa {number}")
        if number:
            PageTerm.objects.create(page=page, term=Term.objects.get(key="online-hate"))
    [facet] = search("noddfa").facets
    [choice] = facet.choices
    assert (facet.parameter, choice.label, choice.count) == ("topic", "Casineb ar-lein", 2)
    narrowed = search("noddfa", topic="online-hate")
    assert narrowed.total == 2
    assert narrowed.facets[0].choices[0].current
    assert search("noddfa", topic="nothing").total == 3
    assert search("noddfa", topic="\x00" * 300).total == 3


def test_other_forms_on_the_site_are_named(client, make_page):
    make_page("cy", "Croeso", summary="O groeso i groeso, a chroeso")
    make_page("cy", "Arall", summary="Eu croesawu gyda chroeso")
    assert search("croeso").other_forms == ("chroeso", "croesawu", "groeso")
    html = client.get(CY, {"q": "croeso"}).content.decode()
    assert "Chwiliwyd hefyd am: <b>chroeso</b>, <b>croesawu</b>, <b>groeso</b>" in html


def test_a_misspelt_word_is_corrected_from_the_words_of_live_pages(client, make_page):
    make_page("cy", "Ffoaduriaid", summary="Cefnogi ffoaduriaid yng Nghymru")
    assert search("cefnogi ffoduriaid").meant == "cefnogi ffoaduriaid"
    html = client.get(CY, {"q": "ffoduriaid"}).content.decode()
    assert '<a href="?q=ffoaduriaid"><b>ffoaduriaid</b></a>' in html
    assert search("qqqqqqqq").meant == ""
    assert search("ffoduriaid", "en").meant == ""


def test_words_of_pages_that_are_not_public_are_never_offered(make_page):
    names = ["xantippe", "yggdrasil", "zarathustra"]
    hidden, withdrawn, deleted = (make_page("cy", name.title()) for name in names)
    assert SiteWord.objects.filter(word__in=names).count() == 3
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    with door.opened():
        withdrawn.live = False
        withdrawn.save()
    texts.remember([withdrawn.pk])
    with door.opened():
        Page.objects.get(pk=deleted.pk).specific.delete()
    assert not SiteWord.objects.filter(word__in=names).exists()
    assert search("xantipe").meant == ""


def test_rebuilding_changes_nothing_that_was_kept_in_step(make_pair):
    make_pair("Welcome all", "Croeso i bawb", summary="noddfa")
    make_pair("Welcome again", "Croeso eto")

    def kept():
        words = SiteWord.objects.order_by("language", "word").values_list("word", "pages", "key")
        return list(words), list(PageText.objects.order_by("pk").values())

    texts.rebuild()
    before = kept()
    assert "croeso" in [word for word, _pages, _key in before[0]]
    texts.rebuild()
    assert kept() == before


def test_nothing_found_is_a_page_with_ways_on(client, site_trees):
    html = client.get(EN, {"q": "qqqqqqqq"}).content.decode()
    assert f'href="{CY}?q=qqqqqqqq" hreflang="cy"' in html
    assert 'href="/en/stories/"' in html


def test_a_page_found_through_its_other_language_says_so(client, make_pair):
    make_pair("Bread", "Torth", summary="")
    assert "Cafwyd hyd i’r dudalen hon drwy" in client.get(CY, {"q": "bread"}).content.decode()
    assert "Cafwyd hyd i’r dudalen hon drwy" not in client.get(CY, {"q": "torth"}).content.decode()


def test_searches_in_vain_are_counted_by_day_and_shown_from_the_fifth_on(client, site_trees):
    for _ in range(4):
        client.get(CY, {"q": "Qqqq qqqq"})
    assert in_vain.asked_in_vain("cy") == []
    client.get(CY, {"q": "qqqq QQQQ"})
    client.get(EN, {"q": "qqqq"})
    [asked] = in_vain.asked_in_vain("cy")
    assert (asked.words, asked.times, asked.last) == ("qqqq", 5, timezone.localdate())
    assert {field.name for field in SearchInVain._meta.fields} == {
        "id", "day", "language", "words", "times",
    }  # fmt: skip


def test_what_is_found_or_refused_is_not_counted_as_in_vain(client, make_page, monkeypatch):
    make_page("cy", "Noddfa")
    client.get(CY, {"q": "noddfa"})
    client.get(CY, {"q": ""})
    monkeypatch.setattr("search.views.SEARCHES_A_MINUTE", 1)
    response = client.get(CY, {"q": "qqqq"})
    assert response.status_code == 429
    assert "Daeth gormod o chwiliadau" in response.content.decode()
    assert not SearchInVain.objects.exists()


def test_one_address_counts_at_most_thirty_times_an_hour(client, site_trees, monkeypatch):
    monkeypatch.setattr(in_vain, "MOST_AN_HOUR", 3)
    for _ in range(5):
        client.get(CY, {"q": "qqqq"})
    assert SearchInVain.objects.get().times == 3


def test_old_searches_in_vain_are_purged():
    today = timezone.localdate()
    for days in (0, 89, 91):
        SearchInVain.objects.create(
            day=today - timedelta(days=days), language="cy", words="qqqq", times=5
        )
    assert in_vain.purge() == 1
    assert in_vain.asked_in_vain("cy")[0].times == 10


def test_a_library_finds_its_own_pages_by_the_same_rules(make_page):
    make_page("cy", "Gweithdai")
    page = make_page("cy", "Sgwrs", model=PositionPage, summary="ar gyfer gweithdy")
    positions = PositionPage.objects.live().filter(locale=page.locale)
    assert library_pages(parse({"q": "ngweithdy"}, "cy"), positions) == ([page.pk], True)


def test_results_do_not_depend_on_anything_but_the_query(make_page):
    make_page("cy", "Noddfa")
    request = RequestFactory().get("/")
    query = parse({"q": "noddfa"}, "cy")
    assert find(query, request) == find(query, request)
