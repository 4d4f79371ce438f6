"""Whatever people of all roles do in whatever order, the two languages stay one thing."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.models import Page

from accounts.models import User
from bilingual import approval, exceptions, pairs
from bilingual.approval import PairTask
from bilingual.exceptions import GoAhead
from bilingual.models import LANGUAGES, LanguageException, language_of, other_language
from home.models import HomePage, StandardPage
from home.roles import ROLES, plant, plant_workflow
from tests.bilingual.conftest import new_page

pytestmark = pytest.mark.django_db
SYSTEM = "the system"
languages = st.sampled_from(LANGUAGES)
people = st.sampled_from([SYSTEM, *(role.name for role in ROLES)])
which = st.integers(0, 3)
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "So", "Zs")), min_size=1,
                max_size=40).map(lambda text: f"Gair {text.strip()}")  # fmt: skip


class TwoLanguages(RuleBasedStateMachine):
    """`said` is what each draft has to say: pair → language → summary."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.home = HomePage.objects.get(locale__language_code="en")
        self.said: dict[Any, dict[str, str]] = {}
        self.users: dict[str, Any] = {SYSTEM: None}
        for role in ROLES:
            self.users[role.name] = User.objects.get(email=f"{len(role.name)}@example.org")
        self.create("x", "y", SYSTEM)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def pick(self, number: int, language: str) -> Any:
        keys = list(self.said)
        if not keys:
            return None
        return StandardPage.objects.filter(
            translation_key=keys[number % len(keys)], locale__language_code=language
        ).first()

    def try_to(self, work: Any, *arguments: Any, **named: Any) -> Any:
        """Do it; a refusal changes nothing."""
        try:
            with transaction.atomic():
                return work(*arguments, **named) or True
        except PermissionDenied:
            return None

    @rule(english=words, welsh=words, who=people)
    def create(self, english: str, welsh: str, who: str) -> None:
        made = self.try_to(
            pairs.create_pair,
            self.home,
            new_page("Page", summary=english),
            new_page("Tudalen", "cy", summary=welsh),
            self.users[who],
        )
        if made:
            self.said[made.en.translation_key] = {"en": english, "cy": welsh}

    @rule(number=which, language=languages, text=words, cover=st.booleans(), who=people)
    def edit(self, number: int, language: str, text: str, cover: bool, who: str) -> None:
        page = self.pick(number, language)
        if page is None:
            return
        draft = pairs.latest_draft(page)
        draft.summary = text
        self._save(page, draft, who, cover)

    def _save(self, page: Any, draft: Any, who: str, cover: bool) -> None:
        def work() -> bool:
            draft.show_cover = cover
            opened = {language_of(page): page.latest_revision_id}
            pairs.save_drafts({language_of(page): draft}, self.users[who], opened_with=opened)
            pairs.share_draft(type(page).objects.get(pk=page.pk))
            return True

        if self.try_to(work):
            self.said[page.translation_key][language_of(page)] = draft.summary

    @rule(number=which, language=languages, who=people)
    def revert(self, number: int, language: str, who: str) -> None:
        page = self.pick(number, language)
        if page is not None:
            older = page.revisions.order_by("pk").first().as_object()
            self._save(page, older, who, older.show_cover)

    @rule(number=which, language=languages, who=people, answer=st.sampled_from(
        [None, "newer", "no_change"]))  # fmt: skip
    def publish(self, number: int, language: str, who: str, answer: str | None) -> None:
        page, other = self.pick(number, language), self.pick(number, other_language(language))
        if page is None or other is None:
            return
        ahead = answer and GoAhead(answer, "Because")
        done = self.try_to(pairs.publish_pair, page, self.users[who], go_ahead=ahead)
        if done and ahead and other.live:
            # What goes ahead goes alone, and in writing.
            assert done.side(other_language(language)).summary == other.summary
            if page.live and done.side(language).summary != page.summary:
                entry = LanguageException.objects.filter(translation_key=page.translation_key)
                last = entry.latest("pk")
                assert (last.kind, last.language) == (answer, language)

    @rule(number=which, language=languages, who=people, why=st.sampled_from(["", "Urgent"]))
    def publish_one(self, number: int, language: str, who: str, why: str) -> None:
        page = self.pick(number, language)
        if page is not None:
            self.try_to(pairs.publish_alone, page, GoAhead("alone", why), self.users[who])

    @rule(number=which, language=languages, who=people)
    def schedule(self, number: int, language: str, who: str) -> None:
        page = self.pick(number, language)
        if page is not None:
            soon = timezone.now() + timedelta(hours=1)
            self.try_to(pairs.schedule_pair, page, soon, user=self.users[who])

    @rule()
    def the_clock_strikes(self) -> None:
        call_command("publish_scheduled")

    @rule(number=which, language=languages, who=people)
    def unpublish(self, number: int, language: str, who: str) -> None:
        page = self.pick(number, language)
        if page is not None:
            self.try_to(pairs.unpublish_pair, page, self.users[who])

    @rule(number=which, language=languages, who=people)
    def copy(self, number: int, language: str, who: str) -> None:
        page = self.pick(number, language)
        if page is None or len(self.said) > 5:
            return
        made = self.try_to(pairs.copy_pair, page, page.get_parent(), self.users[who])
        if made:
            self.said[made.en.translation_key] = dict(self.said[page.translation_key])

    @rule(number=which, other=which, language=languages, who=people)
    def move(self, number: int, other: int, language: str, who: str) -> None:
        page, target = self.pick(number, language), self.pick(other, language)
        if page is not None and target is not None:
            self.try_to(pairs.move_pair, page, target, self.users[who])

    @rule(number=which, language=languages, who=people)
    def delete(self, number: int, language: str, who: str) -> None:
        page = self.pick(number, language)
        if page is not None and self.try_to(pairs.delete_pair, page, self.users[who]):
            left = set(Page.objects.values_list("translation_key", flat=True))
            self.said = {key: said for key, said in self.said.items() if key in left}
            assert page.translation_key not in left

    @rule(number=which, who=people)
    def send_for_approval(self, number: int, who: str) -> None:
        both = [self.pick(number, language) for language in LANGUAGES]
        if all(both) and self.users[who] is not None:
            self.try_to(approval.send, both, self.users[who])

    @rule(number=which, kind=st.sampled_from(PairTask.Kind.values), who=people,
          decision=st.sampled_from(["approve", "reject"]))  # fmt: skip
    def decide(self, number: int, kind: str, who: str, decision: str) -> None:
        page, user = self.pick(number, "en"), self.users[who]
        if page is None or user is None:
            return
        both = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
        read = {language_of(side): side.latest_revision_id for side in both}
        task = PairTask.objects.get(kind=kind)
        self.try_to(approval.decide, page, task, user, decision, read)

    @invariant()
    def no_language_is_public_alone_without_an_exception(self) -> None:
        excused = {
            (key, entry.language)
            for key, entry in exceptions.open_entries().items()
            if entry.kind == LanguageException.Kind.ALONE
        }
        for key in self.said:
            both = Page.objects.filter(translation_key=key).select_related("locale")
            live = [language_of(page) for page in both if page.live]
            assert len(live) != 1 or (key, live[0]) in excused

    @invariant()
    def no_page_is_an_orphan(self) -> None:
        for key in self.said:
            assert Page.objects.filter(translation_key=key).count() == 2
        one, other = (
            {page.translation_key: page.get_parent().translation_key for page in side}
            for side in (
                Page.objects.filter(translation_key__in=self.said, locale__language_code=language)
                for language in LANGUAGES
            )
        )
        assert one == other
        assert not any(Page.find_problems())

    @invariant()
    def no_text_is_lost_and_shared_fields_are_equal(self) -> None:
        for key, said in self.said.items():
            drafts = {
                language_of(page): pairs.latest_draft(page)
                for page in StandardPage.objects.filter(translation_key=key)
            }
            assert {language: draft.summary for language, draft in drafts.items()} == said
            for name in ("show_cover", "go_live_at", "expire_at", "authored_in"):
                assert getattr(drafts["en"], name) == getattr(drafts["cy"], name), name


def run(examples: int, steps: int) -> None:
    plant(apps)
    plant_workflow(apps)
    for role in ROLES:
        user = User.objects.create_user(f"{len(role.name)}@example.org", "x")
        user.groups.add(Group.objects.get(name=role.name))
    run_state_machine_as_test(
        TwoLanguages,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_short_sequences_keep_the_two_languages_together(site_trees: Any) -> None:
    run(examples=6, steps=12)


@pytest.mark.slow
def test_long_sequences_keep_the_two_languages_together(site_trees: Any) -> None:
    examples, steps = 120, 50
    run(examples=examples, steps=steps)
    print(f"sequences of both languages: {examples} of up to {steps} steps, 0 broken")
