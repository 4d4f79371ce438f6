"""A document knows its language and its counterpart; a link gives what the reader can read."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import translation
from wagtail.rich_text import expand_db_html

from core.blocks import BodyBlock
from files.models import Document
from tests.files import planted

Maker = Callable[..., Document]


def test_the_stored_name_is_a_token_and_the_download_is_named_by_its_title(
    make_document: Maker,
) -> None:
    document = make_document("Cynllun sesiwn: tŷ croeso", "cy")
    assert re.match(r"^documents/[0-9a-f]{32}\.txt$", document.file.name)
    assert document.filename == "cynllun-sesiwn-ty-croeso.txt"
    assert document.url.endswith("/cynllun-sesiwn-ty-croeso.txt")
    assert document.file_extension == "txt"


def test_a_document_is_cleaned_however_it_is_saved(db: Any, tmp_path: Path) -> None:
    file = ContentFile(planted.docx(), name="Amina.docx")
    document = Document.objects.create(title="A", language="en", file=file)
    assert (tmp_path / document.file.name).read_bytes() != planted.docx()
    bad = Document(title="A", language="en", file=ContentFile(b"<html>", name="a.pdf"))
    with pytest.raises(ValidationError) as caught:
        bad.full_clean()
    assert "file" in caught.value.message_dict


def test_a_counterpart_is_in_the_other_language(make_document: Maker) -> None:
    english = make_document("Plan", "en")
    for language in ("en", "both", "other"):
        with pytest.raises(ValidationError, match="counterpart"):
            make_document("Plan two", language, counterpart=english)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(
            title="A", language="both", counterpart=english, file=ContentFile(b"a", name="a.txt")
        )


def test_the_link_between_counterparts_is_the_same_from_both_ends(make_document: Maker) -> None:
    english = make_document("Plan", "en")
    welsh = make_document("Cynllun", "cy", counterpart=english)
    english.refresh_from_db()
    assert english.counterpart == welsh
    with pytest.raises(ValidationError, match="already"):
        make_document("Cynllun arall", "cy", counterpart=english)
    welsh.counterpart = None
    welsh.save()
    english.refresh_from_db()
    assert english.counterpart is None


def test_a_deleted_counterpart_leaves_the_other_in_place(make_document: Maker) -> None:
    english = make_document("Plan", "en")
    make_document("Cynllun", "cy", counterpart=english).delete()
    english.refresh_from_db()
    assert english.counterpart is None


def link(document: Document) -> str:
    return f'<p><a linktype="document" id="{document.pk}">x</a></p>'


def test_a_link_in_a_text_gives_the_document_in_the_readers_language(
    make_document: Maker, django_assert_num_queries: Any
) -> None:
    english = make_document("Plan", "en")
    make_document("Cynllun", "cy", counterpart=english)
    assert 'plan.txt" hreflang="en">x</a>' in expand_db_html(link(english))
    with translation.override("cy"), django_assert_num_queries(1):
        html = expand_db_html(link(english) * 3)
    assert html.count('cynllun.txt" hreflang="cy">x</a>') == 3


def test_a_link_names_the_language_when_only_the_other_exists(make_document: Maker) -> None:
    welsh, both = make_document("Cynllun", "cy"), make_document("Two", "both")
    assert '<span class="quiet">(Welsh)</span> x</a>' in expand_db_html(link(welsh))
    assert "quiet" not in expand_db_html(link(both))
    with translation.override("cy"):
        assert "quiet" not in expand_db_html(link(welsh))
    assert expand_db_html('<a linktype="document" id="999999">x</a>') == "<a>x</a>"
    assert expand_db_html('<a linktype="document">x</a>') == "<a>x</a>"


def test_a_document_in_a_body_is_the_readers_own_or_names_its_language(
    make_document: Maker, django_assert_num_queries: Any
) -> None:
    english, alone = make_document("Plan", "en"), make_document("Only", "en")
    both = make_document("Two", "both")
    make_document("Cynllun", "cy", counterpart=english)
    block = BodyBlock()
    stored = [
        {"type": "document", "value": {"document": document.pk, "note": ""}}
        for document in (english, alone, both)
    ] + [{"type": "document", "value": {"document": 999999, "note": ""}}]
    with translation.override("cy"), django_assert_num_queries(2):
        html = block.render(block.to_python(stored))
    assert 'cynllun.txt" hreflang="cy">Cynllun</a> <span class="quiet">TXT' in html
    assert 'only.txt" hreflang="en" lang="en">Only</a> <span class="quiet">Saesneg, TXT' in html
    assert 'two.txt">Two</a>' in html
    assert html.count("<a ") == 3
    assert 'hreflang="en">Plan</a>' in block.render(block.to_python(stored))
