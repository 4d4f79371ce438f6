"""One language ahead of the other: in writing, with a day, and over by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from bilingual import check, door, exceptions, pairs, staleness
from bilingual.dashboard import PairsPanel, my_pairs, reviews, wanted
from bilingual.exceptions import GoAhead, due_after
from bilingual.models import LanguageException
from home.models import StandardPage
from home.roles import plant, plant_workflow
from tests.bilingual.conftest import is_live, member, new_page

Kind = LanguageException.Kind
URGENT = GoAhead(Kind.ALONE, "A lie spreads.", date(2026, 12, 1))


def rewrite(page: Any, **values: Any) -> Any:
    """A new draft of one language."""
    draft = pairs.latest_draft(StandardPage.objects.get(pk=page.pk))
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision()
    return page


def entry() -> LanguageException:
    return LanguageException.objects.get(closed_at__isnull=True)


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-11-23", "2026-11-25"), ("2026-11-26", "2026-11-30"), ("2026-11-28", "2026-12-01")],
)
def test_two_working_days_leave_out_the_weekend(day: str, due: str) -> None:
    assert due_after(date.fromisoformat(day)) == date.fromisoformat(due)


def test_one_language_goes_public_alone_and_the_pair_is_no_fault(
    half_written, administrator
) -> None:
    pairs.publish_alone(half_written.en, URGENT, administrator)
    assert is_live(half_written) == (True, False)
    assert (entry().approved_by, entry().due_on) == (administrator, date(2026, 12, 1))
    assert check.faults() == []
    exceptions.close(half_written.en.translation_key)
    assert [fault.kind for fault in check.faults()] == ["half"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_reason_no_exception(half_written, administrator, reason: str) -> None:
    for answer in (None, GoAhead(Kind.ALONE, reason)):
        with pytest.raises(pairs.PairRefused, match="Say why"):
            pairs.publish_alone(half_written.en, answer, administrator)
    assert is_live(half_written) == (False, False)
    assert not LanguageException.objects.exists()


def test_an_author_opens_no_exception(half_written, editor) -> None:
    with pytest.raises(pairs.PairRefused):
        pairs.publish_alone(half_written.en, URGENT, editor)
    assert is_live(half_written) == (False, False)


def test_the_door_stays_shut_for_one_language(half_written, administrator) -> None:
    pairs.publish_alone(half_written.en, URGENT, administrator)
    page = Page.objects.get(pk=half_written.cy.pk)
    page.live = True
    with pytest.raises(PermissionDenied):
        page.save()
    assert not door.is_open()


def test_the_database_keeps_one_open_exception_with_reason_and_day(half_written) -> None:
    key = half_written.en.translation_key
    exceptions.record(key, "en", URGENT, None)
    for values in (
        {"reason": "Twice.", "due_on": date(2026, 12, 1)},
        {"reason": "", "due_on": date(2026, 12, 1), "closed_at": timezone.now()},
        {"reason": "No day.", "closed_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LanguageException.objects.create(
                translation_key=key, kind=Kind.ALONE, language="en", **values
            )


def test_a_correction_needs_no_second_reason_while_the_exception_is_open(
    half_written, administrator
) -> None:
    pairs.publish_alone(half_written.en, URGENT, administrator)
    pairs.publish_alone(rewrite(half_written.en, title="Corrected"), user=administrator)
    assert StandardPage.objects.get(pk=half_written.en.pk).title == "Corrected"


def test_it_ends_when_the_twin_goes_public(half_written, administrator) -> None:
    pairs.publish_alone(half_written.en, URGENT, administrator)
    rewrite(half_written.cy, summary="Brawddeg.")
    pairs.publish_pair(half_written.cy, administrator)
    assert is_live(half_written) == (True, True)
    assert exceptions.open_entries() == {}


def test_it_ends_when_nothing_is_public(half_written, administrator) -> None:
    pairs.publish_alone(half_written.en, URGENT, administrator)
    pairs.unpublish_pair(half_written.en, administrator)
    assert exceptions.open_entries() == {}


def test_readers_learn_the_day(client, half_written, administrator) -> None:
    pairs.publish_alone(half_written.en, URGENT, administrator)
    answer = client.get(f"/cy/{half_written.en.slug}/").content.decode()
    assert "Disgwylir y fersiwn Gymraeg ar 1 Rhagfyr 2026." in answer
    assert "A lie spreads." not in answer
    assert "due on" not in client.get(f"/en/{half_written.en.slug}/").content.decode()


def test_a_changed_language_is_held(live_pair, administrator) -> None:
    rewrite(live_pair.en, summary="Another sentence.")
    with pytest.raises(pairs.OneLanguageChanged) as held:
        pairs.publish_pair(live_pair.en, administrator)
    assert held.value.language == "en"
    assert "Another" not in StandardPage.objects.get(pk=live_pair.en.pk).summary


def test_both_changed_or_nothing_written_changed_is_not_held(live_pair, administrator) -> None:
    rewrite(live_pair.en, summary="Another sentence.")
    rewrite(live_pair.cy, summary="Brawddeg arall.")
    pairs.publish_pair(live_pair.en, administrator)
    pairs.publish_pair(rewrite(live_pair.en, quick_exit=True), administrator)
    assert not LanguageException.objects.exists()


def test_wagtails_own_editor_asks_the_question_side_by_side(
    client, live_pair, administrator
) -> None:
    from tests.bilingual.test_ways_to_the_public import press

    client.force_login(administrator)
    page = StandardPage.objects.get(pk=live_pair.en.pk)
    page.title = "Only English"
    answer = press(client, page, "action-publish")
    assert answer.redirect_chain[-1][0] == reverse("compose_pair", args=[page.translation_key])
    assert "Only the English text was changed" in answer.content.decode()
    assert StandardPage.objects.get(pk=page.pk).title == "Too small"


@pytest.fixture
def drifted(
    live_pair: pairs.Pair, administrator: Any, django_capture_on_commit_callbacks: Any
) -> pairs.Pair:
    """The English was corrected in a hurry; the Welsh follows."""
    with django_capture_on_commit_callbacks(execute=True):
        rewrite(live_pair.en, title="Too small to sleep in")
        rewrite(live_pair.cy, title="Rhy fach i gysgu")
        pairs.publish_pair(live_pair.en, administrator)
    with django_capture_on_commit_callbacks(execute=True):
        pairs.publish_pair(
            rewrite(live_pair.en, summary="A correction."),
            administrator,
            go_ahead=GoAhead(Kind.NEWER, "Wrong number.", date(2026, 11, 1)),
        )
    return pairs.pair_of(live_pair.en)


def test_only_the_changed_paragraph_is_marked_and_the_live_welsh_stays(drifted) -> None:
    changes = staleness.changes(drifted.en, drifted.cy)
    assert [(change.path, change.now) for change in changes] == [("summary", "A correction.")]
    assert changes[0].was.startswith("Nobody should")
    assert drifted.cy.title == "Rhy fach i gysgu"
    assert staleness.changes(drifted.cy, drifted.en) == []


def test_readers_of_the_older_language_are_told(client, drifted) -> None:
    answer = client.get(drifted.cy.url).content.decode()
    assert "Mae fersiwn Saesneg y dudalen hon yn fwy newydd." in answer
    assert drifted.en.url in answer
    assert "being updated" not in client.get(drifted.en.url).content.decode()


def test_when_the_other_language_follows_both_are_in_step(
    drifted, administrator, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pairs.publish_pair(rewrite(drifted.cy, summary="Cywiriad."), administrator)
    pair = pairs.pair_of(drifted.en)
    assert exceptions.open_entries() == {}
    assert staleness.changes(pair.en, pair.cy) == staleness.changes(pair.cy, pair.en) == []


def test_no_change_needed_is_logged_and_signs_off(
    live_pair, administrator, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pairs.publish_pair(
            rewrite(live_pair.en, summary="A comma."),
            administrator,
            go_ahead=GoAhead(Kind.NO_CHANGE, "A comma."),
        )
    pair = pairs.pair_of(live_pair.en)
    assert LanguageException.objects.get().approved_by == administrator
    assert exceptions.open_entries() == {}
    assert staleness.changes(pair.en, pair.cy) == []


@pytest.mark.parametrize("kind", [Kind.NEWER, Kind.NO_CHANGE])
@pytest.mark.parametrize("quick_exit", [False, True])
def test_what_somebody_is_writing_in_the_other_language_does_not_go_out_with_it(
    live_pair, administrator, editor, kind: str, quick_exit: bool
) -> None:
    rewrite(live_pair.en, summary="A correction.", quick_exit=quick_exit)
    welsh = pairs.latest_draft(live_pair.cy)
    welsh.title, welsh.summary = "Hanner parod", ""
    welsh.save_revision(user=editor, clean=False)
    done = pairs.publish_pair(live_pair.en, administrator, go_ahead=GoAhead(kind, "Wrong number."))
    assert (done.en.summary, done.cy.title) == ("A correction.", "Rhy fach")
    assert (done.en.quick_exit, done.cy.quick_exit) == (quick_exit, quick_exit)
    recorded = LanguageException.objects.get()
    assert (recorded.kind, recorded.language) == (kind, "en")
    draft = pairs.latest_draft(done.cy)
    assert (draft.title, draft.summary, draft.quick_exit) == ("Hanner parod", "", quick_exit)
    assert (done.cy.latest_revision.user, done.cy.has_unpublished_changes) == (editor, True)


def test_the_language_that_was_not_changed_does_not_go_first(live_pair, administrator) -> None:
    rewrite(live_pair.cy, summary="Cywiriad.")
    with pytest.raises(pairs.OneLanguageChanged) as held:
        pairs.publish_pair(live_pair.en, administrator, go_ahead=GoAhead(Kind.NEWER, "Urgent."))
    assert held.value.language == "cy"
    assert pairs.pair_of(live_pair.cy).cy.summary != "Cywiriad."


def test_deleting_a_section_ends_the_exceptions_below_it(
    homes, live_pair, half_written, administrator
) -> None:
    pairs.move_pair(half_written.en, live_pair.en)
    pairs.publish_alone(half_written.en, URGENT, administrator)
    pairs.delete_pair(live_pair.en, administrator)
    assert exceptions.open_entries() == {}


def test_wagtails_editor_lets_nobody_write_both_languages_with_a_right_on_one(
    client, live_pair, english_publisher
) -> None:
    from tests.bilingual.test_ways_to_the_public import press

    client.force_login(english_publisher)
    page = StandardPage.objects.get(pk=live_pair.en.pk)
    page.title = "Only English"
    answer = press(client, page, "action-save", quick_exit="on")
    assert "What both languages share stays as it was" in answer.content.decode()
    drafts = [pairs.latest_draft(side) for side in pairs.pair_of(live_pair.en)]
    assert [draft.title for draft in drafts] == ["Only English", "Rhy fach"]
    assert not any(draft.quick_exit for draft in drafts)


def test_wagtails_editor_shows_the_twin_and_what_it_says_anew(
    client, drifted, administrator, half_written
) -> None:
    client.force_login(administrator)
    welsh = client.get(reverse("wagtailadmin_pages:edit", args=[drifted.cy.pk])).content.decode()
    assert "Too small to sleep in" in welsh
    assert "<ins>A correction.</ins>" in welsh
    english = client.get(reverse("wagtailadmin_pages:edit", args=[drifted.en.pk])).content.decode()
    assert "Rhy fach i gysgu" in english
    assert "<ins>" not in english


def test_the_dashboard_counts_down_and_shows_what_changed(
    client, drifted, administrator, homes
) -> None:
    [row] = wanted(administrator)["cy"]
    assert (row.title, row.kind) == ("Too small to sleep in", "newer")
    assert row.days_late == (timezone.localdate() - date(2026, 11, 1)).days > 0
    assert wanted(administrator)["en"] == []
    client.force_login(administrator)
    home = client.get("/admin/")
    assert "A correction." in home.content.decode()
    assert row.address in home.content.decode()
    assert wanted(member("english@example.org", (homes["en"], "change")))["cy"] == []


def test_my_drafts_and_reviews_list_each_pair_once(half_written, live_pair, administrator) -> None:
    rewrite(live_pair.en, review_date=timezone.localdate() + timedelta(days=3))
    pairs.publish_pair(live_pair.en, administrator)
    assert [row.days_left for row in reviews(administrator)] == [3]
    for side in pairs.pair_of(half_written.en):
        pairs.latest_draft(side).save_revision(user=administrator)
    drafts, published = my_pairs(administrator)
    assert [len(drafts), len(published)] == [1, 1]


def test_quick_add_opens_two_columns_for_those_who_may_add(client, editor, homes) -> None:
    client.force_login(editor)
    buttons = PairsPanel().get_context_data({"request": client.get("/admin/").wsgi_request})
    assert [str(button["label"]) for button in buttons["buttons"]][:1]
    for button in buttons["buttons"]:
        assert client.get(button["address"]).status_code == 200
    client.force_login(member("translator@example.org", (homes["cy"], "change")))
    assert b"pairs__new" not in client.get("/admin/").content


def test_the_dashboard_costs_the_same_for_two_pairs_and_for_nine(
    client, homes, editor, administrator
) -> None:
    """Every list of it is filled: wanted in both languages, changed, drafts, checks, reviews."""

    def fill(number: int) -> None:
        ahead, newer, draft = (
            pairs.create_pair(
                homes["en"],
                new_page(f"{name} {number}", review_date=timezone.localdate(), owner=administrator),
                new_page(f"{name}aeth {number}", "cy"),
                publish=name == "Newer",
            )
            for name in ("Ahead", "Newer", "Draft")
        )
        pairs.publish_alone(ahead.side(("en", "cy")[number % 2]), URGENT)
        rewrite(newer.en, title=f"Newer by far {number}")
        pairs.publish_pair(newer.en, go_ahead=GoAhead(Kind.NEWER, "Urgent"))
        for page in draft:
            pairs.latest_draft(page).save_revision(user=editor)
            page.get_workflow().start(page, administrator)

    plant(apps)
    plant_workflow(apps)
    for group in Group.objects.filter(name__endswith="Welsh"):
        editor.groups.add(group)
    client.force_login(editor)
    counts = []
    for few in (range(2), range(2, 9)):
        for number in few:
            fill(number)
        client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/admin/").content.decode()
        counts.append(len(queries))
    assert page.count("Newer by far") >= 7
    assert counts[0] == counts[1], counts
