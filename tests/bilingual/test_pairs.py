"""The pair service: both languages or none."""

import json
import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from bilingual import engine, pairs
from bilingual.exceptions import GoAhead
from bilingual.models import LANGUAGES, other_language
from bilingual.registries import publish_checks
from bilingual.signals import pair_published, pair_withdrawn
from core.models import RelatedPage
from home.models import StandardPage
from search.models import PageText
from tests.bilingual.conftest import BODY, is_live, new_page


def test_publishing_one_side_publishes_both(draft_pair) -> None:
    pairs.publish_pair(draft_pair.cy)
    assert is_live(draft_pair) == (True, True)


def test_a_missing_twin_is_named(homes) -> None:
    alone = homes["en"].add_child(instance=new_page("Alone"))
    with pytest.raises(pairs.PairRefused, match="no Welsh page"):
        pairs.publish_pair(alone)
    assert not Page.objects.get(pk=alone.pk).live


def test_an_empty_text_is_named_with_its_language(half_written) -> None:
    with pytest.raises(pairs.PairRefused, match="“Summary” is empty on the Welsh page"):
        pairs.publish_pair(half_written.en)
    assert is_live(half_written) == (False, False)


def test_english_text_left_on_the_welsh_page_is_refused(homes) -> None:
    pair = pairs.create_pair(
        homes["en"], new_page("Copied"), new_page("Copi", "cy", summary=BODY["en"])
    )
    with pytest.raises(pairs.PairRefused, match="same text"):
        pairs.publish_pair(pair.en)
    assert is_live(pair) == (False, False)


def test_a_registered_check_stops_both_and_says_why(draft_pair) -> None:
    def never_on_a_tuesday(page):
        return ["Not on a Tuesday."] if page.locale.language_code == "cy" else []

    publish_checks.register(never_on_a_tuesday)
    try:
        with pytest.raises(pairs.PairRefused, match=r"Not on a Tuesday\."):
            pairs.publish_pair(draft_pair.en)
    finally:
        publish_checks.unregister(never_on_a_tuesday)
    assert is_live(draft_pair) == (False, False)


def test_a_right_on_one_language_changes_neither(live_pair, english_publisher, homes) -> None:
    draft = pairs.latest_draft(live_pair.en)
    draft.title = "Changed"
    draft.save_revision()
    target = pairs.create_pair(homes["en"], new_page("Target"), new_page("Targed", "cy"))
    for attempt in (
        lambda: pairs.publish_pair(live_pair.en, user=english_publisher),
        lambda: pairs.unpublish_pair(live_pair.en, user=english_publisher),
        lambda: pairs.delete_pair(live_pair.en, user=english_publisher),
        lambda: pairs.move_pair(live_pair.en, target.en, user=english_publisher),
        lambda: pairs.copy_pair(live_pair.en, target.en, user=english_publisher),
    ):
        with pytest.raises(pairs.PairRefused):
            attempt()
    assert is_live(live_pair) == (True, True)
    assert Page.objects.get(pk=live_pair.en.pk).title == "Too small"


def test_a_lock_on_one_language_holds_both(live_pair, administrator, editor) -> None:
    Page.objects.filter(pk=live_pair.cy.pk).update(locked=True, locked_by=editor)
    draft = pairs.latest_draft(live_pair.en)
    draft.summary = "Other words"
    opened = {"en": live_pair.en.latest_revision_id}
    with pytest.raises(pairs.PairRefused, match="“Rhy fach” is locked"):
        pairs.save_drafts({"en": draft}, administrator, opened_with=opened)
    for attempt in (pairs.publish_pair, pairs.unpublish_pair, pairs.delete_pair):
        with pytest.raises(pairs.PairRefused, match="“Rhy fach” is locked"):
            attempt(live_pair.en, user=administrator)
    assert is_live(live_pair) == (True, True)


def test_a_move_is_told_where_one_language_alone_is_public(
    homes, draft_pair, django_capture_on_commit_callbacks
) -> None:
    told: list[Any] = []

    def hear(pair: pairs.Pair, **kwargs: Any) -> None:
        told.append(pair.cy.get_parent().slug)

    pairs.publish_alone(draft_pair.cy, GoAhead("alone", "Urgent"))
    target = pairs.create_pair(homes["en"], new_page("Section"), new_page("Adran", "cy"))
    pair_published.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            pairs.move_pair(draft_pair.en, target.en)
    finally:
        pair_published.disconnect(hear)
    assert told == ["adran"]


