"""Facts, safeguarding and language are checked side by side, by others than the authors."""

from itertools import permutations
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, TaskState

from accounts.models import User
from bilingual import approval, pairs
from bilingual.approval import PairTask
from bilingual.models import LanguageException
from home.roles import plant, plant_workflow
from tests.bilingual.conftest import is_live
from tests.bilingual.test_composer import filled, said

pytestmark = pytest.mark.django_db
ROLE_OF = {"facts": "Publishers", "safeguarding": "Safeguarding leads", "language": "Welsh"}


@pytest.fixture(autouse=True)
def _planted(homes: Any) -> None:
    plant(apps)
    plant_workflow(apps)


def person(role: str, name: str = "") -> Any:
    user = User.objects.create_user(f"{name or role.replace(' ', '')}@example.org", "secret")
    user.groups.add(Group.objects.get(name__endswith=role))
    return user


@pytest.fixture
def author(draft_pair: Any) -> Any:
    user = person("· Authors", "author")
    for page in draft_pair:
        pairs.latest_draft(page).save_revision(user=user)
    return user


@pytest.fixture
def checkers() -> dict[str, Any]:
    return {kind: person(role, kind) for kind, role in ROLE_OF.items()}


def opened(pair: Any) -> dict[str, Any]:
    """What the form of the composer says of the words that were read."""
    return {
        f"opened-{page.locale.language_code}": Page.objects.get(pk=page.pk).latest_revision_id
        for page in pair
    }


def press(
    client: Any, user: Any, pair: Any, decision: str, kind: str, read: dict[str, Any] | None = None
) -> str:
    """What the composer says after this person pressed the button."""
    client.force_login(user)
    task = PairTask.objects.get(kind=kind)
    address = reverse("compose_pair", args=[pair.en.translation_key])
    form = {"press": f"{decision}-{task.pk}", **(read or opened(pair))}
    answer = client.post(address, form, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def send(client: Any, user: Any, pair: Any) -> None:
    client.force_login(user)
    for page in pair:
        page.get_workflow().start(Page.objects.get(pk=page.pk).specific, user)


def test_all_three_checks_are_open_at_once_in_both_languages(client, draft_pair, author) -> None:
    send(client, author, draft_pair)
    for page in draft_pair:
        states = TaskState.objects.for_instance(page)
        assert {state.status for state in states} == {"in_progress"}
        assert states.count() == 3


@pytest.mark.parametrize("order", list(permutations(ROLE_OF)), ids="-".join)
def test_three_approvals_in_any_order_publish_both(
    client, draft_pair, author, checkers, order
) -> None:
    send(client, author, draft_pair)
    for kind in order[:-1]:
        assert "other checks are open" in press(client, checkers[kind], draft_pair, "approve", kind)
        assert is_live(draft_pair) == (False, False)
    said = press(client, checkers[order[-1]], draft_pair, "approve", order[-1])
    assert "is public in both languages" in said
    assert is_live(draft_pair) == (True, True)


@pytest.mark.parametrize("kind", ROLE_OF)
def test_the_author_approves_none_even_in_every_group(client, draft_pair, author, kind) -> None:
    author.groups.set(Group.objects.all())
    send(client, author, draft_pair)
    assert "You may not decide this" in press(client, author, draft_pair, "approve", kind)
    assert not TaskState.objects.filter(status="approved").exists()
    assert approval.to_check(author) == {}


@pytest.mark.parametrize("kind", ROLE_OF)
@pytest.mark.parametrize("other", ROLE_OF)
def test_each_check_is_decided_by_its_own_role(
    client, draft_pair, author, checkers, kind, other
) -> None:
    send(client, author, draft_pair)
    assert PairTask.objects.get(kind=kind).may_decide(draft_pair.en, checkers[other]) == (
        kind == other
    )
    waiting = approval.to_check(checkers[other])
    assert {str(name).lower() for name in waiting[draft_pair.en.translation_key]} == {other}


@pytest.mark.parametrize("kind", ROLE_OF)
def test_one_request_for_changes_stops_both(client, draft_pair, author, checkers, kind) -> None:
    send(client, author, draft_pair)
    assert "Changes were asked for" in press(client, checkers[kind], draft_pair, "reject", kind)
    for page in draft_pair:
        fresh = type(page).objects.get(pk=page.pk)
        assert fresh.current_workflow_state.status == "needs_changes"
    assert is_live(draft_pair) == (False, False)


def rewrite(page: Any, user: Any) -> None:
    draft = pairs.latest_draft(type(page).objects.get(pk=page.pk))
    draft.title = f"{draft.title} o lawer"
    draft.save_revision(user=user)


def status_of(kind: str, pair: Any) -> set[str]:
    """How the newest state of this check stands in both languages."""
    return {
        TaskState.objects.for_instance(page).filter(task__pairtask__kind=kind).latest("pk").status
        for page in pair
    }


def test_an_edit_in_one_language_reopens_what_was_approved_in_both(
    client, draft_pair, author, checkers
) -> None:
    send(client, author, draft_pair)
    press(client, checkers["facts"], draft_pair, "approve", "facts")
    assert status_of("facts", draft_pair) == {"approved"}
    rewrite(draft_pair.cy, author)
    assert status_of("facts", draft_pair) == {"in_progress"}
    press(client, checkers["safeguarding"], draft_pair, "approve", "safeguarding")
    press(client, checkers["language"], draft_pair, "approve", "language")
    assert is_live(draft_pair) == (False, False)
    press(client, checkers["facts"], draft_pair, "approve", "facts")
    assert is_live(draft_pair) == (True, True)


@pytest.mark.parametrize("side", ["en", "cy"])
def test_words_that_moved_since_they_were_opened_are_not_approved(
    client, draft_pair, author, checkers, side
) -> None:
    send(client, author, draft_pair)
    read = opened(draft_pair)
    rewrite(draft_pair.side(side), author)
    said = press(client, checkers["facts"], draft_pair, "approve", "facts", read)
    assert "The words were changed after you opened them" in said
    assert status_of("facts", draft_pair) == {"in_progress"}
    assert "You may not" not in press(client, checkers["facts"], draft_pair, "approve", "facts")
    assert status_of("facts", draft_pair) == {"approved"}


def test_a_check_is_decided_where_both_languages_are_read(
    client, draft_pair, author, checkers
) -> None:
    send(client, author, draft_pair)
    client.force_login(checkers["facts"])
    state = TaskState.objects.for_instance(draft_pair.en).get(task__pairtask__kind="facts")
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[draft_pair.en.pk, "approve", state.pk])
    )
    assert status_of("facts", draft_pair) == {"in_progress"}
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Waiting for your check" in home
    assert reverse("compose_pair", args=[draft_pair.en.translation_key]) in home


