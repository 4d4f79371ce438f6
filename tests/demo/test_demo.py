"""The demo content: loaded through the same doors, complete, true to its source, removable."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags
from wagtail.models import Page, Revision, get_page_models

from bilingual import pairs
from case_studies.models import CaseStudyPage
from core.models import PageTerm, RelatedPage
from demo import people
from demo.data import FOLDER, figure_rows, pages
from demo.load import Loaded, is_empty, load_demo
from demo.purge import PurgeRefused, purge_demo, sample_rows
from evidence.models import CorrectionsPage, Evidence, Figure, PageFigure
from home.models import HomePage, StandardPage
from network.models import CountyPage, DirectoryPage, GlossaryPage, Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"),
              pytest.mark.xdist_group("demo")]  # fmt: skip

# Outlets, politicians and attackers that the client's response names or that stand near it.
NAMES = (
    "gb news", "farage", "voice of wales", "reform uk", "bbc", "southport", "far right",
    "far-right", "de eithafol",
)  # fmt: skip
# Sentences of the mock pages that nobody has made true (content model, 2.8.6).
UNTRUE = (
    "asked for the group’s own report", "gofyn am adroddiad y grŵp ei hun",
    "everyone whose experience it draws on agreed", "cytunodd pawb y mae’r stori",
    "within two working days", "o fewn dau ddiwrnod gwaith",
    "warm rooms, open doors", "ystafelloedd cynnes, drysau agored",
)  # fmt: skip
SLIPS = ("stand up for sanctuary", "expectation")


def forbidden_in(text: str) -> list[str]:
    """The forbidden strings of a text, whatever its markup, case or apostrophes."""
    plain = " ".join(unescape(strip_tags(text)).replace("'", "’").lower().split())
    found = [name for name in (*NAMES, *UNTRUE, *SLIPS) if name in plain]
    return found + (["IA"] if re.search(r"\bIA\b", unescape(strip_tags(text))) else [])


def shown_lines_of(path: Path) -> str:
    """What of a file can come to a page: a programme's other names are for the search alone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("other_names ="))


def rows() -> Counter[str]:
    """How many rows everything has that the demo touches."""
    models = [
        *get_page_models(),
        Evidence,
        Figure,
        PageFigure,
        PageTerm,
        RelatedPage,
        Revision,
        Organisation,
    ]
    return Counter({model._meta.label: model.objects.count() for model in models})


def addresses() -> list[str]:
    return [page.url for page in Page.objects.live().filter(depth__gte=2).specific()]


