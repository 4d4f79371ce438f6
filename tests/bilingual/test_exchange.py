"""Texts out to translators and back: lossless, protected, and never published."""

import io
import json
import zipfile
from typing import Any

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from translate.storage import xliff, xliff2

from bilingual import pairs
from bilingual.composer.blocks import stream_fields
from bilingual.exceptions import GoAhead
from bilingual.exchange import files, intake, units, views
from bilingual.exchange.files import FORMATS
from tests.bilingual.conftest import member, new_page
from tests.factories.pairs import label_of, make_pair, page_types

pytestmark = pytest.mark.django_db
LINK = '<a href="https://example.org/?a=1&amp;b=2">'
RICH = {
    "en": f"<p>One <b>bold</b> word &amp; {LINK}a link</a>.</p>"
    "<ul><li>first</li><li>second</li></ul>",
    "cy": f"<p>Un gair <b>trwm</b> a {LINK}dolen</a>.</p><ul><li>cyntaf</li><li>ail</li></ul>",
}
KEY = "11111111-1111-4111-8111-111111111111"
QUOTE = "22222222-2222-4222-8222-222222222222"


def body(language: str, *more: dict[str, Any]) -> str:
    return json.dumps([{"type": "paragraph", "id": KEY, "value": RICH[language]}, *more])


@pytest.fixture
def pair(homes: Any) -> pairs.Pair:
    return pairs.create_pair(
        homes["en"],
        new_page("Tom & Jerry", body=body("en")),
        new_page("Rhy fach", "cy", body=body("cy")),
        publish=True,
    )


def out(pair: Any, language: str = "cy", kind: str = "po") -> bytes:
    return FORMATS[kind].write(intake.bundle_of(pair.en, language))


def draft(page: Any) -> Any:
    return pairs.latest_draft(type(page).objects.get(pk=page.pk))


def edited(data: bytes, **changes: str) -> bytes:
    """A PO file in which a translator wrote: the first words of a source, and its translation."""
    catalogue = polib.pofile(data.decode())
    for start, text in changes.items():
        [entry] = [e for e in catalogue if e.msgid.startswith(start.replace("_", " "))]
        entry.msgstr = text
    return str(catalogue).encode()


def marked(data: bytes, sign: str) -> bytes:
    """The file after a translator put a sign behind every text, with the usual programs."""
    if not data.startswith(b"<"):
        catalogue = polib.pofile(data.decode())
        for entry in catalogue:
            entry.msgstr = entry.msgstr and entry.msgstr + sign
        return str(catalogue).encode()
    is_new = b'version="2.0"' in data or b"version='2.0'" in data
    store = (xliff2.Xliff2File if is_new else xliff.xlifffile).parsestring(data)
    for unit in store.units:
        node = unit.target_dom
        if node is None:
            continue
        if len(node):
            node[-1].tail = (node[-1].tail or "") + sign
        else:
            node.text = (node.text or "") + sign
    return bytes(store)


@pytest.mark.parametrize("model", page_types(), ids=label_of)
def test_every_page_type_goes_out_and_comes_back_word_for_word(model, site_trees) -> None:
    english, welsh = make_pair(model)
    pair = pairs.pair_of(english)
    for language, page, other in (("cy", welsh, english), ("en", english, welsh)):
        read = draft(other)
        for number, kind in enumerate(FORMATS):
            before = draft(page)
            # Read first: a block that was looked into writes its keys in another order than
            # PostgreSQL keeps them in.
            content = before.serializable_data()
            known = [unit for unit in units.units_of(read, before) if unit.target]
            data = out(pair, language, kind)
            receipt = intake.take_in("x", data, None)
            assert (receipt.complaint, receipt.refused, receipt.accepted) == ("", [], [])
            assert receipt.unchanged == len(known)
            assert draft(page).serializable_data() == content
            sign = f" {number}"
            receipt = intake.take_in("x", marked(data, sign), None)
            assert (receipt.complaint, receipt.refused) == ("", [])
            after = draft(page)
            now = {unit.path: unit.target for unit in units.units_of(read, after) if unit.target}
            assert now == {unit.path: unit.target + sign for unit in known}
            assert ids(after) == ids(before)


def texts(pair: Any, language: str) -> list[units.Unit]:
    other = "en" if language == "cy" else "cy"
    return units.units_of(draft(pair.side(other)), draft(pair.side(language)))


def ids(page: Any) -> list[str]:
    return [b.id for field in stream_fields(page) for b in field.value_from_object(page)]


def test_a_text_is_laid_into_the_draft_and_links_and_bold_come_along(pair) -> None:
    data = edited(out(pair), Tom="Tom a Jerry", One=RICH_CY_NEW)
    receipt = intake.take_in("a.po", data, None)
    assert (receipt.complaint, receipt.refused, len(receipt.accepted)) == ("", [], 2)
    page = draft(pair.cy)
    assert page.title == "Tom a Jerry"
    assert f"Gair <b>du</b> a {LINK}chyswllt</a>" in str(page.body[0].value.source)
    assert "<li>ail</li>" in str(page.body[0].value.source)
    stored = type(pair.cy).objects.get(pk=pair.cy.pk)
    assert (stored.title, stored.live, stored.has_unpublished_changes) == ("Rhy fach", True, True)