def test_what_drafts_refer_to_is_known_before_they_are_public(live_pair, homes) -> None:
    target = [RelatedPage(target=live_pair.en)]
    made = pairs.create_pair(
        homes["en"], new_page("Points there", related_pages=target), new_page("Yn pwyntio", "cy")
    )
    known = ReferenceIndex.get_references_to(live_pair.en).values_list("object_id", flat=True)
    assert set(known) == {str(side.pk) for side in made}


def test_shared_fields_reach_the_draft_and_the_live_row_of_the_twin(live_pair) -> None:
    english = pairs.latest_draft(live_pair.en)
    english.quick_exit = True
    english.save_revision()
    assert pairs.share_draft(live_pair.en)
    assert pairs.latest_draft(Page.objects.get(pk=live_pair.cy.pk).specific).quick_exit
    assert not pairs.pair_of(live_pair.en).cy.quick_exit
    assert pairs.publish_pair(live_pair.en).cy.quick_exit
    assert not pairs.share_draft(live_pair.en)


def test_a_half_written_draft_over_a_live_twin_is_not_lost(live_pair) -> None:
    welsh = pairs.latest_draft(live_pair.cy)
    welsh.title = "Teitl newydd"
    welsh.save_revision()
    english = pairs.latest_draft(live_pair.en)
    english.quick_exit = True
    english.save_revision()
    pairs.share_draft(live_pair.en)
    assert pairs.latest_draft(pairs.pair_of(live_pair.en).cy).title == "Teitl newydd"


def test_a_crash_between_the_two_leaves_neither(draft_pair, monkeypatch) -> None:
    done = []
    execute = pairs.PublishPageRevisionAction.execute

    def crash_at_second(self, **options):
        if done:
            raise RuntimeError("power cut")
        done.append(self)
        return execute(self, **options)

    monkeypatch.setattr(pairs.PublishPageRevisionAction, "execute", crash_at_second)
    with pytest.raises(RuntimeError):
        pairs.publish_pair(draft_pair.en)
    assert done
    assert is_live(draft_pair) == (False, False)


def test_unpublish_takes_down_both_and_the_pairs_below(live_pair) -> None:
    below = pairs.create_pair(live_pair.en, new_page("Below"), new_page("Isod", "cy"), publish=True)
    pairs.unpublish_pair(live_pair.cy, include_descendants=True)
    assert is_live(live_pair) == is_live(below) == (False, False)


def test_move_takes_both_below_twins(live_pair, homes) -> None:
    target = pairs.create_pair(homes["en"], new_page("Target"), new_page("Targed", "cy"))
    moved = pairs.move_pair(live_pair.cy, target.cy)
    assert moved.en.get_parent().pk == target.en.pk
    assert moved.cy.get_parent().pk == target.cy.pk
    assert moved.cy.url_path.endswith("/targed/rhy-fach/")
    with pytest.raises(pairs.PairRefused):
        pairs.move_pair(moved.en, target.cy)
    with pytest.raises(pairs.PairRefused):
        pairs.move_pair(target.en, moved.en)
    assert not any(Page.find_problems())


def test_delete_takes_both_trees_below(live_pair, homes) -> None:
    pairs.create_pair(live_pair.en, new_page("Below"), new_page("Isod", "cy"), publish=True)
    before = Page.objects.count()
    pairs.delete_pair(live_pair.en)
    assert Page.objects.count() == before - 4
    assert not any(Page.find_problems())


def test_pairs_that_are_deleted_together_go_all_or_none(live_pair, homes, administrator) -> None:
    other = pairs.create_pair(homes["en"], new_page("Other"), new_page("Arall", "cy"))
    Page.objects.filter(pk=live_pair.cy.pk).update(locked=True)
    with pytest.raises(pairs.PairRefused, match="locked"):
        pairs.delete_pairs([other.en, live_pair.en], administrator)
    assert Page.objects.filter(pk__in=[other.en.pk, other.cy.pk]).count() == 2
    Page.objects.update(locked=False)
    pairs.delete_pairs([other.en, live_pair.en], administrator)
    gone = {side.pk for pair in (other, live_pair) for side in pair}
    assert not Page.objects.filter(pk__in=gone).exists()
    logged = PageLogEntry.objects.filter(action="wagtail.delete", user=administrator)
    assert set(logged.values_list("page", flat=True)) == gone


