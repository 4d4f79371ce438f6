"""Publish what is due and take down what has expired: each pair in one transaction.

Wagtail's own command of this name publishes one language after the other in autocommit; a crash
between the two would leave half a pair. Nothing but pages has drafts on this site.
"""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Page, Revision

from bilingual import pairs

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run by a timer, every few minutes."""

    help = "Publish and expire scheduled pairs; both languages or none."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dryrun", action="store_true", help="Only say what would be done.")

    def handle(self, *args: Any, **options: Any) -> None:
        dry = bool(options["dryrun"])
        refused = self._expire_pairs(dry) + self._publish_pairs(dry)
        if refused:
            raise CommandError(f"{refused} pair(s) could not be changed; see above.")

    def _expire_pairs(self, dry: bool) -> int:
        refused = 0
        due = Page.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")
        for page in {page.translation_key: page for page in due}.values():
            self.stdout.write(f"expires: {page.title}")
            if not dry:
                refused += self._tried(
                    page,
                    lambda page=page: pairs.unpublish_pair(
                        page, set_expired=True, log_action="wagtail.unpublish.scheduled"
                    ),
                )
        return refused

    def _publish_pairs(self, dry: bool) -> int:
        refused = 0
        due: dict[Any, dict[int, Revision]] = {}
        revisions = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now())
        for revision in revisions.order_by("approved_go_live_at"):
            page = Page.objects.filter(pk=revision.object_id).first()
            if page is not None:
                due.setdefault(page.translation_key, {})[page.pk] = revision
        for chosen in due.values():
            page = Page.objects.get(pk=next(iter(chosen)))
            self.stdout.write(f"goes public: {page.title}")
            if not dry:
                refused += self._tried(
                    page,
                    lambda page=page, chosen=chosen: self._publish(page, chosen),
                )
        return refused

    def _publish(self, page: Page, chosen: dict[int, Revision]) -> None:
        twin = pairs.twin(page)
        if twin is not None and twin.pk not in chosen:
            if not twin.live:
                raise pairs.PairRefused("Only one language is due, and the other is not public.")
            # The twin stays as it is public, whatever draft somebody is writing.
            if twin.live_revision_id:
                chosen = {**chosen, twin.pk: twin.live_revision}
        pairs.publish_pair(page, revisions=chosen, log_action="wagtail.publish.scheduled")

    def _tried(self, page: Page, work: Any) -> int:
        try:
            work()
        except pairs.PairRefused as refusal:
            logger.error("Pair %s: %s", page.translation_key, refusal)
            self.stderr.write(f"not done: {page.title}: {refusal}")
            return 1
        except Exception:  # whatever it is, the pairs after this one are due as well
            logger.exception("Pair %s could not be changed", page.translation_key)
            self.stderr.write(f"not done: {page.title}")
            return 1
        return 0
