"""The speed lane: a clock, every gate in one list, and a second person."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from bilingual import pairs
from facts import lane
from facts.models import FactIndexPage, FactPage, FactSource
from home.roles import plant
from tests.factories.pairs import make_pair, parents_for, unsaved

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(site_trees: Any) -> tuple[Any, Any]:
    """Two publishers."""
    plant(apps)
    group = Group.objects.get(name__endswith="· Publishers")
    users = []
    for name in ("author", "second"):
        user = User.objects.create_user(f"{name}@example.org", "secret")
        user.groups.add(group)
        users.append(user)
    return users[0], users[1]


def written_by(user: Any, **values: Any) -> pairs.Pair:
    english, welsh = (unsaved(FactPage, code, **values) for code in ("en", "cy"))
    return pairs.create_pair(parents_for(FactPage), english, welsh, user=user)


def test_nobody_publishes_what_they_alone_have_written(people: tuple[Any, Any]) -> None:
    author, second = people
    pair = written_by(author)
    with pytest.raises(pairs.PairRefused, match="You wrote this alone"):
        pairs.publish_pair(pair.en, author)
    done = pairs.publish_pair(pair.en, second)
    assert done.en.live and done.cy.live
    # A change begins anew: its author needs somebody again, and so does a scheduled one.
    for side in done:
        draft = pairs.latest_draft(side)
        draft.verdict = f"{draft.verdict} Indeed."
        draft.save_revision(user=second)
    with pytest.raises(pairs.PairRefused, match="You wrote this alone"):
        pairs.publish_pair(pair.en, second)
    with pytest.raises(pairs.PairRefused, match="You wrote this alone"):
        pairs.schedule_pair(pair.en, timezone.now() + timedelta(hours=1), user=second)
    assert pairs.publish_pair(pair.en, author).en.live


def test_an_author_publishes_once_another_person_has_worked_on_it(
    people: tuple[Any, Any],
) -> None:
    author, second = people
    pair = written_by(author)
    draft = pairs.latest_draft(pair.cy)
    draft.verdict = "Nid felly"
    draft.save_revision(user=second)
    assert pairs.publish_pair(pair.en, author).cy.live


def test_the_dashboard_shows_clock_and_gates_until_the_fact_is_public(
    people: tuple[Any, Any],
) -> None:
    author, second = people
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        pair = written_by(author, sources=list, expires=None)
    client = Client()
    client.force_login(author)
    with time_machine.travel(start + timedelta(minutes=7, seconds=30), tick=False):
        html = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "7 minutes since “New fact”" in html
        for sentence in ("Add at least one source.", "Say when the fact expires.",
                         "You wrote this alone."):  # fmt: skip
            assert sentence in html
        [row] = lane.on_their_way(second)
        assert [gate.is_open for gate in row.gates] == [True, False, True, True]
    whole = make_pair(FactPage, publish=False)[0].sources.all()[0]
    for side in pair:
        draft = pairs.latest_draft(side)
        draft.sources = [FactSource(evidence=whole.evidence)]
        draft.expires = timezone.localdate() + timedelta(days=40)
        draft.save_revision(user=author)
    with time_machine.travel(start + timedelta(minutes=21), tick=False):
        pairs.publish_pair(pair.en, second)
        assert [row.minutes for row in lane.just_public(author)] == [21]
    assert Page.objects.get(pk=pair.cy.pk).live


def test_the_lane_asks_as_often_for_one_fact_as_for_four(people: tuple[Any, Any]) -> None:
    def queries() -> int:
        person = User.objects.get(pk=people[1].pk)
        lane.on_their_way(person)
        lane.just_public(person)
        with CaptureQueriesContext(connection) as captured:
            assert len(lane.on_their_way(person)) == FactPage.objects.filter(live=False).count() / 2
            lane.just_public(person)
        return len(captured)

    written_by(people[0])
    make_pair(FactPage)
    one = queries()
    for _number in range(3):
        written_by(people[0])
        make_pair(FactPage)
    assert queries() == one <= 12


def test_a_person_without_rights_sees_no_lane(people: tuple[Any, Any]) -> None:
    written_by(people[0])
    stranger = User.objects.create_user("stranger@example.org", "secret")
    assert lane.on_their_way(stranger) == []
    assert FactIndexPage.objects.count() == 2
