"""What happens when a workflow is finished: a pair is approved when both sides are."""

import logging
from typing import Any

from wagtail.models import Page, WorkflowState

from bilingual import pairs

logger = logging.getLogger(__name__)


def publish_pair(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish both languages if the twin is approved or unchanged; else wait for the twin.

    Named in `WAGTAIL_FINISH_WORKFLOW_ACTION`. Wagtail calls it inside the transaction of the
    approval: a refusal undoes the approval as well.

    Raises:
        PairRefused: the twin is missing, or a side is incomplete or locked.
    """
    page = workflow_state.content_object
    if not isinstance(page, Page):
        workflow_state.content_object.get_latest_revision().publish(user=user)
        return
    twin = pairs.pair_of(page).side("en" if page.locale.language_code == "cy" else "cy")
    if is_approved(twin):
        pairs.publish_pair(page, user=user, approved=True)
    else:
        logger.info("Pair %s waits for the approval of its twin", page.translation_key)


def is_approved(page: Page) -> bool:
    """The latest draft is public already, needs no approval, or a workflow has approved it."""
    if page.live and not page.has_unpublished_changes:
        return True
    state = page.workflow_states.order_by("-created_at", "-pk").first()
    if state is None or state.status != WorkflowState.STATUS_APPROVED:
        return not page.has_workflow
    last = state.task_states.order_by("-finished_at", "-pk").first()
    return last is not None and last.revision_id == page.latest_revision_id
