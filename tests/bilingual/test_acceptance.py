"""The twenty acceptance checks of the bilingual guide: which test shows which check.

A name here has to be a test of that file, so that none is lost when tests are renamed.
"""

import ast
from pathlib import Path

import pytest

from catalogues import ROOT

SHOWN_BY = {
    1: ("browser/test_editors.py::test_a_short_page_is_live_in_both_languages_in_a_few_presses",),
    2: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_composer.py::test_the_editors_own_language_comes_first",
        "browser/test_editors.py::test_no_barrier_on_the_new_screens"),
    3: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_exceptions.py::"
        "test_one_language_goes_public_alone_and_the_pair_is_no_fault",
        "bilingual/test_routing.py::test_english_text_is_shown_under_the_welsh_interface",
        "bilingual/test_exceptions.py::test_readers_learn_the_day"),
    4: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_routing.py::test_welsh_text_is_shown_under_the_english_interface",),
    5: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_routing.py::"
        "test_a_welsh_draft_is_never_shown_and_an_english_correction_shows_at_once",),
    6: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_routing.py::"
        "test_a_welsh_draft_is_never_shown_and_an_english_correction_shows_at_once",),
    7: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_routing.py::test_an_address_of_the_other_language_leads_to_the_own_one",
        "bilingual/test_switch.py::test_a_live_twin_is_the_target_and_the_query_stays"),
    8: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_exceptions.py::"
        "test_only_the_changed_paragraph_is_marked_and_the_live_welsh_stays",
        "bilingual/test_exceptions.py::test_the_dashboard_counts_down_and_shows_what_changed"),
    9: ("bilingual/test_ways_to_the_public.py::test_an_editor_without_the_right_publishes_nothing",
        "bilingual/test_engine_shut.py::"
        "test_every_screen_of_the_engine_answers_403_and_changes_nothing",
        "bilingual/test_ways_to_the_public.py::test_the_admin_api_reads_and_does_nothing",
        "bilingual/test_exchange.py::test_nobody_brings_in_a_language_that_they_may_not_write"),
    10: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_composer.py::test_a_translator_writes_one_language_and_reads_the_other",
         "home/test_roles.py::test_each_role_may_do_what_the_table_says_and_no_more"),
    11: ("bilingual/test_composer.py::"
         "test_a_locked_page_holds_both_languages_and_keeps_the_text_on_screen",
         "bilingual/test_pairs.py::test_a_lock_on_one_language_holds_both"),
    # No machine writes here: the memory offers, and what is copied is refused.
    12: ("bilingual/test_exchange.py::test_the_memory_offers_what_another_page_said",
         "bilingual/test_pairs.py::test_english_text_left_on_the_welsh_page_is_refused"),
    13: ("browser/test_acceptance.py::"
         "test_a_file_goes_out_is_translated_and_comes_back_as_a_draft",
        "bilingual/test_exchange.py::"
         "test_the_screen_says_what_was_accepted_and_what_was_refused",
         "bilingual/test_exchange.py::test_a_broken_or_foreign_file_gets_a_message",
         "bilingual/test_exchange.py::test_a_text_changed_on_the_site_since_is_refused_and_stays"),
    14: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_ways_to_the_public.py::test_move_takes_both",
         "bilingual/test_ways_to_the_public.py::test_unpublish_takes_down_both",
         "bilingual/test_ways_to_the_public.py::test_bulk_move_and_delete_act_on_both"),
    15: ("browser/test_both_languages_alike.py::"
         "test_what_is_scheduled_for_both_comes_and_goes_together_or_not_at_all",
         "bilingual/test_schedule.py::test_both_go_public_together",
         "bilingual/test_schedule.py::test_both_expire_together",
         "bilingual/test_schedule.py::test_a_crash_between_the_two_leaves_neither"),
    16: ("browser/test_both_languages_alike.py::"
         "test_a_page_gives_the_readers_own_file_or_says_in_which_language_it_is",
         "files/test_documents.py::"
         "test_a_link_in_a_text_gives_the_document_in_the_readers_language",
         "files/test_documents.py::"
         "test_a_link_names_the_language_when_only_the_other_exists"),
    17: ("browser/test_both_languages_alike.py::"
         "test_no_word_and_no_date_of_the_other_language_stands_on_any_page",
         "browser/test_both_languages_alike.py::test_a_day_and_a_number_are_said_as_the_language_says_them",
         "contracts/test_interface_language.py::", "welsh/test_plurals.py::"),
    18: ("browser/test_acceptance.py::"
        "test_one_language_goes_first_and_the_other_catches_up",
        "bilingual/test_switch.py::"
         "test_hreflang_names_both_and_the_default_only_for_live_pairs",),
    19: ("browser/test_both_languages_alike.py::"
         "test_the_form_asks_refuses_thanks_and_writes_in_the_readers_language",
         "browser/test_both_languages_alike.py::"
         "test_a_translator_writes_the_thanks_and_cannot_send_the_letters_elsewhere",
         "home/test_contact.py::test_a_mistake_is_said_in_welsh_and_the_words_stay"),
    20: ("browser/test_acceptance.py::"
         "test_a_half_written_title_leaves_nothing_in_the_addresses",
        "bilingual/test_ways_to_the_public.py::"
         "test_an_autosaved_half_title_does_not_stay_in_the_address",
         "bilingual/test_slugs.py::test_the_address_follows_the_title_until_the_first_publication"),
}  # fmt: skip


def test_each_of_the_twenty_checks_has_its_tests() -> None:
    assert list(SHOWN_BY) == list(range(1, 21))


@pytest.mark.parametrize("name", sorted({name for names in SHOWN_BY.values() for name in names}))
def test_each_test_named_here_exists(name: str) -> None:
    path, _colons, wanted = name.partition("::")
    tree = ast.parse(Path(ROOT, "tests", path).read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert any(found.startswith("test_") for found in names)
    assert not wanted or wanted in names
