"""Nothing becomes public, or stops being public, outside the pair service."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page

from bilingual import pairs
from tests.bilingual.conftest import half_pairs, is_live, new_page

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    "accounts", "bilingual", "case_studies", "core", "demo", "evidence", "files", "home",
    "operations", "resources", "search", "site",
]  # fmt: skip


def test_a_page_added_in_code_starts_as_a_draft(homes) -> None:
    page = homes["en"].add_child(instance=new_page("From the shell", live=True))
    assert not Page.objects.get(pk=page.pk).live


def test_publishing_a_revision_in_code_is_refused(draft_pair) -> None:
    with pytest.raises(PermissionDenied), transaction.atomic():
        draft_pair.en.save_revision().publish()
    assert is_live(draft_pair) == (False, False)


def test_saving_live_is_refused_on_the_base_class_too(draft_pair) -> None:
    for page in (draft_pair.en, Page.objects.get(pk=draft_pair.cy.pk)):
        page.live = True
        with pytest.raises(PermissionDenied), transaction.atomic():
            page.save()
    assert is_live(draft_pair) == (False, False)


def test_unpublishing_one_language_in_code_is_refused(live_pair) -> None:
    with pytest.raises(PermissionDenied), transaction.atomic():
        Page.objects.get(pk=live_pair.cy.pk).unpublish()
    assert is_live(live_pair) == (True, True)


def test_deleting_one_language_in_code_is_refused(live_pair) -> None:
    for delete in (live_pair.cy.delete, Page.objects.filter(pk=live_pair.cy.pk).delete):
        with pytest.raises(PermissionDenied), transaction.atomic():
            delete()
    assert Page.objects.filter(translation_key=live_pair.cy.translation_key).count() == 2


def test_deleting_by_the_parent_is_refused(live_pair, homes) -> None:
    with pytest.raises(PermissionDenied), transaction.atomic():
        Page.objects.get(pk=homes["cy"].pk).delete()
    assert is_live(live_pair) == (True, True)


def test_moving_one_language_in_code_is_refused(live_pair, homes) -> None:
    other = pairs.create_pair(homes["en"], new_page("Elsewhere"), new_page("Man arall", "cy"))
    with pytest.raises(PermissionDenied), transaction.atomic():
        live_pair.en.move(other.en, pos="last-child")
    assert Page.objects.get(pk=live_pair.en.pk).get_parent().pk == homes["en"].pk


def test_a_new_order_among_siblings_is_free(live_pair, homes) -> None:
    first = Page.objects.get(pk=homes["en"].pk).get_children().first()
    Page.objects.get(pk=live_pair.en.pk).move(first, pos="left")
    assert Page.objects.get(pk=homes["en"].pk).get_first_child().pk == live_pair.en.pk


def test_drafts_are_saved_with_the_door_shut(live_pair) -> None:
    live_pair.en.title = "A better title"
    live_pair.en.save_revision()
    assert Page.objects.get(pk=live_pair.en.pk).draft_title == "A better title"
    assert not half_pairs()


def test_no_source_changes_live_rows_past_the_guard() -> None:
    """`QuerySet.update(live=…)` sends no signal, so the guard cannot see it."""
    past = re.compile(r"\.(update|bulk_update)\([^)]*\blive(_revision)?\b\s*[=\"']", re.S)
    assert past.search('Page.objects.filter(pk=1).update(slug="a", live=True)')
    found = [
        str(source)
        for room in ROOMS
        for source in (ROOT / room).rglob("*.py")
        if past.search(source.read_text())
    ]
    assert found == []