RICH_CY_NEW = 'Gair <b>du</b> a <a id="a1">chyswllt</a>.'


@pytest.mark.parametrize(
    "text",
    [
        "Gair du heb ddolen",
        "<b>Gair</b> heb ddolen",
        'Gair <b>du</b> a <a id="a2">chyswllt</a>.',
        'Gair <b>du</b> a <a id="a1" href="https://evil.example">chyswllt</a>.',
        'Gair <b>du</b> <script>x</script> <a id="a1">chyswllt</a>.',
        'Gair <b>du</b> <i>a</i> <a id="a1">chyswllt</a>.',
    ],
)
def test_links_and_inline_tags_are_protected(pair, text) -> None:
    receipt = intake.take_in("a.po", edited(out(pair), One=text), None)
    assert len(receipt.refused) == 1
    assert receipt.accepted == []
    assert draft(pair.cy).body[0].value.source == RICH["cy"]


def test_a_text_changed_on_the_site_since_is_refused_and_stays(pair) -> None:
    data = edited(out(pair), Tom="Tom a Jerry", Nobody="Ni ddylai neb fod heb le.")
    english, welsh = draft(pair.en), draft(pair.cy)
    english.title, welsh.summary = "Tom and Jerry", "Wedi’i ysgrifennu â llaw."
    english.save_revision()
    welsh.save_revision()
    receipt = intake.take_in("a.po", data, None)
    reasons = {line.reason for line in receipt.refused}
    assert "The text was changed on the site after this file was made." in reasons
    assert "Somebody wrote this text by hand after the file was made." in reasons
    assert receipt.accepted == []
    assert draft(pair.cy).summary == "Wedi’i ysgrifennu â llaw."


def test_a_new_paragraph_and_a_new_block_find_their_place(
    pair, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pairs.publish_pair(pair.en)  # both are in step now
    english = draft(pair.en)
    quote = {"text": "We were met.", "source": "A volunteer", "language": "en",
             "lived_experience": False}  # fmt: skip
    stored = english.body.get_prep_value()
    stored[0]["value"] = RICH["en"].replace("<ul>", "<p>A new one.</p><ul>")
    stored.append({"type": "quote", "id": QUOTE, "value": quote})
    english.body = english._meta.get_field("body").stream_block.to_python(stored)
    english.save_revision()
    new = {unit.source for unit in texts(pair, "cy") if not unit.target}
    assert new == {"A new one.", "We were met.", "A volunteer"}
    data = edited(
        out(pair), A_new="Un newydd.", We_were="Cawsom groeso.", A_volunteer="Gwirfoddolwr"
    )
    receipt = intake.take_in("a.po", data, None)
    assert (receipt.complaint, receipt.refused) == ("", [])
    page = draft(pair.cy)
    assert page.body[0].value.source == RICH["cy"].replace("<ul>", "<p>Un newydd.</p><ul>")
    assert page.body[1].id == QUOTE
    assert page.body[1].value["text"] == "Cawsom groeso."


def test_a_block_that_only_the_other_language_has_stays(pair) -> None:
    welsh = draft(pair.cy)
    own = {"type": "heading", "id": QUOTE, "value": "Dim ond yma"}
    stored = [own, *welsh.body.get_prep_value()]
    welsh.body = welsh._meta.get_field("body").stream_block.to_python(stored)
    welsh.save_revision()
    intake.take_in("a.po", edited(out(pair), One=RICH_CY_NEW), None)
    assert [block.id for block in draft(pair.cy).body] == [QUOTE, KEY]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\0\1", "neither"),
        (b"\xff\xfe\x00m", "neither"),
        (b"\xff\xfe", "no PO file"),
        (b"hello", "no PO file"),
        (b'msgid "a"\nmsgstr "b"\n', "not made by this site"),
        (b"<xliff", "no XLIFF file"),
        (b"<html><body/></html>", "XLIFF"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><xliff version="1.2"/>', "entities"),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "XLIFF"),
        (b"x" * (files.LARGEST_FILE + 1), "larger"),
    ],
)
def test_a_broken_or_foreign_file_gets_a_message(db, data, says) -> None:
    assert says in intake.take_in("x", data, None).complaint


def test_a_file_of_a_page_that_is_gone_or_without_a_word_gets_a_message(pair) -> None:
    data = out(pair)
    catalogue = polib.pofile(data.decode())
    for entry in catalogue:
        entry.msgstr = ""
    assert "no translation" in intake.take_in("x", str(catalogue).encode(), None).complaint
    pairs.delete_pair(pair.en)
    assert "does not exist" in intake.take_in("x", data, None).complaint


def test_nobody_brings_in_a_language_that_they_may_not_write(pair, homes) -> None:
    translator = member("t@example.org", (homes["cy"], "change"))
    welsh = edited(out(pair), Tom="Tom a Jerry")
    english = edited(out(pair, "en"), Rhy="Too big")
    assert intake.take_in("x", welsh, translator).complaint == ""
    assert "may not write" in intake.take_in("x", english, translator).complaint
    assert draft(pair.en).title == "Tom & Jerry"


