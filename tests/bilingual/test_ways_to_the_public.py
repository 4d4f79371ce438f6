"""Every button of Wagtail, pressed as a browser would: never one language alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    streamfield,
)
from wagtail.users.models import UserProfile

from bilingual import pairs
from bilingual.models import language_of
from home.models import StandardPage
from tests.bilingual.conftest import BODY, half_pairs, is_live, new_page


@pytest.fixture(autouse=True)
def _nothing_half_public(db: Any) -> Any:
    """Whatever a test of this file does, afterwards no page is public alone."""
    yield
    assert half_pairs() == []


@pytest.fixture
def browser(client: Any, administrator: Any) -> Any:
    client.force_login(administrator)
    return client


@pytest.fixture
def browser_of_editor(client: Any, editor: Any) -> Any:
    client.force_login(editor)
    return client


def editor_form(**values: Any) -> dict[str, Any]:
    """What the editor of a standing page posts."""
    return nested_form_data(
        {
            "title": "Too small",
            "slug": "too-small",
            "summary": BODY["en"],
            "seo_title": "",
            "search_description": "",
            "social_text": "",
            "image": "",
            "caption": "",
            "cloth_seed": "",
            "authored_in": "en",
            "review_date": "",
            "go_live_at": "",
            "expire_at": "",
            "body": streamfield([]),
            "page_terms": inline_formset([]),
            "related_pages": inline_formset([]),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
            **values,
        }
    )


def press(browser: Any, page: Any, button: str, **values: Any) -> Any:
    return browser.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        editor_form(
            title=page.title, slug=page.slug, summary=page.summary, **{button: "1"}, **values
        ),
        follow=True,
    )


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def create(browser: Any, home: Any, button: str, **values: Any) -> Any:
    return browser.post(
        reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk]),
        editor_form(title="Brand new", slug="brand-new", **{button: "1"}, **values),
        follow=True,
    )


def test_publish_in_the_editor_publishes_both(browser, draft_pair) -> None:
    answer = press(browser, draft_pair.en, "action-publish")
    assert is_live(draft_pair) == (True, True), said(answer)


@pytest.mark.parametrize(
    ("locked", "sentence"),
    [("cy", "The other language is locked: “Rhy fach”"),
     ("en", "Mae’r iaith arall wedi’i chloi: “Too small”")],
)  # fmt: skip
def test_a_lock_on_one_language_holds_the_other_in_wagtails_own_editor(
    browser, administrator, editor, live_pair, locked: str, sentence: str
) -> None:
    free = live_pair.side("en" if locked == "cy" else "cy")
    UserProfile.objects.create(user=administrator, preferred_language=language_of(free))
    Page.objects.filter(pk=live_pair.side(locked).pk).update(locked=True, locked_by=editor)
    older = reverse("wagtailadmin_pages:revisions_revert", args=[free.pk, free.live_revision_id])
    for address in (reverse("wagtailadmin_pages:edit", args=[free.pk]), older):
        assert sentence in said(browser.get(address))
        for button in ("action-save", "action-publish"):
            form = editor_form(title=free.title, slug=free.slug, summary="Other words")
            answer = browser.post(address, {**form, button: "1"}, follow=True)
            assert "Other words" in answer.content.decode()
    assert Page.objects.get(pk=free.pk).latest_revision_id == free.latest_revision_id
    browser.force_login(editor)
    press(browser, free, "action-save", authored_in="cy")
    assert Page.objects.get(pk=free.pk).latest_revision_id != free.latest_revision_id


def test_publish_of_an_unfinished_pair_says_what_is_missing(browser, half_written) -> None:
    answer = press(browser, half_written.en, "action-publish")
    assert answer.status_code == 200
    assert "“Summary” is empty on the Welsh page." in said(answer)
    assert is_live(half_written) == (False, False)


def test_publish_in_the_create_view_starts_the_twin_and_publishes_nothing(browser, homes) -> None:
    answer = create(browser, homes["en"], "action-publish")
    page = Page.objects.get(slug="brand-new", locale__language_code="en")
    assert not page.live
    assert pairs.twin(page).live is False
    assert "The Welsh page has not been written yet." in said(answer)


def test_saving_a_new_page_starts_its_twin(browser, homes) -> None:
    create(browser, homes["cy"], "action-save")
    page = Page.objects.get(title="Brand new", locale__language_code="cy")
    assert pairs.twin(page).get_parent().pk == homes["en"].pk
    assert pairs.twin(page).summary == ""


def test_an_autosaved_half_title_does_not_stay_in_the_address(browser, homes) -> None:
    create(browser, homes["en"], "action-save")
    page = StandardPage.objects.get(title="Brand new", locale__language_code="en")
    page.title = "Brand new and whole"
    press(browser, page, "action-save")
    assert Page.objects.get(pk=page.pk).slug == "brand-new-and-whole"


def test_an_address_written_in_the_ordinary_editor_stays(browser, draft_pair) -> None:
    draft_pair.en.slug = "size"
    press(browser, draft_pair.en, "action-save")
    page = StandardPage.objects.get(pk=draft_pair.en.pk)
    assert page.slug == "size"
    page.title = "Far too small"
    press(browser, page, "action-save")
    assert pairs.publish_pair(page).en.slug == "size"


def test_saving_shared_fields_reaches_the_twin(browser, live_pair) -> None:
    press(browser, live_pair.en, "action-save", quick_exit="on")
    welsh = pairs.pair_of(live_pair.en).cy
    assert pairs.latest_draft(welsh).quick_exit
    assert not welsh.quick_exit


def test_an_editor_without_the_right_publishes_nothing(browser_of_editor, draft_pair) -> None:
    press(browser_of_editor, draft_pair.en, "action-publish")
    assert is_live(draft_pair) == (False, False)


def test_a_right_on_english_alone_publishes_nothing(client, english_publisher, draft_pair) -> None:
    client.force_login(english_publisher)
    answer = press(client, draft_pair.en, "action-publish")
    assert "You may not do this to the Welsh page" in said(answer)
    assert is_live(draft_pair) == (False, False)


def test_a_time_in_the_editor_schedules_both(browser, draft_pair) -> None:
    soon = timezone.localtime(timezone.now() + timedelta(days=2))
    press(browser, draft_pair.en, "action-publish", go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
    pair = pairs.pair_of(draft_pair.en)
    assert pair.en.go_live_at == pair.cy.go_live_at is not None
    assert pair.en.approved_schedule
    assert pair.cy.approved_schedule


def test_publishing_an_old_version_again_keeps_both_public(browser, live_pair) -> None:
    first = live_pair.en.latest_revision
    old = StandardPage.objects.get(pk=live_pair.en.pk)
    draft = pairs.latest_draft(live_pair.en)
    draft.quick_exit = True
    draft.save_revision()
    pairs.publish_pair(live_pair.en)
    answer = press(browser, old, "action-publish", revision=first.pk)
    assert not StandardPage.objects.get(pk=live_pair.en.pk).quick_exit, said(answer)


def test_unpublish_takes_down_both(browser, live_pair) -> None:
    browser.post(reverse("wagtailadmin_pages:unpublish", args=[live_pair.cy.pk]))
    assert is_live(live_pair) == (False, False)


def test_a_right_on_english_alone_unpublishes_nothing(client, english_publisher, live_pair) -> None:
    client.force_login(english_publisher)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[live_pair.en.pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[live_pair.en.pk]))
    assert is_live(live_pair) == (True, True)


def test_delete_takes_both(browser, live_pair) -> None:
    browser.post(reverse("wagtailadmin_pages:delete", args=[live_pair.en.pk]))
    assert not Page.objects.filter(translation_key=live_pair.en.translation_key).exists()


def test_a_page_without_a_twin_can_be_deleted(browser, homes) -> None:
    orphan = homes["en"].add_child(instance=new_page("Orphan"))
    browser.post(reverse("wagtailadmin_pages:delete", args=[orphan.pk]))
    assert not Page.objects.filter(pk=orphan.pk).exists()


def test_the_screens_for_taking_down_still_open(browser, live_pair) -> None:
    for name in ("unpublish", "delete", "move", "copy", "edit", "history"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[live_pair.en.pk])
        assert browser.get(address).status_code == 200, name


def test_move_takes_both(browser, live_pair, homes) -> None:
    target = pairs.create_pair(homes["en"], new_page("Target"), new_page("Targed", "cy"))
    browser.post(reverse("wagtailadmin_pages:move_confirm", args=[live_pair.en.pk, target.en.pk]))
    moved = pairs.pair_of(live_pair.en)
    assert moved.cy.get_parent().pk == target.cy.pk
    assert moved.en.get_parent().pk == target.en.pk


def test_copy_makes_a_pair_and_refuses_aliases(browser, live_pair, homes) -> None:
    values = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": homes["en"].pk}
    address = reverse("wagtailadmin_pages:copy", args=[live_pair.en.pk])
    browser.post(address, {**values, "alias": "on"})
    assert not Page.objects.filter(title="Copy").exists()
    browser.post(address, {**values, "publish_copies": "on"})
    copy = Page.objects.get(title="Copy")
    assert (copy.live, pairs.twin(copy).live) == (False, False)


def bulk(browser: Any, action: str, *pages: Any, **values: Any) -> Any:
    ids = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return browser.post(f"{address}?{ids}&next=/admin/", values)


def test_bulk_publish_and_unpublish_act_on_both(browser, draft_pair) -> None:
    bulk(browser, "publish", draft_pair.en)
    assert is_live(draft_pair) == (True, True)
    bulk(browser, "unpublish", draft_pair.cy)
    assert is_live(draft_pair) == (False, False)


def test_bulk_publish_does_all_or_none(browser, draft_pair, half_written) -> None:
    bulk(browser, "publish", draft_pair.en, half_written.en)
    assert is_live(draft_pair) == is_live(half_written) == (False, False)


def test_bulk_move_and_delete_act_on_both(browser, live_pair, homes) -> None:
    target = pairs.create_pair(homes["en"], new_page("Target"), new_page("Targed", "cy"))
    bulk(browser, "move", live_pair.en, chooser=target.en.pk)
    assert pairs.pair_of(live_pair.en).cy.get_parent().pk == target.cy.pk
    bulk(browser, "delete", live_pair.en)
    assert not Page.objects.filter(translation_key=live_pair.en.translation_key).exists()


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "copy", "move"])
def test_the_admin_api_reads_and_does_nothing(browser, live_pair, action: str) -> None:
    before = Page.objects.count()
    listing = browser.get(f"/admin/api/main/pages/{live_pair.en.pk}/")
    assert listing.status_code == 200
    answer = browser.post(
        f"/admin/api/main/pages/{live_pair.en.pk}/action/{action}/", {}, follow=True
    )
    assert answer.status_code in (403, 404, 405)
    assert is_live(live_pair) == (True, True)
    assert Page.objects.count() == before


@pytest.fixture
def workflow(homes: dict[str, Any], administrator: Any) -> Workflow:
    task = GroupApprovalTask.objects.create(name="Second pair of eyes")
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    for home in homes.values():
        WorkflowPage.objects.update_or_create(page_id=home.pk, defaults={"workflow": workflow})
    return workflow


def approve(browser: Any, page: Any) -> Any:
    fresh = Page.objects.get(pk=page.pk).specific
    return press(
        browser,
        fresh,
        "action-workflow-action",
        **{"workflow-action-name": "approve"},
    )


def test_a_pair_is_public_when_both_sides_are_approved(
    browser, workflow, draft_pair, administrator
) -> None:
    for side in draft_pair:
        workflow.start(Page.objects.get(pk=side.pk).specific, administrator)
    approve(browser, draft_pair.en)
    assert is_live(draft_pair) == (False, False)
    answer = approve(browser, draft_pair.cy)
    assert is_live(draft_pair) == (True, True), said(answer)


def test_an_approval_that_would_publish_half_a_pair_says_why(
    browser, workflow, half_written, administrator
) -> None:
    for side in half_written:
        workflow.start(Page.objects.get(pk=side.pk).specific, administrator)
    approve(browser, half_written.en)
    answer = approve(browser, half_written.cy)
    assert answer.status_code == 200
    assert "“Summary” is empty on the Welsh page." in said(answer)
    assert is_live(half_written) == (False, False)
