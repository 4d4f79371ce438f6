"""Three checks of a pair, run side by side: facts, safeguarding, language.

They are tasks of one Wagtail workflow, started for both languages at once; what is decided for one
language is decided for the other. Nobody approves words that they wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState, WorkflowState


class PairTask(AbstractGroupApprovalTask):
    """One of the checks. All checks of a workflow are open at once, and end it in any order."""

    class Kind(models.TextChoices):
        FACTS = "facts", _("Facts")
        SAFEGUARDING = "safeguarding", _("Safeguarding")
        LANGUAGE = "language", _("Language")

    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices)

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "kind"]

    class Meta:
        verbose_name = _("check of a pair")
        verbose_name_plural = _("checks of a pair")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Open this check, if it is not open, and the others with it."""
        states = {state.task_id: state for state in workflow_state.task_states.order_by("pk")}
        for task in workflow_state.workflow.tasks.filter(active=True).exclude(pk=self.pk):
            other = task.specific
            if isinstance(other, PairTask) and task.pk not in states:
                other._open(workflow_state, user)
        state = states.get(self.pk)
        if state is not None and state.status == TaskState.STATUS_IN_PROGRESS:
            return state
        return self._open(workflow_state, user)

    def _open(self, workflow_state: WorkflowState, user: Any) -> TaskState:
        opened: TaskState = super().start(workflow_state, user=user)
        return opened

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or reject in both languages.

        Raises:
            PairRefused: the last approval publishes the pair, and that was refused.
        """
        page = task_state.workflow_state.content_object
        for state in open_states(page.translation_key, self):
            run = state.workflow_state
            if action_name == "reject" and run.current_task_state_id != state.pk:
                # Wagtail asks the current task only whether changes are wanted.
                run.current_task_state = state
                run.save()
            latest = run.content_object.get_latest_revision()
            if state.revision_id != latest.pk:
                state.revision = latest  # what was read is what stands there now
                state.save()
            super().on_action(state, user, action_name, **kwargs)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """None for those who wrote the words."""
        if user.pk in authors_of(obj):
            return []
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        return actions

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """Whoever decides one of the checks of this workflow may read the words there."""
        return user.is_superuser or self._is_a_checker(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """While it is checked, those who check may mend it: whichever check is theirs."""
        return not self.user_can_access_editor(obj, user)

    @staticmethod
    def _is_a_checker(obj: Page, user: Any) -> bool:
        state = obj.current_workflow_state
        checks = PairTask.objects.filter(workflow_tasks__workflow=state and state.workflow_id)
        return bool(checks.filter(groups__in=user.groups.values("pk")).exists())

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        written = [
            state.pk
            for state in states.select_related("workflow_state")
            if user.pk in authors_of(state.workflow_state.content_object)
        ]
        return states.exclude(pk__in=written)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups check a pair; nobody checks their own words")


def open_states(key: Any, task: PairTask) -> Sequence[TaskState]:
    """This check where it is open, in either language, English first."""
    pages = Page.objects.filter(translation_key=key).order_by("pk")
    return [
        state
        for page in pages
        for state in TaskState.objects.for_instance(page).filter(
            task=task,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        )
    ]


def authors_of(page: Page) -> set[int]:
    """Who wrote what is not public yet, in either language; who owns it, and who sent it in."""
    found: set[int | None] = set()
    for side in Page.objects.filter(translation_key=page.translation_key):
        drafts = Revision.objects.for_instance(side)
        if side.live_revision_id:
            drafts = drafts.filter(pk__gt=side.live_revision_id)
        if not side.first_published_at:
            found.add(side.owner_id)
        found |= set(drafts.values_list("user_id", flat=True))
        found |= set(
            WorkflowState.objects.for_instance(side)
            .filter(status=WorkflowState.STATUS_IN_PROGRESS)
            .values_list("requested_by_id", flat=True)
        )
    return {pk for pk in found if pk is not None}


@dataclass(frozen=True)
class Check:
    """One check as the composer shows it."""

    task: int
    label: str
    status: str
    who: str
    may_decide: bool


def checks_of(pages: Sequence[Page], user: Any) -> list[Check]:
    """The checks of a pair that is in its workflow, in order; empty where it is in none."""
    state = next((page.current_workflow_state for page in pages if page.workflow_in_progress), None)
    if state is None:
        return []
    found = []
    for task in state.all_tasks_with_state():
        own = task.specific
        if isinstance(own, PairTask):
            is_open = task.task_state is None or task.task_state.status == "in_progress"
            done_by = task.task_state.finished_by if task.task_state else None
            found.append(
                Check(
                    task=task.pk,
                    label=own.get_kind_display(),
                    status="" if is_open else task.task_state.status,
                    who=str(done_by or ""),
                    may_decide=is_open and bool(own.get_actions(pages[0], user)),
                )
            )
    return found