@dataclass(frozen=True)
class Before:
    """What stood there before the demo came, and what loading it said."""

    rows: Counter[str]
    texts: list[dict[str, Any]]
    first: Loaded


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Before]:
    """The demo, loaded once for all tests here: each runs inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        before, texts = rows(), home_texts()
        yield Before(before, texts, load_demo())
        transaction.set_rollback(True)


def home_texts() -> list[dict[str, Any]]:
    return list(HomePage.objects.order_by("pk").values("title", "summary", "headline", "lede"))


def test_a_second_load_adds_no_row_and_changes_no_page(loaded: Before) -> None:
    first, before = loaded.first, rows()
    again = load_demo()
    planted = sum(data.planted for data in pages())
    assert (first.created, first.changed) == (len(pages()) - planted, planted)
    assert (again.created, again.changed, again.unchanged) == (0, 0, len(pages()))
    assert rows() == before


def test_a_load_repairs_what_was_changed_and_keeps_the_page() -> None:
    page = CaseStudyPage.objects.get(title="They knocked on doors before the accommodation opened")
    draft = pairs.latest_draft(page)
    draft.summary = "Something else."
    draft.save_revision()
    pairs.publish_pair(page)
    again = load_demo()
    assert again.changed == 1
    repaired = CaseStudyPage.objects.get(pk=page.pk)
    assert repaired.summary.startswith("The council paid")


def test_every_pair_is_live_in_both_languages_and_says_that_it_is_a_sample() -> None:
    by_key: dict[Any, dict[str, Page]] = {}
    planted = (
        CorrectionsPage,
        CountyPage,
        DirectoryPage,
        GlossaryPage,
    )  # with their texts, by a migration
    pages_of_demo = Page.objects.filter(depth__gte=2).not_type(*planted)
    for page in pages_of_demo.select_related("locale").specific():
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
        assert page.live and page.is_sample, page
    assert len(by_key) == len(pages())
    assert all(set(sides) == {"en", "cy"} for sides in by_key.values())


def test_both_languages_have_the_same_block_ids() -> None:
    for model, name in ((CaseStudyPage, "quotes"), (StandardPage, "body"), (HomePage, "doors")):
        for page in model.objects.filter(locale__language_code="en"):
            other = pairs.twin(page)
            assert [b.id for b in getattr(page, name)] == [b.id for b in getattr(other, name)]
    assert any(len(page.body) for page in StandardPage.objects.all())


def test_a_purge_leaves_the_empty_trees_and_nothing_else(loaded: Before) -> None:
    before = loaded.rows.copy()
    assert sum(sample_rows().values()) > 30
    purge_demo()
    after = rows()
    # Planted pages were published twice, so each keeps one revision without demo text.
    kept = after.pop("wagtailcore.Revision")
    planted = 2 * sum(data.planted for data in pages())
    assert kept == before.pop("wagtailcore.Revision") + planted
    assert after == before
    assert not any(sample_rows().values())
    assert not Revision.objects.filter(content__is_sample=True).exists()
    assert home_texts() == loaded.texts
    for address in addresses():
        assert Client().get(address).status_code == 200, address
    assert is_empty()


def test_a_purge_stops_at_real_content_that_prints_a_sample_number() -> None:
    english = StandardPage(title="Real", summary="A real page.")
    welsh = StandardPage(title="Go iawn", summary="Tudalen go iawn.")
    pairs.create_pair(HomePage.objects.get(locale__language_code="en"), english, welsh)
    PageFigure.objects.create(page_id=english.pk, figure=Figure.objects.get(key="schools"))
    before = rows()
    with pytest.raises(PurgeRefused, match="still in use"):
        purge_demo()
    assert rows() == before


@pytest.mark.slow
def test_content_can_be_loaded_again_after_a_purge(capsys: pytest.CaptureFixture[str]) -> None:
    first = rows()
    call_command("purge_demo")
    call_command("load_demo", "--if-empty")
    second = rows()
    first.pop("wagtailcore.Revision"), second.pop("wagtailcore.Revision")
    assert second == first
    call_command("load_demo", "--if-empty")
    assert "nothing was loaded" in capsys.readouterr().out


def test_the_search_for_forbidden_words_finds_them() -> None:
    assert forbidden_in("<p>GB&nbsp;news</p> said it") == ["gb news"]
    assert forbidden_in("Warm rooms, <b>open</b> doors, no questions.") == [UNTRUE[6]]
    assert forbidden_in("when an IA was being stood up") == ["IA"]


def test_no_demo_file_holds_a_name_or_an_untrue_sentence() -> None:
    files = sorted(Path(FOLDER).rglob("*.toml"))
    assert len(files) > 20
    found = {str(path): forbidden_in(shown_lines_of(path)) for path in files}
    assert not {path: words for path, words in found.items() if words}


def test_no_rendered_page_holds_a_name_or_an_untrue_sentence() -> None:
    found = {}
    for address in addresses():
        answer = Client().get(address)
        assert answer.status_code == 200, address
        found[address] = forbidden_in(answer.content.decode())
    assert len(found) >= 2 * len(pages())
    assert not {address: words for address, words in found.items() if words}


def test_every_number_has_its_day_and_its_source_in_both_languages() -> None:
    assert Figure.objects.count() == len(figure_rows()) == 6
    for figure in Figure.objects.select_related("evidence"):
        assert figure.as_at and figure.as_at_note_en and figure.as_at_note_cy
        assert figure.expiry > figure.as_at
        assert figure.evidence.title_en.startswith("City of Sanctuary, written response")
        assert figure.evidence.status == Evidence.Status.TO_BE_FOUND
        assert not figure.evidence.url_en
    for story in CaseStudyPage.objects.all():
        assert story.source_note and story.as_at_note, story


def test_a_number_is_shown_with_its_day_and_source() -> None:
    for language, day, source in (
        ("en", "early 2025, to be confirmed", "written response on social cohesion in Wales"),
        ("cy", "dechrau 2025, i’w gadarnhau", "ymateb ysgrifenedig ar gydlyniant cymdeithasol"),
    ):
        for figure_key in ("schools", "norwich-organisations"):
            page = CaseStudyPage.objects.get(
                locale__language_code=language, page_figures__figure__key=figure_key
            )
            html = unescape(Client().get(page.url).content.decode())
            assert day in html and source in html, page.url


def test_quotations_stay_english_and_are_marked_on_welsh_pages() -> None:
    quoted = [
        page for page in CaseStudyPage.objects.filter(locale__language_code="cy") if page.quotes
    ]
    assert len(quoted) == 3
    for page in quoted:
        html = unescape(Client().get(page.url).content.decode())
        words = page.quotes[0].value["text"]
        assert f'lang="en">{words}' in re.sub(r">\s+", ">", html), page.url
        assert html.count("(dyfyniad yn Saesneg)") == 1, page.url


def test_empty_parts_are_left_out_and_nobody_can_be_recognised() -> None:
    derby = CaseStudyPage.objects.get(locale__language_code="en", place="Derby, England")
    assert derby.challenge == ""
    assert not CaseStudyPage.objects.exclude(could_be_recognised="no").exists()


def test_no_demo_user_outside_development(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    settings.DEMO_SIGN_IN = False
    assert people.ensure_editor() is None
    settings.DEMO_SIGN_IN = True
    email, password = people.ensure_editor()
    assert people.password_file().stat().st_mode & 0o077 == 0
    assert people.ensure_editor() == (email, password)
    user = people.get_user_model().objects.get(email=email)
    assert user.check_password(password) and user.is_superuser


def test_no_story_shows_a_day_that_its_source_does_not_give() -> None:
    assert not CaseStudyPage.objects.exclude(published_on=None).exists()


def test_the_home_page_shows_the_stories_in_the_order_of_the_design() -> None:
    html = unescape(Client().get("/en/").content.decode())
    shown = [
        html.index(title)
        for title in (
            "Welcome starts with meeting",
            "A project for cohesion in Swansea",
            "They knocked on doors before",
            "The ripple that starts in a school",
        )
    ]
    assert shown == sorted(shown)
