"""Three checks of a pair, run side by side: facts, safeguarding, language.

They are tasks of one Wagtail workflow, started for both languages at once; what is decided for one
language is decided for the other, where both are read: in the composer. Nobody approves words that
they wrote, and whoever changes words takes back what was approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState, WorkflowState

DECIDED = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)


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
            known = states.get(task.pk)
            taken_back = known is not None and known.status == TaskState.STATUS_CANCELLED
            if isinstance(other, PairTask) and (known is None or taken_back):
                other._open(workflow_state, user)
        state = states.get(self.pk)
        if state is not None and state.status == TaskState.STATUS_IN_PROGRESS:
            return state
        return self._open(workflow_state, user)

    def _open(self, workflow_state: WorkflowState, user: Any) -> TaskState:
        opened: TaskState = super().start(workflow_state, user=user)
        return opened

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """None on Wagtail's own screens: they show one language. See `decide`."""
        return []

    def may_decide(self, page: Page, user: Any) -> bool:
        """Members of the groups of this check, and none of those who wrote the words."""
        key = page.translation_key
        return bool(super().get_actions(page, user)) and key not in pairs_written_by(user, [key])

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
        """None in Wagtail's own lists, page by page; the dashboard lists the pairs: `to_check`."""
        return TaskState.objects.none()

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups check a pair; nobody checks their own words")


@transaction.atomic
def send(pages: Iterable[Page], user: Any) -> int:
    """Start the checks of both languages, or go on with them after changes were asked for.

    Returns how many pages were sent: none where nobody is set, or where they are checked already.
    """
    sent = 0
    for page in pages:
        workflow = page.get_workflow()
        if workflow and page.permissions_for_user(user).can_submit_for_moderation():
            waiting = page.current_workflow_state
            if waiting is None:
                workflow.start(page, user)
            else:
                waiting.resume(user)
            sent += 1
    return sent


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


@transaction.atomic
def decide(
    page: Page,
    task: PairTask,
    user: Any,
    decision: str,
    seen: Mapping[str, int | None],
    comment: str = "",
) -> None:
    """Approve or reject this check in both languages, for the words that the person has read.

    `seen` names by language the revisions that stood on their screen.

    Raises:
        PairRefused: somebody changed the words since, the check is not open or not this person's
            to decide, or the last approval publishes the pair and that was refused.
    """
    from bilingual.models import language_of  # the models import this module
    from bilingual.pairs import PairRefused

    sides = {
        language_of(side): side
        for side in Page.objects.select_for_update(of=("self",))
        .filter(translation_key=page.translation_key)
        .select_related("locale")
        .order_by("pk")
    }
    states = open_states(page.translation_key, task)
    if not states:
        raise PairRefused(gettext("This check is not open any more."))
    if not task.may_decide(page, user):
        raise PairRefused(gettext("You may not decide this: others check your words."))
    if any(side.latest_revision_id != seen.get(language) for language, side in sides.items()):
        raise PairRefused(
            gettext("The words were changed after you opened them. Read them anew, then decide.")
        )
    for state in states:
        state.refresh_from_db()
        run = state.workflow_state
        if state.status != TaskState.STATUS_IN_PROGRESS or run.status != run.STATUS_IN_PROGRESS:
            continue  # the approval of the first language has published both
        if decision == "reject" and run.current_task_state_id != state.pk:
            # Wagtail asks the current task only whether changes are wanted.
            run.current_task_state = state
            run.save()
        state.revision = run.content_object.get_latest_revision()
        state.save()
        task.on_action(state, user, decision, comment=comment)


@receiver(post_save, sender=Revision)
def reopen_checks(instance: Revision, **_kwargs: Any) -> None:
    """Who changes words that are being checked takes back the approvals of both languages.

    Where changes were asked for, the checks open again when the pair is sent again.
    """
    runs = WorkflowState.objects.filter(
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
    )
    if not runs.filter(
        base_content_type_id=instance.base_content_type_id, object_id=instance.object_id
    ).exists():
        return
    page = instance.content_object
    if not isinstance(page, Page):
        return
    for side in Page.objects.filter(translation_key=page.translation_key):
        for run in runs.filter(
            base_content_type_id=instance.base_content_type_id, object_id=str(side.pk)
        ):
            approved = run.task_states.filter(status=TaskState.STATUS_APPROVED)
            for state in approved.select_related("task"):
                check = state.task.specific
                if isinstance(check, PairTask):
                    state.status = TaskState.STATUS_CANCELLED
                    state.save(update_fields=["status"])
                    if run.status == WorkflowState.STATUS_IN_PROGRESS:
                        check._open(run, instance.user)


def pairs_written_by(user: Any, keys: Iterable[UUID]) -> set[UUID]:
    """Of these pairs those with words of this person that are not public yet, in any language.

    They wrote a draft, own a page that was never public, or sent the pair in.
    """
    sides = {str(side.pk): side for side in Page.objects.filter(translation_key__in=list(keys))}
    of_pages = {
        "base_content_type": ContentType.objects.get_for_model(Page),
        "object_id__in": list(sides),
    }
    drafts = Revision.objects.filter(**of_pages, user=user).order_by().values("object_id")
    runs = WorkflowState.objects.filter(
        **of_pages, requested_by=user, status=WorkflowState.STATUS_IN_PROGRESS
    )
    found = {
        side.translation_key
        for side in sides.values()
        if side.owner_id == user.pk and not side.first_published_at
    }
    found |= {
        sides[row["object_id"]].translation_key
        for row in drafts.annotate(latest=models.Max("pk"))
        if row["latest"] > (sides[row["object_id"]].live_revision_id or 0)
    }
    return found | {sides[run.object_id].translation_key for run in runs}


def to_check(user: Any) -> dict[UUID, list[str]]:
    """Pairs that wait for this person, longest first, each with the names of its open checks."""
    tasks = PairTask.objects.filter(active=True)
    if not user.is_superuser:
        tasks = tasks.filter(groups__in=user.groups.values("pk"))
    labels = {task.pk: task.get_kind_display() for task in tasks}
    states = TaskState.objects.filter(
        task__in=labels,
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
    ).order_by("started_at", "pk")
    waiting = list(states.values_list("workflow_state__object_id", "task"))
    keys = {
        str(pk): key
        for pk, key in Page.objects.filter(pk__in={pk for pk, _task in waiting}).values_list(
            "pk", "translation_key"
        )
    }
    own = pairs_written_by(user, keys.values())
    found: dict[UUID, list[str]] = {}
    for pk, task in waiting:
        if pk in keys and keys[pk] not in own:
            names = found.setdefault(keys[pk], [])
            if labels[task] not in names:
                names.append(labels[task])
    return found


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
            is_open = task.task_state is None or task.task_state.status not in DECIDED
            done_by = task.task_state.finished_by if task.task_state else None
            found.append(
                Check(
                    task=task.pk,
                    label=own.get_kind_display(),
                    status="" if is_open else task.task_state.status,
                    who=str(done_by or ""),
                    may_decide=is_open and own.may_decide(pages[0], user),
                )
            )
    return found
