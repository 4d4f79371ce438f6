"""One number on many pages: one person proposes, another approves, all pages change at once."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from bilingual import pairs
from evidence import changes
from evidence.models import Evidence, Figure, FigureChange, PageFigure
from home.models import HomePage, StandardPage
from network.models import GroupPage
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = 30


@pytest.fixture
def figure(site_trees: Any) -> Figure:
    """34 schools, from the network’s own evidence."""
    source = Evidence.objects.create(
        key="own", title_en="Own count", title_cy="Ein cyfrif", publisher="Us", tier="ngo"
    )
    return Figure.objects.create(
        key="schools", value=34, label_en="schools", label_cy="o ysgolion", evidence=source,
        as_at=date(2024, 6, 1), expiry=date(2099, 1, 1),
    )  # fmt: skip


@pytest.fixture
def two_people(db: Any) -> tuple[Any, Any]:
    users = get_user_model().objects
    return users.create_superuser("un@example.org", "x"), users.create_superuser(
        "dau@example.org", "x"
    )


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def proposed(figure: Figure, value: Any, user: Any) -> FigureChange:
    wanted = Figure.objects.get(pk=figure.pk)
    wanted.value = Decimal(value)
    return changes.propose(
        figure, wanted, user, opened_with=changes.state_of(figure), reason="A new count"
    )


def form_of(figure: Figure, **values: Any) -> dict[str, Any]:
    """What the editor posts."""
    fields = {
        "key": figure.key, "value": "34", "label_en": figure.label_en, "label_cy": figure.label_cy,
        "scope_en": "", "scope_cy": "", "as_at": "2024-06-01", "expiry": "2099-01-01",
        "as_at_note_en": "", "as_at_note_cy": "", "subject": "movement",
        "evidence": figure.evidence_id, "opened_with": changes.state_of(figure), "reason": "",
    }  # fmt: skip
    return {**fields, **values}


def pages_with(figure: Figure, number: int) -> list[Any]:
    """Live pairs that print the figure; every third has it inside its text."""
    made: list[Any] = []
    for count in range(number):
        if count % 3:
            pair = make_pair(GroupPage, page_figures=lambda: [PageFigure(figure=figure)])
        else:
            body = f'[{{"type": "figures", "value": [{figure.pk}]}}]'
            pair = make_pair(StandardPage, body=body)
        made += pair
    return made


def test_a_figure_on_thirty_pages_changes_once_and_all_sixty_language_versions_show_it(
    figure: Figure, two_people: tuple[Any, Any]
) -> None:
    proposer, approver = two_people
    pages = pages_with(figure, PAGES)
    client = Client()
    change = proposed(figure, 43, proposer)
    assert all(">34<" in client.get(page.url).content.decode() for page in pages)
    printing = changes.approve(change, approver)
    assert sum(len(pair.pages) for pair in printing) == 2 * PAGES == len(pages)
    shown = [client.get(page.url).content.decode() for page in pages]
    assert all(">43<" in html and ">34<" not in html for html in shown)
    logged = PageLogEntry.objects.filter(action=changes.CHANGED, user=approver)
    assert set(logged.values_list("page", flat=True)) == {page.pk for page in pages}
    history = figure.changes.get()
    assert (history.before["value"], history.after["value"]) == ("34.00", "43.00")
    assert (history.proposed_by, history.decided_by) == (proposer, approver)
    assert ModelLogEntry.objects.filter(action=changes.CHANGED).count() == 1


def test_when_one_part_of_the_approval_fails_nothing_has_changed(
    figure: Figure, two_people: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages_with(figure, 1)
    change = proposed(figure, 43, two_people[0])
    written = changes.log

    def fail_on_pages(instance: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(instance, Figure):
            raise RuntimeError("the log is full")
        return written(instance, *args, **kwargs)

    monkeypatch.setattr(changes, "log", fail_on_pages)
    with pytest.raises(RuntimeError), transaction.atomic():
        changes.approve(change, two_people[1])
    figure.refresh_from_db()
    change.refresh_from_db()
    assert (figure.value, change.status) == (34, FigureChange.Status.OPEN)
    assert not PageLogEntry.objects.filter(action=changes.CHANGED).exists()


def test_a_proposal_whose_source_was_deleted_is_told_and_never_breaks_a_screen(
    figure: Figure, two_people: tuple[Any, Any]
) -> None:
    other = Evidence.objects.create(
        key="other", title_en="Other", title_cy="Arall", publisher="Us", tier="ngo"
    )
    proposer, approver = map(signed_in, two_people)
    edit = reverse("wagtailsnippets_evidence_figure:edit", args=[figure.pk])
    proposer.post(edit, form_of(figure, evidence=other.pk, value="43", subject="asylum"))
    assert not figure.changes.exists()  # a number about asylum needs more than our own evidence
    proposer.post(edit, form_of(figure, evidence=other.pk, value="43"))
    change = figure.changes.get()
    other.delete()
    screen = reverse("figure_change", args=[change.pk])
    assert proposer.get(edit).status_code == approver.get(screen).status_code == 200
    told = approver.post(screen, {"approve": "1"}, follow=True).content.decode()
    assert "The source of this proposal was deleted" in told
    figure.refresh_from_db()
    assert (figure.value, figure.evidence.key) == (34, "own")


def test_nobody_approves_what_they_proposed(figure: Figure, two_people: tuple[Any, Any]) -> None:
    change = proposed(figure, 43, two_people[0])
    with pytest.raises(changes.ChangeRefused, match="Somebody else"):
        changes.approve(change, two_people[0])
    figure.refresh_from_db()
    assert figure.value == 34


def test_a_proposal_is_decided_once(figure: Figure, two_people: tuple[Any, Any]) -> None:
    change = proposed(figure, 43, two_people[0])
    changes.refuse(change, two_people[1])
    with pytest.raises(changes.ChangeRefused, match="decided already"):
        changes.approve(change, two_people[1])
    figure.refresh_from_db()
    assert figure.value == 34


def test_of_two_people_editing_one_figure_the_second_is_told_and_loses_nothing(
    figure: Figure, two_people: tuple[Any, Any]
) -> None:
    first, second = (signed_in(user) for user in two_people)
    url = reverse("wagtailsnippets_evidence_figure:edit", args=[figure.pk])
    opened = form_of(figure)
    assert first.post(url, {**opened, "value": "40"}).status_code == 302
    answer = second.post(url, {**opened, "value": "43", "reason": "Counted in May"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Somebody else proposed 40 while you were writing" in html
    assert 'value="43"' in html and "Counted in May" in html
    assert changes.open_change(figure).after["value"] == "40.00"  # type: ignore[union-attr]
    again = {**opened, "value": "43", "opened_with": changes.state_of(figure)}
    assert second.post(url, again).status_code == 302
    assert [row.status for row in figure.changes.all()] == ["open", "replaced"]
    assert {row.after["value"] for row in figure.changes.all()} == {"40.00", "43.00"}


@pytest.mark.parametrize(("language", "told"), [("cy", "Tudalennau"), ("en", "Pages that print")])
def test_the_editor_lists_every_page_that_prints_the_figure(
    figure: Figure, two_people: tuple[Any, Any], language: str, told: str
) -> None:
    pages = pages_with(figure, 3)
    client = signed_in(two_people[0])
    url = reverse("wagtailsnippets_evidence_figure:edit", args=[figure.pk])
    html = client.get(url, headers={"Accept-Language": language}).content.decode()
    assert all(page.title in html for page in pages)
    assert told in html


def test_the_second_person_approves_in_the_admin(
    figure: Figure, two_people: tuple[Any, Any]
) -> None:
    change = proposed(figure, 43, two_people[0])
    url = reverse("figure_change", args=[change.pk])
    assert 'name="approve"' not in signed_in(two_people[0]).get(url).content.decode()
    client = signed_in(two_people[1])
    assert 'name="approve"' in client.get(url).content.decode()
    assert client.post(url, {"approve": "1"}).status_code == 302
    figure.refresh_from_db()
    assert figure.value == 43


def test_the_list_says_which_figures_wait_for_a_second_person(
    figure: Figure, two_people: tuple[Any, Any]
) -> None:
    client, url = signed_in(two_people[1]), reverse("wagtailsnippets_evidence_figure:list")
    before = client.get(url).content.decode()
    proposed(figure, 43, two_people[0])
    after = client.get(url).content.decode()
    assert "Waits for a second person" in before
    assert re.search(r"<td[^>]*>\s*Yes\s*</td>", after)
    assert not re.search(r"<td[^>]*>\s*Yes\s*</td>", before)


def test_staff_without_the_right_do_not_see_the_change(
    figure: Figure, two_people: tuple[Any, Any]
) -> None:
    change = proposed(figure, 43, two_people[0])
    stranger = get_user_model().objects.create_user("tri@example.org", "x")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    answer = signed_in(stranger).post(reverse("figure_change", args=[change.pk]), {"approve": "1"})
    assert answer.status_code in (302, 403)
    figure.refresh_from_db()
    assert figure.value == 34


def test_a_number_about_asylum_needs_an_official_source(figure: Figure) -> None:
    figure.subject = Figure.Subject.ASYLUM
    with pytest.raises(ValidationError, match="official statistics"):
        figure.full_clean()
    figure.evidence.tier = Evidence.Tier.UN
    figure.full_clean()


def test_no_figure_stands_without_its_day_its_expiry_and_its_source(figure: Figure) -> None:
    for missing in ("as_at", "expiry", "evidence"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Figure.objects.filter(pk=figure.pk).update(**{missing: None})
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(expiry=figure.as_at)


def test_a_figure_that_pages_print_is_not_deleted(
    figure: Figure, two_people: tuple[Any, Any]
) -> None:
    make_pair(StandardPage, body=f'[{{"type": "figures", "value": [{figure.pk}]}}]')
    url = reverse("wagtailsnippets_evidence_figure:delete", args=[figure.pk])
    signed_in(two_people[0]).post(url)
    assert Figure.objects.filter(pk=figure.pk).exists()


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Due for review since 1 July 2024"),
     ("cy", "Angen ei adolygu ers 1 Gorffennaf 2024")],
)  # fmt: skip
def test_an_expired_figure_says_so_on_the_page(figure: Figure, language: str, told: str) -> None:
    Figure.objects.filter(pk=figure.pk).update(expiry=date(2024, 7, 1))
    page = make_pair(GroupPage, page_figures=lambda: [PageFigure(figure=figure)])
    shown = next(side for side in page if side.locale.language_code == language)
    assert told in Client().get(shown.url).content.decode()


def test_a_home_page_that_counts_with_a_figure_is_listed(figure: Figure) -> None:
    home = HomePage.objects.get(locale__language_code="en")
    draft = pairs.latest_draft(home)
    draft.quilt_total = figure
    draft.save_revision()
    pairs.publish_pair(home)
    assert {page.pk for pair in changes.pages_printing(figure) for page in pair.pages.values()} == {
        page.pk for page in pairs.pair_of(home)
    }