def test_once_public_an_author_may_not_delete(live_pair, editor) -> None:
    pairs.unpublish_pair(live_pair.en)
    with pytest.raises(pairs.PairRefused, match="only unpublished"):
        pairs.delete_pair(live_pair.en, user=editor)


def test_copy_makes_a_new_pair_of_drafts_with_its_subpages(live_pair, homes) -> None:
    pairs.create_pair(live_pair.en, new_page("Below"), new_page("Isod", "cy"), publish=True)
    copy = pairs.copy_pair(live_pair.en, homes["en"], title="Second", recursive=True)
    assert copy.en.translation_key == copy.cy.translation_key != live_pair.en.translation_key
    assert (copy.en.title, copy.en.slug, copy.cy.slug) == ("Second", "second", "rhy-fach-2")
    assert is_live(copy) == (False, False)
    children = copy.en.get_children().get(), copy.cy.get_children().get()
    assert children[0].translation_key == children[1].translation_key
    assert is_live(live_pair) == (True, True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["live_pair", "draft_pair"])
def test_a_copy_has_what_was_last_written_and_no_times(request, homes, state, language) -> None:
    pair = request.getfixturevalue(state)
    soon = timezone.now() + timedelta(days=1)
    pairs.schedule_pair(pair.side(language), soon, soon + timedelta(days=1))
    page = StandardPage.objects.get(pk=pair.side(language).pk)
    draft = pairs.latest_draft(page)
    draft.title, draft.summary = "New", "Written later"
    draft.body = [("paragraph", "<p>Later too</p>")]
    draft.related_pages.add(RelatedPage(target=homes[language]))
    pairs.save_drafts({language: draft}, None, opened_with={language: page.latest_revision_id})
    copy = pairs.copy_pair(page, homes[language])
    draft = pairs.latest_draft(copy.side(language))
    other = other_language(language)
    for written in (draft, StandardPage.objects.get(pk=draft.pk)):
        assert (written.title, written.summary) == ("New", "Written later")
        assert "Later too" in str(written.body)
        assert [row.target_id for row in written.related_pages.all()] == [homes[language].pk]
    assert pairs.latest_draft(copy.side(other)).summary == pair.side(other).summary
    for side in copy:
        for written in (side, pairs.latest_draft(side)):
            assert (written.live, written.go_live_at, written.expire_at) == (False, None, None)
    assert not any(side.approved_schedule for side in copy)


def test_a_title_that_is_not_written_yet_is_not_written_by_a_copy(homes) -> None:
    pair = pairs.create_pair(homes["en"], new_page("Too small"), new_page("", "cy"))
    copy = pairs.copy_pair(pair.en, homes["en"], title="Second")
    drafts = [pairs.latest_draft(side) for side in copy]
    assert [draft.title for draft in drafts] == ["Second", ""]
    with pytest.raises(pairs.PairRefused, match="Welsh page, “Title”"):
        pairs.publish_pair(copy.en)
    assert is_live(copy) == (False, False)
    draft = drafts[1]
    draft.title = "Yr ail"
    pairs.save_drafts({"cy": draft}, None, opened_with={"cy": draft.latest_revision_id})
    assert pairs.publish_pair(copy.en).cy.url == "/cy/yr-ail/"


def test_a_twin_that_nobody_wrote_is_not_written_by_a_copy(homes, administrator) -> None:
    alone = homes["en"].add_child(instance=new_page("Alone", summary=""))
    alone.save_revision()
    pairs.make_twin(alone, user=administrator)
    copy = pairs.copy_pair(alone, homes["en"], user=administrator)
    assert [pairs.latest_draft(side).title for side in copy] == ["Alone", ""]
    with pytest.raises(pairs.PairRefused, match="Welsh page, “Title”"):
        pairs.publish_pair(copy.en)


def test_a_copy_has_its_own_cloth_and_a_started_twin_that_of_its_page(homes, administrator) -> None:
    alone = homes["en"].add_child(instance=new_page("Alone", cloth_seed="lighthouse"))
    alone.save_revision()
    made = pairs.make_twin(alone, user=administrator)
    assert pairs.latest_draft(made).cloth_seed == "lighthouse"
    copy = pairs.copy_pair(alone, homes["en"])
    assert [pairs.latest_draft(side).cloth_seed for side in copy] == ["", ""]


