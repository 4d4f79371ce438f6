"""What happens when a workflow is finished: a pair is approved when both sides are.

Wagtail imports this module while it loads its own models, so everything else is imported late.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import Page, WorkflowState

logger = logging.getLogger(__name__)


def publish_pair(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish both languages if the twin is approved or unchanged; else wait for the twin.

    Named in `WAGTAIL_FINISH_WORKFLOW_ACTION`. Wagtail calls it inside the transaction of the
    approval: a refusal undoes the approval as well.

    Raises:
        PairRefused: the twin is missing, or a side is incomplete or locked.
    """
    from wagtail.models import Page

    from bilingual import pairs
    from bilingual.models import language_of, other_language

    page = workflow_state.content_object
    if not isinstance(page, Page):
        page.get_latest_revision().publish(user=user)
        return
    twin = pairs.pair_of(page).side(other_language(language_of(page)))
    if is_approved(twin):
        pairs.publish_pair(page, user=user, approved=True)
    else:
        logger.info("Pair %s waits for the approval of its twin", page.translation_key)


def is_approved(page: Page) -> bool:
    """The latest draft is public already, needs no approval, or a workflow has approved it."""
    from wagtail.models import WorkflowState

    if page.live and not page.has_unpublished_changes:
        return True
    state = page.workflow_states.order_by("-created_at", "-pk").first()
    if state is None or state.status != WorkflowState.STATUS_APPROVED:
        return not page.has_workflow
    last = state.task_states.order_by("-finished_at", "-pk").first()
    return last is not None and last.revision_id == page.latest_revision_id
