"""Cards, texts and papers of a fact: light, in both languages, and without the claim."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
import typst
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

import press.pdf
from bilingual import door, pairs
from bilingual.exceptions import GoAhead
from core.short_links import code_of, short_address
from facts import doorstep, kit, signals
from facts.models import FactFile, FactPage
from press.cards import MOST_BYTES, SHAPES
from press.pdf import Face
from tests.factories.pairs import make_pair
from tests.press.verapdf import failures

pytestmark = pytest.mark.django_db
CLAIMS = {"en": "Nobody wants new neighbours", "cy": "Does neb eisiau cymdogion newydd"}


@pytest.fixture
def pair(db: None) -> pairs.Pair:
    """A public fact whose kit has been made, as the signal after the commit does."""
    english, welsh = make_pair(FactPage, publish=False)
    for page, title in ((english, "Ŵyl & welcome <grows> " * 4), (welsh, "Gŵyl y tŷ â’r ŵyn " * 4)):
        page.claim = CLAIMS[page.locale.language_code]
        page.title = title.strip()
        page.save_revision()
    found = pairs.publish_pair(english)
    signals.after_publishing(sender=FactPage, pair=found)
    return found


def content_of(row: FactFile) -> bytes:
    assert row.document is not None
    with row.document.file.storage.open(row.document.file.name) as file:
        return bytes(file.read())


def test_three_shapes_in_two_formats_and_a_sheet_in_each_language(
    pair: pairs.Pair, client: Client
) -> None:
    rows = kit.SHELF.made_of(pair.en.translation_key)
    assert {(row.kind, row.language) for row in rows} == {
        (kind, language) for kind in FactFile.Kind.values for language in ("en", "cy")
    }
    for row in rows:
        content, shape = content_of(row), str(row.kind).partition("_")[0]
        if row.kind.endswith("png"):
            assert len(content) <= MOST_BYTES
            with Pillow.open(BytesIO(content)) as card:
                assert card.size == SHAPES[shape]
        elif row.kind.endswith("svg"):
            assert content.startswith(b"<svg") and b"<text" not in content
        else:
            [page] = PdfReader(BytesIO(content)).pages
            said = " ".join(page.extract_text().split())
            assert pair.side(row.language).title in said
            assert CLAIMS[row.language] not in said
        answer = client.get(row.document.url)
        assert answer["Content-Type"] in ("image/png", "image/svg+xml", "application/pdf")


def test_the_same_again_changes_no_file(pair: pairs.Pair) -> None:
    def now() -> dict[int, tuple[object, int]]:
        return {row.pk: (row.document.checksum, row.number) for row in FactFile.objects.all()}

    before = now()
    signals.after_publishing(sender=FactPage, pair=pair)
    assert now() == before


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_link_elsewhere_shows_the_fact_of_its_language_and_the_page_offers_both_halves(
    pair: pairs.Pair, client: Client, language: str
) -> None:
    html = client.get(pair.side(language).url).content.decode()
    card = FactFile.objects.get(kind="link_png", language=language)
    assert f'property="og:image" content="{kit.absolute(card.document.url)}"' in html
    assert 'property="og:image:width" content="1200"' in html
    for row in kit.SHELF.made_of(pair.en.translation_key):
        assert row.document.url in html
    kit_html = html.partition('id="kit"')[2]
    for side in pair:
        assert kit.absolute(side.url) in kit_html
    assert short_address(pair.en.translation_key) in kit_html
    assert not any(claim in kit_html for claim in CLAIMS.values())


@pytest.mark.parametrize("language", ["cy", "en"])
def test_of_a_language_that_is_not_public_there_is_no_card(client: Client, language: str) -> None:
    english, welsh = make_pair(FactPage, publish=False)
    page = welsh if language == "cy" else english
    with TestCase.captureOnCommitCallbacks(execute=True):
        pairs.publish_alone(page, GoAhead("alone", "Tonight", timezone.localdate()))
    made = kit.SHELF.made_of(page.translation_key)
    assert {row.language for row in made} == {language} and len(made) == len(FactFile.Kind.values)
    html = client.get(page.url).content.decode()
    assert all(row.document.url in html for row in made)
    assert not any(other.title in html for other in (english, welsh) if other != page)


@pytest.mark.parametrize("error", [OSError(28, "No space left"), typst.TypstError("bad")])
def test_a_card_that_cannot_be_drawn_is_known_offered_no_more_and_tried_again(
    pair: pairs.Pair, client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    old = {row.kind: row.document.url for row in FactFile.objects.filter(language="cy")}

    def fail(*_arguments: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(kit, "cards_png", fail)
        signals.after_publishing(sender=FactPage, pair=pair)
    for kind, address in old.items():
        assert client.get(address).status_code == (410 if kind.endswith("png") else 200)
    html = client.get(pair.cy.url).content.decode()
    assert old["link_png"] not in html and old["link_svg"] in html
    assert kit.SHELF.failed().count() == 6 and not kit.health_line()[1]

    editor = get_user_model().objects.create_superuser("a@example.org", "x")
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = client.get(reverse("wagtailadmin_pages:edit", args=[pair.en.pk])).content.decode()
    assert "could not be made" in told and "is offered no more" in told

    call_command("refresh_facts")
    assert kit.health_line()[1] and client.get(old["link_png"]).status_code == 200


def test_the_files_of_an_expired_fact_are_taken_back(pair: pairs.Pair, client: Client) -> None:
    card = FactFile.objects.get(kind="link_png", language="en").document.url
    with time_machine.travel(timezone.now() + timedelta(days=61), tick=False):
        assert card not in client.get(pair.en.url).content.decode()
        call_command("refresh_facts")
    assert client.get(card).status_code == 410


def test_a_fact_for_some_people_only_has_no_cards_until_it_is_for_all_again(
    pair: pairs.Pair, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    addresses = [made.document.url for made in kit.SHELF.made_of(pair.en.translation_key)]
    with django_capture_on_commit_callbacks(execute=True):
        kept = [PageViewRestriction.objects.create(page=side, restriction_type="login")
                for side in pair]  # fmt: skip
    assert {client.get(address).status_code for address in addresses} == {410}
    with django_capture_on_commit_callbacks(execute=True):
        for restriction in kept:
            restriction.delete()
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_withdrawn_fact_takes_its_cards_along(pair: pairs.Pair, client: Client) -> None:
    addresses = [row.document.url for row in kit.SHELF.made_of(pair.en.translation_key)]
    pairs.unpublish_pair(pair.en)
    signals.after_withdrawing(sender=FactPage, pair=pair)
    assert {client.get(address).status_code for address in addresses} == {410}


@pytest.mark.parametrize(
    ("language", "folder"), [("en", "/en/facts/doorstep/"), ("cy", "/cy/ffeithiau/carreg-y-drws/")]
)
def test_what_is_ticked_stands_in_the_address_and_prints_in_both_languages(
    pair: pairs.Pair, client: Client, language: str, folder: str
) -> None:
    code = code_of(pair.en.translation_key)
    page = client.get(folder, {"f": code})
    html = page.content.decode()
    assert not page.cookies and f'value="{code}" checked' in html
    links = [part.partition('"')[0] for part in html.split(f'href="{folder}')[1:]]
    papers = [link.replace("&amp;", "&") for link in links if "?f=" in link]
    texts = []
    for paper in papers:
        answer = client.get(folder + paper)
        assert answer["Content-Type"] == "application/pdf" and not answer.cookies
        texts.append([" ".join(p.extract_text().split())
                      for p in PdfReader(BytesIO(answer.content)).pages])  # fmt: skip
    card, answers = texts
    for sides in (card, answers):
        assert pair.side(language).title in sides[0]
        assert any(pair.side("cy" if language == "en" else "en").title in side for side in sides)
    assert not any(claim in " ".join(card) for claim in CLAIMS.values())
    assert all(" ".join(answers).count(claim) == 1 for claim in CLAIMS.values())


@pytest.mark.parametrize("path", ["/en/facts/doorstep/card/", "/en/facts/doorstep/answers/"])
def test_a_fact_in_one_language_alone_is_marked_as_that_on_the_side_of_the_other(
    pair: pairs.Pair, client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    faces: dict[str, Face] = {}

    def print_pdf(sheet: Any, shown: list[Face], **more: Any) -> bytes:
        faces.update({face.language: face for face in shown})
        return press.pdf.print_pdf(sheet, shown, **more)

    monkeypatch.setattr(doorstep, "print_pdf", print_pdf)
    with door.opened():
        FactPage.objects.filter(pk=pair.en.pk).update(live=False)
    answer = client.get(path, {"f": code_of(pair.en.translation_key)})
    assert answer.status_code == 200 and set(faces) == {"en", "cy"}
    (section,) = faces["en"].sections
    assert (section.heading, section.language) == (pair.cy.title, "cy")
    said = " ".join(run.text for block in section.blocks for run in block.runs)
    assert "You may hear" not in said


@pytest.mark.slow
def test_sheets_and_papers_of_a_real_fact_are_accessible_pdfs(
    pair: pairs.Pair, client: Client, tmp_path: Path
) -> None:
    code = code_of(pair.en.translation_key)
    contents = {
        **{
            f"sheet-{row.language}": content_of(row)
            for row in FactFile.objects.filter(kind="sheet")
        },
        **{
            f"{paper}-{language}": client.get(address, {"f": code}).content
            for language, folder in (("en", "facts/doorstep"), ("cy", "ffeithiau/carreg-y-drws"))
            for paper, address in {
                "card": f"/{language}/{folder}/{'card' if language == 'en' else 'cerdyn'}/",
                "answers": f"/{language}/{folder}/{'answers' if language == 'en' else 'atebion'}/",
            }.items()
        },
    }
    paths = []
    for name, content in contents.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(content)
    assert failures(paths) == []
    print(f"\nPDF/UA-1 by veraPDF: {len(paths)} of {len(paths)} papers of a fact pass")


@pytest.mark.parametrize("asked", ["", "?f=", "?f=nonsense", "?f=0000000000", "?x=1"])
def test_nothing_ticked_leads_back_to_the_choice(client: Client, asked: str) -> None:
    for paper in ("card", "answers"):
        assert (
            client.get(f"/en/facts/doorstep/{paper}/{asked}")["Location"] == "/en/facts/doorstep/"
        )
    assert client.get(f"/cy/ffeithiau/carreg-y-drws/{asked}").status_code == 200