def test_a_started_twin_holds_no_prose_and_cannot_be_published(homes, administrator) -> None:
    alone = homes["en"].add_child(instance=new_page("Alone"))
    alone.save_revision()
    made = pairs.make_twin(alone, user=administrator)
    assert (made.title, made.summary, made.live) == ("Alone", "", False)
    assert pairs.make_twin(alone).pk == made.pk
    with pytest.raises(pairs.PairRefused, match="has not been written yet"):
        pairs.publish_pair(alone)


def test_schedule_gives_both_one_time(draft_pair) -> None:
    soon = timezone.now().replace(microsecond=0) + timedelta(days=1)
    pair = pairs.schedule_pair(draft_pair.cy, soon, soon + timedelta(days=1))
    assert (pair.en.go_live_at, pair.cy.go_live_at) == (soon, soon)
    assert pair.en.expire_at == pair.cy.expire_at == soon + timedelta(days=1)
    assert pair.en.approved_schedule
    assert pair.cy.approved_schedule
    assert is_live(draft_pair) == (False, False)


def test_signals_come_after_commit_with_both_pages(
    draft_pair, django_capture_on_commit_callbacks
) -> None:
    heard = []

    def listen(sender, pair, **kwargs):
        heard.append((pair.en.live, pair.cy.live))

    pair_published.connect(listen)
    pair_withdrawn.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            pairs.publish_pair(draft_pair.en)
            assert heard == []
        with django_capture_on_commit_callbacks(execute=True):
            pairs.unpublish_pair(draft_pair.en)
    finally:
        pair_published.disconnect(listen)
        pair_withdrawn.disconnect(listen)
    assert heard == [(True, True), (False, False)]


def test_everybody_hears_of_each_pair_that_a_deleted_section_took_along(
    draft_pair, django_capture_on_commit_callbacks
) -> None:
    below = pairs.create_pair(
        draft_pair.en, new_page("Below"), new_page("Isod", "cy"), publish=True
    )
    pairs.create_pair(draft_pair.en, new_page("Draft"), new_page("Drafft", "cy"))
    heard = []

    def listen(sender, pair, **kwargs):
        heard.append((sender, pair.en.title, pair.cy.title, pair.en.pk))

    pair_withdrawn.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            pairs.delete_pair(draft_pair.en)
    finally:
        pair_withdrawn.disconnect(listen)
    assert heard == [(StandardPage, "Below", "Isod", below.en.pk)]


def test_shared_fields_are_written_only_by_those_who_may_write_both(
    live_pair, english_publisher, administrator, editor
) -> None:
    english = pairs.latest_draft(live_pair.en)
    english.quick_exit = True
    for user, locked in ((english_publisher, False), (administrator, True)):
        Page.objects.filter(pk=live_pair.cy.pk).update(
            locked=locked, locked_by=editor if locked else None
        )
        english.save_revision(user=user)
        with pytest.raises(pairs.PairRefused, match="What both languages share"):
            pairs.share_draft(live_pair.en, user=user)
        assert not pairs.latest_draft(pairs.pair_of(live_pair.en).cy).quick_exit