def test_what_a_program_calls_unfinished_is_refused(pair) -> None:
    catalogue = polib.pofile(edited(out(pair), Tom="Tom a Jerry").decode())
    catalogue[0].flags.append("fuzzy")
    receipt = intake.take_in("x", str(catalogue).encode(), None)
    assert [line.reason for line in receipt.refused] == [
        "The translator’s program marks it as unfinished."
    ]


def test_the_memory_offers_what_another_page_said(
    pair, homes, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pairs.publish_pair(pair.en)
    other = pairs.create_pair(homes["en"], new_page("Tom & Jerry"), new_page("", "cy", summary=""))
    [title] = [e for e in intake.bundle_of(other.en, "cy").entries if e.key.startswith("title#")]
    assert title.suggestion == "Rhy fach"
    receipt = intake.take_in("x", FORMATS["po"].write(intake.bundle_of(other.en, "cy")), None)
    assert receipt.accepted == []


@pytest.fixture
def browser(client: Any, administrator: Any) -> Any:
    client.force_login(administrator)
    return client


def test_a_page_goes_out_as_a_file_and_a_batch_as_an_archive(browser, pair, homes) -> None:
    other = pairs.create_pair(homes["en"], new_page("Second"), new_page("Ail", "cy"))
    address = reverse("exchange_out")
    keys = [str(pair.en.translation_key), str(other.en.translation_key)]
    one = browser.get(address, {"pair": keys[:1], "language": "cy", "format": "xliff1"})
    assert "attachment" in one["Content-Disposition"]
    assert b"xliff" in one.content
    both = browser.get(address, {"pair": keys, "language": "cy", "format": "po"})
    assert len(zipfile.ZipFile(io.BytesIO(both.content)).namelist()) == 2
    answer = browser.post(reverse("exchange"), {"files": io.BytesIO(both.content)}, follow=True)
    receipts = answer.context["receipts"]
    assert [receipt.complaint for receipt in receipts] == ["", ""]


def test_an_archive_that_is_damaged_inside_gets_a_message(browser, pair) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.po", b"msgid " * 400)
    data = bytearray(packed.getvalue())
    data[34:40] = b"\xff" * 6
    answer = browser.post(reverse("exchange"), {"files": io.BytesIO(bytes(data))})
    assert [bool(receipt.complaint) for receipt in answer.context["receipts"]] == [True]


def test_the_list_holds_what_is_wanted_however_old_and_costs_the_same_for_every_number(
    client, homes, monkeypatch
) -> None:
    wanted = pairs.create_pair(homes["en"], new_page("Wanted"), new_page("Eisiau", "cy"))
    pairs.publish_alone(wanted.en, GoAhead("alone", "Urgent"))
    client.force_login(member("translator@example.org", (homes["cy"], "change")))
    monkeypatch.setattr(views, "MOST_PAGES", 2)
    counts = []
    for few in (range(2), range(2, 14)):
        for number in few:
            pairs.create_pair(homes["en"], new_page(f"P {number}"), new_page(f"T {number}", "cy"))
        client.get(reverse("exchange"), {"language": "cy"})
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse("exchange"), {"language": "cy"})
        counts.append(len(queries))
        assert len(answer.context["pages"]) == 2
        assert answer.context["pages"][0].pk == wanted.cy.pk
        assert answer.context["pages"][0].is_wanted
    assert counts[0] == counts[1], counts
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("exchange"), {"language": "en"}).context["pages"] == []
    assert len(queries) <= counts[1]


@pytest.mark.parametrize("query", [{}, {"pair": "x", "language": "cy", "format": "po"},
                                   {"pair": KEY, "language": "cy", "format": "po"},
                                   {"pair": KEY, "language": "fr", "format": "exe"}])  # fmt: skip
def test_an_impossible_order_gets_a_message(browser, homes, query) -> None:
    answer = browser.get(reverse("exchange_out"), query, follow=True)
    assert "Choose at least one page" in " ".join(map(str, answer.context["messages"]))


def test_the_screen_says_what_was_accepted_and_what_was_refused(browser, pair) -> None:
    data = edited(out(pair), Tom="Tom a Jerry", One="Gair heb ddolen")
    upload = io.BytesIO(data)
    upload.name = "cymraeg.po"
    page = browser.post(reverse("exchange"), {"files": upload}).content.decode()
    assert "cymraeg.po" in page
    assert "Links or bold and italic passages are missing" in page
    nothing = browser.post(reverse("exchange"), {}).content.decode()
    assert "Choose a file first" in nothing


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cut=st.integers(0, 3000), junk=st.binary(max_size=12), kind=st.sampled_from(sorted(FORMATS)))
def test_a_file_damaged_anywhere_never_breaks_the_server(pair, cut, junk, kind) -> None:
    data = out(pair, "cy", kind)
    intake.take_in("x", data[:cut] + junk + data[cut + len(junk) :], None)
    intake.take_in("x", data[:cut], None)
    assert draft(pair.cy).live
