"""What enters an index: words and keys of declared fields, never a private one."""

from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from bilingual import door, pairs
from case_studies.models import CaseStudyPage
from core.terms import PageTerm, Term
from home.models import StandardPage
from search.index import Text, attach_twins, hidden_texts
from search.models import SiteWord
from search.query import parse
from search.results import find
from tests.factories.pairs import label_of, make_pair, page_types

pytestmark = pytest.mark.django_db
SECRET = "xqsecretx"
_numbers = count(1)
AROUND = {models.URLField: ("https://example.org/", ""), models.EmailField: ("", "@example.org")}


def found(rf, text, language="cy"):
    results = find(parse({"q": text}, language), rf.get("/"))
    return {hit.title for hit in results.hits}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("ceiswyr lloches", "geiswyr lloches"),
        ("ceiswyr lloches", "cheiswyr"),
        ("geiswyr lloches", "ceisiwr"),
        ("yng Nghaerdydd", "Caerdydd"),
        ("Caerdydd", "Nghaerdydd"),
        ("yn Nhalgarth", "Talgarth"),
        ("Talgarth", "Dalgarth"),
        ("Yng Nghaerdydd caiff ffoaduriaid groeso gan gymunedau", "cymuned Caerdydd ffoadur"),
        ("straeon", "stori"),
        ("yr ŵyl", "WYL"),
        ("Cymru’n croesawu", "CYMRU’N"),
        ("mae’r ffeithiau’n", "ffaith"),
        ("hysgol", "ysgol"),
        ("ngweithdy", "gweithdai"),
    ],
)  # fmt: skip
def test_every_form_of_a_welsh_word_finds_the_page(rf, make_page, written, asked):
    make_page("cy", "Tudalen", summary=written)
    assert found(rf, asked) == {"Tudalen"}


@pytest.mark.parametrize(("written", "asked"), [("mythau", "bythau"), ("lloches", "lloch")])
def test_another_word_does_not(rf, make_page, written, asked):
    make_page("cy", "Tudalen", summary=written)
    assert found(rf, asked) == set()


def test_a_page_is_found_by_the_words_of_its_live_twin(rf, make_pair):
    make_pair("Refugees", "Ffoaduriaid")
    assert found(rf, "refugee") == {"Ffoaduriaid"}
    assert found(rf, "ffoadur", "en") == {"Refugees"}


def test_a_phrase_is_found_as_it_stands(rf, make_page):
    make_page("cy", "Un", summary="croeso mawr i bawb")
    make_page("cy", "Dau", summary="mawr croeso")
    assert found(rf, "“croeso mawr”") == {"Un"}
    assert found(rf, "croeso mawr") == {"Un", "Dau"}


