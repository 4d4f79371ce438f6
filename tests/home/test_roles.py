"""The table of roles, cell by cell: role × what is done to a page × language."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask
from wagtail.snippets.models import get_snippet_models

from accounts.models import User
from bilingual import pairs
from case_studies.models import CaseStudyPage
from home.roles import (
    CHECKS,
    REGISTERS,
    ROLES,
    STOCK,
    WORKFLOW,
    dissolve_stock_groups,
    plant,
    plant_workflow,
)
from resources.models import ResourceIndexPage
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
WORDS = {"add": "can_add_subpage", "change": "can_edit", "publish": "can_publish"}
# Role (its English word): what it may do to any page in English and in Welsh, then in the library.
MAY = {
    "Translators: Welsh": ("", "change", "", "change"),
    "Translators: English": ("change", "", "change", ""),
    "Authors": ("add change", "add change", "add change", "add change"),
    "Publishers": ("add change publish",) * 4,
    "Safeguarding leads": ("change publish", "change publish", "", ""),
    "Library": ("", "", "add change publish", "add change publish"),
    "Administrators": ("", "", "", ""),
}


@pytest.fixture(autouse=True)
def _groups(site_trees: Any) -> None:
    plant(apps)


def person(role: str) -> Any:
    user = User.objects.create_user(f"{list(MAY).index(role)}@example.org", "secret")
    user.groups.add(Group.objects.get(name__endswith=f"· {role}"))
    return user


def test_the_table_names_every_role() -> None:
    assert {role.name.rpartition("· ")[2] for role in ROLES} == set(MAY)


def test_a_second_planting_changes_nothing() -> None:
    rights = [[*group.page_permissions.values_list("page", "permission")] for group in named()]
    plant(apps)
    assert rights == [[*g.page_permissions.values_list("page", "permission")] for g in named()]


def named() -> list[Group]:
    return list(Group.objects.filter(name__in=[role.name for role in ROLES]).order_by("name"))


@pytest.mark.parametrize("role", list(MAY))
def test_each_role_may_do_what_the_table_says_and_no_more(role: str) -> None:
    story, library = make_pair(CaseStudyPage), make_pair(ResourceIndexPage)
    user = person(role)
    pages = (story[0].get_parent(), story[1].get_parent(), *library)
    for page, allowed in zip(pages, MAY[role], strict=True):
        tester = page.permissions_for_user(user)
        for word, question in WORDS.items():
            assert getattr(tester, question)() == (word in allowed.split()), (word, page)
    assert not story[0].permissions_for_user(user).can_move() or "change" in MAY[role][0]


@pytest.mark.parametrize("role", [r for r in MAY if r not in ("Publishers", "Safeguarding leads")])
def test_only_publishers_make_a_story_public_or_take_it_down(role: str) -> None:
    story, _twin = make_pair(CaseStudyPage)
    user = person(role)
    for work in (pairs.publish_pair, pairs.unpublish_pair, pairs.delete_pair):
        with pytest.raises(pairs.PairRefused):
            work(story, user)


@pytest.mark.parametrize("role", list(MAY))
def test_only_publishers_write_in_the_registers_that_many_pages_show(role: str) -> None:
    user = person(role)
    for right in REGISTERS:
        assert user.has_perm(right) == (role == "Publishers")


@pytest.mark.parametrize("label", sorted(model._meta.label for model in get_snippet_models()))
def test_somebody_who_is_not_a_superuser_can_open_every_list_of_rows(label: str) -> None:
    address = reverse(apps.get_model(label).snippet_viewset.get_url_name("list"))
    opened = []
    for role in MAY:
        client = Client()
        client.force_login(person(role))
        opened.append(client.get(address).status_code == 200)
    assert any(opened)
    assert not all(opened)


def test_the_stock_groups_are_gone_and_their_members_keep_what_fits() -> None:
    assert not Group.objects.filter(name__in=STOCK).exists()
    stock = Group.objects.create(name="Moderators")
    moderator = User.objects.create_user("moderator@example.org", "secret")
    moderator.groups.add(stock)
    dissolve_stock_groups(apps)
    assert [group.name.rpartition("· ")[2] for group in moderator.groups.all()] == ["Publishers"]


def test_what_stood_in_the_stock_workflow_is_no_longer_locked() -> None:
    stock = Workflow.objects.create(name="Moderators approval")
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=stock, task=task)
    story, _twin = make_pair(CaseStudyPage, publish=False)
    story.save_revision()
    state = stock.start(story, None)
    dissolve_stock_groups(apps)
    state.refresh_from_db()
    assert state.status == state.STATUS_CANCELLED
    assert state.current_task_state.status == "cancelled"
    assert not story.specific.workflow_in_progress


def test_no_group_may_submit_to_the_engine() -> None:
    assert not Group.objects.filter(permissions__codename="submit_translation").exists()


def test_every_page_has_the_workflow_of_the_three_checks(site_trees: Any) -> None:
    plant_workflow(apps)
    for page in make_pair(CaseStudyPage):
        workflow = page.get_workflow()
        assert workflow.name == WORKFLOW
        assert [task.specific.kind for task in workflow.tasks] == list(CHECKS)


def test_nobody_publishes_their_own_story() -> None:
    story, _twin = make_pair(CaseStudyPage, publish=False)
    writer, other = person("Publishers"), User.objects.create_user("second@example.org", "x")
    other.groups.add(Group.objects.get(name__endswith="· Publishers"))
    story.save_revision(user=writer)
    with pytest.raises(pairs.PairRefused, match="You wrote this story"):
        pairs.publish_pair(story, writer)
    assert pairs.publish_pair(story, other).cy.live
