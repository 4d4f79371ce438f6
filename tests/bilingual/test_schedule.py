"""The timer: both languages at one time, or none."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from bilingual import exceptions, pairs
from bilingual.exceptions import GoAhead
from tests.bilingual.conftest import is_live, new_page


def let_time_pass(pair: pairs.Pair) -> None:
    """Move the approved time of both into the past."""
    past = timezone.now() - timedelta(hours=1)
    Revision.objects.filter(object_id__in=[str(side.pk) for side in pair]).exclude(
        approved_go_live_at=None
    ).update(approved_go_live_at=past)
    for revision in Revision.objects.filter(object_id__in=[str(side.pk) for side in pair]):
        if revision.content.get("go_live_at"):
            revision.content["go_live_at"] = past.isoformat()
            revision.save(update_fields=["content"])


@pytest.fixture
def due_pair(draft_pair):
    pair = pairs.schedule_pair(draft_pair.en, timezone.now() + timedelta(days=1))
    let_time_pass(pair)
    return pair


def test_our_command_of_this_name_wins() -> None:
    assert get_commands()["publish_scheduled"] == "bilingual"


def test_nothing_but_pages_can_be_put_on_a_schedule() -> None:
    """Snippets with drafts would wait for ever: the command has to learn of them first."""
    kinds = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    assert all(issubclass(model, Page) for model in kinds)


def test_both_go_public_together(due_pair) -> None:
    call_command("publish_scheduled")
    assert is_live(due_pair) == (True, True)


def test_a_dry_run_changes_nothing(due_pair) -> None:
    call_command("publish_scheduled", dryrun=True)
    assert is_live(due_pair) == (False, False)


def test_a_half_scheduled_pair_stays_down_and_raises_the_alarm(due_pair) -> None:
    due_pair.cy.revisions.update(approved_go_live_at=None)
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    assert is_live(due_pair) == (False, False)


def test_a_crash_between_the_two_leaves_neither(due_pair, monkeypatch) -> None:
    done = []
    execute = pairs.PublishPageRevisionAction.execute

    def crash_at_second(self, **options):
        if done:
            raise RuntimeError("killed")
        done.append(self)
        return execute(self, **options)

    monkeypatch.setattr(pairs.PublishPageRevisionAction, "execute", crash_at_second)
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    assert done
    assert is_live(due_pair) == (False, False)


def test_one_pair_that_breaks_does_not_hold_up_the_next(due_pair, homes, monkeypatch) -> None:
    next_pair = pairs.schedule_pair(
        pairs.create_pair(homes["en"], new_page("Next"), new_page("Nesaf", "cy")).en,
        timezone.now() + timedelta(days=1),
    )
    let_time_pass(next_pair)
    publish = pairs.publish_pair

    def break_at_first(page, **options):
        if page.translation_key == due_pair.en.translation_key:
            raise RuntimeError("broken")
        return publish(page, **options)

    monkeypatch.setattr(pairs, "publish_pair", break_at_first)
    with pytest.raises(CommandError, match="1 pair"):
        call_command("publish_scheduled")
    assert (is_live(due_pair), is_live(next_pair)) == ((False, False), (True, True))


def test_the_twin_of_a_language_that_went_first_can_be_put_on_a_schedule(
    half_written, administrator
) -> None:
    pairs.publish_alone(half_written.en, GoAhead("alone", "A lie spreads."), administrator)
    welsh = pairs.latest_draft(half_written.cy)
    welsh.summary = "Brawddeg."
    welsh.save_revision()
    soon = timezone.now() + timedelta(days=1)
    pair = pairs.schedule_pair(pairs.pair_of(half_written.cy).cy, soon, user=administrator)
    assert is_live(pair) == (True, False)
    assert set(exceptions.open_entries()) == {pair.en.translation_key}
    let_time_pass(pair)
    call_command("publish_scheduled")
    assert is_live(pair) == (True, True)
    assert exceptions.open_entries() == {}


def test_both_expire_together(live_pair) -> None:
    Page.objects.filter(pk=live_pair.cy.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")
    assert is_live(live_pair) == (False, False)
    assert Page.objects.get(pk=live_pair.en.pk).expired


def test_unpublishing_cancels_the_schedule_of_both(due_pair) -> None:
    pairs.unpublish_pair(due_pair.en)
    call_command("publish_scheduled")
    assert is_live(due_pair) == (False, False)


def test_the_nightly_check_is_content_with_whole_pairs(live_pair, capsys) -> None:
    call_command("check_pairs")


def test_the_nightly_check_finds_each_fault(live_pair, homes, capsys) -> None:
    from bilingual.check import faults

    homes["en"].add_child(instance=new_page("Orphan"))
    half = Page(pk=live_pair.cy.pk).pk
    Page.objects.filter(pk=half).update(live=False)
    Page.objects.filter(pk=live_pair.en.pk).update(expire_at=timezone.now())
    assert [(fault.kind, fault.title) for fault in faults()] == [
        ("half", "Too small"),
        ("orphan", "Orphan"),
        ("schedule", "Too small"),
    ]
    with pytest.raises(CommandError, match="3 fault"):
        call_command("check_pairs")