def test_publishing_and_withdrawing_a_pair_indexes_both_languages(
    rf, site_trees, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        english, welsh = make_pair(StandardPage)
    in_english = parse({"q": "sentence"}, "cy").for_engine()
    with django_capture_on_commit_callbacks(execute=True):
        assert welsh.pk in ids(in_english)
        pairs.unpublish_pair(english)
    assert ids(in_english) == {english.pk}


def test_a_publication_writes_each_language_into_the_index_once(
    site_trees, monkeypatch, django_capture_on_commit_callbacks
):
    written = []
    index_class = type(get_search_backend().get_index_for_model(StandardPage))
    write = index_class.add_item
    monkeypatch.setattr(
        index_class, "add_item", lambda self, item: (written.append(item.pk), write(self, item))
    )
    with django_capture_on_commit_callbacks(execute=True):
        keys = [page.pk for page in make_pair(StandardPage)]
    assert sorted(pk for pk in written if pk in keys) == keys


def test_whatever_saves_or_deletes_a_page_its_twin_is_found_by_the_present_words(
    rf, make_pair, django_capture_on_commit_callbacks
):
    """Past the pair service too: an import, a repair in a shell."""
    english, _welsh = make_pair("Refugees", "Ffoaduriaid")
    with django_capture_on_commit_callbacks(execute=True), door.opened():
        english.title = "Beekeepers"
        english.save()
    assert found(rf, "beekeeper") == {"Ffoaduriaid"}
    assert found(rf, "refugee") == set()
    assert not find(parse({"q": "ffoadur"}, "en"), rf.get("/")).other_total
    with django_capture_on_commit_callbacks(execute=True), door.opened():
        english.delete()
    assert found(rf, "beekeeper") == set()
    results = find(parse({"q": "ffoadur"}, "en"), rf.get("/"))
    assert [hit.title for hit in results.other_hits] == ["Ffoaduriaid"]


def test_saving_a_draft_indexes_nothing(make_pair, django_capture_on_commit_callbacks):
    english, _welsh = make_pair("Refugees", "Ffoaduriaid")
    english.title = "Beekeepers"
    with django_capture_on_commit_callbacks() as callbacks:
        english.save_revision()
    assert not [call for call in callbacks if "search" in call.__module__]


def ids(question):
    return {page.pk for page in get_search_backend().search(question, Page.objects.all())}


def test_terms_and_registered_texts_find_a_page_without_being_shown(rf, make_page):
    page = make_page("cy", "Tudalen")
    PageTerm.objects.create(page=page, term=Term.objects.get(key="online-hate"))

    def text_of_files(one):
        return [Text("Handbook for trainers", "en")] if one.pk == page.pk else []

    hidden_texts.register(text_of_files)
    try:
        index.insert_or_update_object(StandardPage.objects.get(pk=page.pk))
        for words in ("casineb", "hate", "trainer"):
            hits = find(parse({"q": words}, "cy"), rf.get("/")).hits
            assert [hit.title for hit in hits] == ["Tudalen"]
            assert "Handbook" not in hits[0].excerpt
    finally:
        hidden_texts.unregister(text_of_files)


def quoting(**more):
    """A quotation, as an editor gives it to a story or a page."""
    said = {"text": "Gwenyn yn yr ardd", "source": "Aelod", "language": "cy", **more}
    return [{"type": "quote", "value": {"lived_experience": False, **said}}]


def test_a_story_is_found_by_its_quotations_as_long_as_it_may_be_read(
    rf, site_trees, django_capture_on_commit_callbacks
):
    """Words of somebody's own life never go public (`case_studies.checks`); withdrawn ones go."""
    with pytest.raises(pairs.PairRefused):
        make_pair(CaseStudyPage, quotes=quoting(lived_experience=True))
    with django_capture_on_commit_callbacks(execute=True):
        english, welsh = make_pair(CaseStudyPage, quotes=quoting())
    assert found(rf, "wenyn") == {welsh.title}
    assert SiteWord.objects.filter(word="gwenyn").exists()
    with django_capture_on_commit_callbacks(execute=True):
        pairs.unpublish_pair(english)
    assert found(rf, "wenyn") == found(rf, "gwenyn", "en") == set()
    assert not SiteWord.objects.filter(word="gwenyn").exists()


def test_labels_of_choices_are_no_text_of_a_page(rf, make_page):
    make_page("cy", "Tudalen", body=quoting())
    assert found(rf, "gwenyn") == {"Tudalen"}
    for label in ("Welsh", "Cymraeg"):
        assert found(rf, label) == set()


def test_twins_of_many_pages_are_fetched_with_one_query_for_each_type(
    make_pair, django_assert_num_queries
):
    pages = [make_pair(f"English {n}", f"Cymraeg {n}")[1] for n in range(3)]
    pages = list(StandardPage.objects.filter(pk__in=[page.pk for page in pages]))
    with django_assert_num_queries(1):
        attach_twins(pages)
        assert [page.live_twin.locale.language_code for page in pages] == ["en"] * 3


def raw_index() -> str:
    """Everything the database engine has stored, as text."""
    tables = ["wagtailsearch_indexentry"]
    if connection.vendor == "sqlite":
        tables.append("wagtailsearch_indexentry_fts")
    stored = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            stored.append(str(cursor.fetchall()))
    return "\n".join(stored).lower()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's plan")
def test_no_text_is_read_to_find_pages():
    asked = parse({"q": "croeso"}, "cy").for_engine()
    plan = get_search_backend().search(asked, Page.objects.live()).get_queryset().explain()
    assert plan.count("COVERING INDEX wagtailsearch_indexentry_content_type_id_object_id") == 3


# Claims and other names are found and never shown; a rule of recurrence takes no words; plans and
# sessions are declared as the text that is read out of them.
FOUND_OTHERWISE_OR_NO_TEXT = {
    "facts.FactPage": {"claim"},
    "events.EventPage": {"rule"},
    "resources.ProgrammePage": {"sessions", "other_names"},
    "resources.ResourcePage": {"plan"},
    "resources.WorkshopPage": {"plan", "other_names"},
}


def is_text(field):
    """People write into it: a field of free text, or of blocks."""
    return isinstance(field, models.CharField | models.TextField | StreamField) and not (
        field.choices or (field.max_length or 99) < len(SECRET) + 8
    )


def secret_for(field):
    """The secret as this field takes it; a field of blocks gets every block, full of it."""
    if isinstance(field, StreamField):
        return field.stream_block.to_python(full_of_secrets(field.stream_block))
    before, after = AROUND.get(type(field), ("", ""))
    return f"{before}{SECRET}{after}{next(_numbers) if field.unique else ''}"


def full_of_secrets(block):
    """What is stored of a block when the secret stands wherever it has text."""
    if isinstance(block, blocks.StreamBlock):
        children = block.child_blocks.items()
        return [{"type": name, "value": full_of_secrets(child)} for name, child in children]
    if isinstance(block, blocks.StructBlock):
        return {name: full_of_secrets(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [{"type": "item", "value": full_of_secrets(block.child_block)}]
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock):
        return SECRET
    return block.get_prep_value(block.get_default())


def undeclared(model):
    """Free text fields of a page type that it does not declare as searchable."""
    apart = FOUND_OTHERWISE_OR_NO_TEXT.get(label_of(model), set())
    declared = {field.field_name for field in model.searched_parts()}
    ours = {"title", "draft_title", "slug", "url_path", "path"}
    return [
        field.name
        for field in model._meta.fields
        if is_text(field) and field.name not in declared | ours | apart
    ]


@pytest.mark.parametrize("model", page_types(), ids=label_of)
def test_what_a_page_type_does_not_declare_enters_no_index(site_trees, model):
    page = make_pair(model)[0]
    for name in undeclared(model):
        setattr(page, name, secret_for(model._meta.get_field(name)))
    with door.opened():
        page.save(clean=False)  # a block full of secrets is no valid one
    index.insert_or_update_object(type(page).objects.get(pk=page.pk))
    assert SECRET not in raw_index()


def test_the_planted_word_would_be_seen_in_the_stored_index(make_page):
    """If this fails, the two tests above prove nothing."""
    make_page("cy", "Tudalen", summary=SECRET)
    assert SECRET in raw_index()


def test_a_command_says_why_a_page_is_found(make_page):
    page = make_page("cy", "Croeso", summary="i ffoaduriaid")
    out = StringIO()
    call_command("explain_search", "ffoadur", "yn", page=page.pk, stdout=out)
    told = out.getvalue()
    assert "yn: function word, left out" in told
    assert "cy keys: found" in told
    assert "cy1ffoadur: text, terms and files, keys" in told
    assert "exact words: not found" in told
    with pytest.raises(CommandError):
        call_command("explain_search", "a", page=10**9, stdout=out)
