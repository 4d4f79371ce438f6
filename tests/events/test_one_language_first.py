"""An event of which one language goes public before the other: its dates and papers are of that."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from bilingual import pairs
from bilingual.models import LanguageException
from bilingual.pairs import GoAhead
from events import dates, papers
from events.models import EventPage, Occurrence
from home.models import SectionPage
from tests.events.conftest import Make
from tests.factories.pairs import make_pair


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_language_that_is_public_gives_the_dates_and_is_alone_on_the_poster(
    an_event: Make, language: str, django_capture_on_commit_callbacks: Any
) -> None:
    pair = an_event(publish=False)
    first, other = pair.side(language), pair.side("en" if language == "cy" else "cy")
    draft = pairs.latest_draft(first)
    assert draft.starts_on is not None
    draft.starts_on += timedelta(days=7)
    draft.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        pairs.publish_alone(first, GoAhead(LanguageException.Kind.ALONE, "A rumour today"))
    behind = EventPage.objects.get(pk=other.pk)
    assert (behind.live, behind.starts_on) == (False, pair.en.starts_on)
    for _again in range(2):
        assert [day_of(one) for one in Occurrence.objects.all()] == [draft.starts_on]
        call_command("refresh_events")
    made = {row.kind: row for row in papers.SHELF.made_of(first.translation_key)}
    poster = made["poster"]
    reader = pypdf.PdfReader(BytesIO(poster.document.file.read()))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert first.title in said
    assert other.title not in said + poster.document.title


def day_of(one: Occurrence) -> date:
    return dates.wall(one.starts).date()


def test_an_event_for_some_people_only_has_no_papers_until_it_is_for_all_again(
    an_event: Make, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pair = an_event()
    key = pair.en.translation_key
    assert papers.SHELF.shown_of(key)
    with django_capture_on_commit_callbacks(execute=True):
        kept = [PageViewRestriction.objects.create(page=side, restriction_type="login")
                for side in pair]  # fmt: skip
    assert not papers.SHELF.shown_of(key)
    with django_capture_on_commit_callbacks(execute=True):
        for restriction in kept:
            restriction.delete()
    assert papers.SHELF.shown_of(key)


def test_events_that_move_below_a_private_page_have_no_papers_until_they_move_back(
    an_event: Make, django_capture_on_commit_callbacks: Any
) -> None:
    for_staff = pairs.Pair(*make_pair(SectionPage))
    for side in for_staff:
        PageViewRestriction.objects.create(page=side, restriction_type="login")
    with django_capture_on_commit_callbacks(execute=True):
        pair = an_event()
    section = pair.en.get_parent()
    home = section.get_parent()
    for parent, has_papers in ((for_staff.en, False), (home, True)):
        with django_capture_on_commit_callbacks(execute=True):
            pairs.move_pair(section, parent)
        assert bool(papers.SHELF.shown_of(pair.en.translation_key)) is has_papers