def test_the_last_approval_publishes_a_field_that_both_languages_share(
    client, live_pair, checkers
) -> None:
    author = person("· Authors", "author")
    draft = pairs.latest_draft(type(live_pair.en).objects.get(pk=live_pair.en.pk))
    draft.authored_in = "cy"
    draft.save_revision(user=author)
    send(client, author, live_pair)
    for kind in ROLE_OF:
        press(client, checkers[kind], live_pair, "approve", kind)
    done = pairs.pair_of(live_pair.en)
    assert (done.en.authored_in, done.cy.authored_in) == ("cy", "cy")
    assert not any(page.workflow_in_progress for page in done)
    assert not TaskState.objects.filter(status="in_progress").exists()


def test_an_approval_that_would_publish_half_a_text_says_why(
    client, half_written, checkers
) -> None:
    author = person("· Authors", "author")
    send(client, author, half_written)
    for kind in ("facts", "safeguarding"):
        press(client, checkers[kind], half_written, "approve", kind)
    said = press(client, checkers["language"], half_written, "approve", "language")
    assert "Welsh page" in said
    assert is_live(half_written) == (False, False)


def test_the_composer_sends_both_and_shows_the_checks(client, draft_pair, author) -> None:
    client.force_login(author)
    send(client, author, draft_pair)
    page = client.get(reverse("compose_pair", args=[draft_pair.en.translation_key]))
    assert [check.label for check in page.context["checks"]] == [
        "Facts", "Safeguarding", "Language",
    ]  # fmt: skip
    assert not any(check.may_decide for check in page.context["checks"])
    key = draft_pair.en.translation_key
    assert approval.pairs_written_by(author, [key]) == {key}


def submit(client: Any, user: Any, pair: Any) -> str:
    """What the composer says after the author pressed “Send for approval”."""
    client.force_login(user)
    answer = client.post(
        reverse("compose_pair", args=[pair.en.translation_key]),
        filled("submit", pair),
        follow=True,
    )
    return said(answer)


def test_after_changes_were_asked_for_it_is_sent_again_and_checked_anew(
    client, draft_pair, author, checkers
) -> None:
    assert "was sent for approval" in submit(client, author, draft_pair)
    press(client, checkers["facts"], draft_pair, "approve", "facts")
    press(client, checkers["language"], draft_pair, "reject", "language")
    rewrite(draft_pair.cy, author)
    assert "was sent for approval" in submit(client, author, draft_pair)
    for kind in ROLE_OF:
        assert status_of(kind, draft_pair) == {"in_progress"}
        assert "not open" not in press(client, checkers[kind], draft_pair, "approve", kind)
    assert is_live(draft_pair) == (True, True)


def test_an_approval_of_the_same_words_counts_when_they_are_sent_again(
    client, draft_pair, author, checkers
) -> None:
    send(client, author, draft_pair)
    press(client, checkers["facts"], draft_pair, "approve", "facts")
    press(client, checkers["language"], draft_pair, "reject", "language")
    assert approval.send([Page.objects.get(pk=page.pk) for page in draft_pair], author)
    assert status_of("facts", draft_pair) == {"approved"}
    assert status_of("language", draft_pair) == {"in_progress"}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_change_in_one_language_is_approved_with_both_read_and_recorded(
    client, live_pair, checkers, language
) -> None:
    author = person("· Authors", "author")
    rewrite(live_pair.side(language), author)
    send(client, author, live_pair)
    for kind in ROLE_OF:
        last = press(client, checkers[kind], live_pair, "approve", kind)
    assert "is public in both languages" in last
    assert pairs.pair_of(live_pair.en).side(language).title.endswith("o lawer")
    entry = LanguageException.objects.get()
    assert (entry.kind, entry.language) == ("no_change", language)
    assert (entry.opened_by, entry.approved_by) == (author, checkers["language"])
    assert entry.closed_at