def test_engine_records_follow_a_publication_and_touch_no_page(
    draft_pair, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pairs.publish_pair(draft_pair.en)
    source = TranslationSource.objects.get(object_id=draft_pair.en.translation_key)
    assert source.locale.language_code == "en"
    assert not Translation.objects.get(source=source).enabled
    assert StringTranslation.objects.filter(
        translation_of__data=BODY["en"], data=BODY["cy"], translation_type="manual"
    ).exists()
    assert pairs.pair_of(draft_pair.en).cy.summary == BODY["cy"]


def test_engine_records_forget_what_is_gone_and_keep_what_stands(live_pair, homes) -> None:
    def store(*texts: str) -> dict[str, int]:
        """Write these paragraphs and a link; what the records hold then, with their numbers."""
        page = StandardPage.objects.get(pk=live_pair.en.pk)
        link = {"kind": "host", "text": "Come in", "page": homes["en"].pk}
        page.body = page.body.stream_block.to_python(
            [{"type": "call_to_action", "id": "link", "value": link}]
            + [{"type": "paragraph", "id": text, "value": f"<p>{text}</p>"} for text in texts]
        )
        engine.record(page, live_pair.cy)
        texts_stored = StringSegment.objects.filter(source__object_id=page.translation_key)
        links_stored = OverridableSegment.objects.filter(source__object_id=page.translation_key)
        return {
            **{row.context.path: row.pk for row in texts_stored},
            **{f"{row.context.path}={row.data_json}": row.pk for row in links_stored},
        }

    first, second = store("one", "two"), store("one", "three")
    link = f"body.link.page={homes['en'].pk}"
    assert {link, "body.one", "body.two"} <= first.keys()
    assert second.keys() == first.keys() - {"body.two"} | {"body.three"}
    for path in (link, "body.one", "body.link.text", "title"):
        assert second[path] == first[path], path


def test_a_text_that_stands_twice_in_one_place_is_kept_once(
    homes, django_capture_on_commit_callbacks
) -> None:
    texts = {
        "en": "<p>Call us</p><p>Call us</p>",
        "cy": "<p>Ffoniwch</p><p>Ffoniwch ni</p>",
    }
    bodies = {
        language: json.dumps([{"type": "paragraph", "id": "one", "value": text}])
        for language, text in texts.items()
    }
    with django_capture_on_commit_callbacks(execute=True):
        pair = pairs.create_pair(
            homes["en"],
            new_page("Twice", body=bodies["en"]),
            new_page("Ddwywaith", "cy", body=bodies["cy"]),
            publish=True,
        )
    StringTranslation.objects.update(has_error=True)
    for _publication in range(2):
        engine.record(pair.en, pair.cy)
        kept = StringTranslation.objects.get(translation_of__data="Call us")
        assert (kept.data, kept.has_error) == ("Ffoniwch ni", False)


def test_what_a_page_refers_to_is_known_once_it_is_public(live_pair, homes) -> None:
    link = {"kind": "host", "text": "Come in", "page": homes["en"].pk}
    body = [{"type": "call_to_action", "id": "link", "value": link}]
    page = StandardPage.objects.get(pk=live_pair.en.pk)

    def referred() -> bool:
        return ReferenceIndex.objects.filter(
            object_id=page.pk, to_object_id=homes["en"].pk, model_path__startswith="body"
        ).exists()

    draft = pairs.latest_draft(page)
    draft.body = draft.body.stream_block.to_python(body)
    draft.save_revision()
    twin = pairs.latest_draft(live_pair.cy)
    twin.body = draft.body
    twin.save_revision()
    assert not referred()
    pairs.publish_pair(page)
    assert referred()


def test_a_failing_engine_is_logged_and_the_pair_stays_public(
    draft_pair, django_capture_on_commit_callbacks, monkeypatch, caplog
) -> None:
    def fail(*pages):
        raise RuntimeError("engine")

    monkeypatch.setattr(engine, "record", fail)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        pairs.publish_pair(draft_pair.en)
    assert is_live(draft_pair) == (True, True)
    assert "Engine records failed" in caplog.text


def test_search_knows_what_is_public_after_every_way_of_the_service(
    homes, draft_pair, django_capture_on_commit_callbacks
) -> None:
    def known(key: Any) -> set[str]:
        return set(
            PageText.objects.filter(page__translation_key=key).values_list("title", flat=True)
        )

    both, page = {"Too small", "Rhy fach"}, draft_pair.en
    soon = timezone.now() + timedelta(hours=1)
    ways: list[tuple[Callable[[], Any], set[str]]] = [
        (lambda: pairs.publish_alone(draft_pair.cy, GoAhead("alone", "Urgent")), {"Rhy fach"}),
        (lambda: pairs.publish_pair(page), both),
        (lambda: pairs.unpublish_pair(page), set()),
        (lambda: pairs.schedule_pair(StandardPage.objects.get(pk=page.pk), soon), set()),
        (lambda: call_command("publish_scheduled"), both),
        (lambda: pairs.delete_pair(page), set()),
    ]
    for way, expected in ways:
        with (
            time_machine.travel(soon + timedelta(minutes=1)) if expected == both else nullcontext(),
            django_capture_on_commit_callbacks(execute=True),
        ):
            way()
        assert known(page.translation_key) == expected
