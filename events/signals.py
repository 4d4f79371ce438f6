"""What follows when a pair of an event went public or was taken back."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction

from bilingual import pairs
from bilingual.signals import pair_published, pair_withdrawn
from events import booking, dates, papers
from events.models import EventPage
from files.gate import shared_worker


def connect() -> None:
    """Called once when the room is ready."""
    pair_published.connect(after_publishing, dispatch_uid="events.published")
    pair_withdrawn.connect(after_withdrawing, dispatch_uid="events.withdrawn")
    for signal in (post_save, post_delete):
        signal.connect(
            after_restricting, sender=PageViewRestriction, dispatch_uid="events.restricted"
        )


def after_publishing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Write the dates down, fill new places from the queue, make the papers."""
    if not isinstance(pair.en, EventPage):
        return
    event = next((side for side in pair if side.live), None)  # one language may go first
    if event is not None:
        dates.write_dates(event)
        booking.fill_all(event)
        with shared_worker():
            papers.make_papers(pair)


def after_restricting(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Of what is for some people only there is no paper; of what is no longer so there is again."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:  # else the restriction is deleted together with its page
        for event in EventPage.objects.live().descendant_of(page, inclusive=True):
            pair = pairs.pair_of(event)
            transaction.on_commit(partial(after_publishing, EventPage, pair), robust=True)


def after_withdrawing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Papers answer 410; the dates are shown by nothing once the page is not live."""
    if isinstance(pair.en, EventPage):
        papers.SHELF.withdraw(pair.en.translation_key)
