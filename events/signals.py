"""What follows when a pair of an event went public or was taken back."""

from typing import Any

from bilingual import pairs
from bilingual.signals import pair_published, pair_withdrawn
from events import booking, dates, papers
from events.models import EventPage
from files.gate import shared_worker
from press.shelf import follow_access


def connect() -> None:
    """Called once when the room is ready."""
    pair_published.connect(after_publishing, dispatch_uid="events.published")
    pair_withdrawn.connect(after_withdrawing, dispatch_uid="events.withdrawn")
    follow_access(EventPage, after_publishing)


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


def after_withdrawing(sender: Any, pair: pairs.Pair, **kwargs: Any) -> None:
    """Papers answer 410; the dates are shown by nothing once the page is not live."""
    if isinstance(pair.en, EventPage):
        papers.SHELF.withdraw(pair.en.translation_key)
