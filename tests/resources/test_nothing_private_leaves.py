"""What is not for everybody stands in no paper, no pack and no list: one language that is not
public, a private page, a private file. Everything goes through the pair service and its commit."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from bilingual import pairs
from bilingual.pairs import GoAhead
from home.models import SectionPage
from resources import made, packs, prints, signals
from resources.models import MadeFile
from search.models import PageText
from tests.factories.pairs import make_pair
from tests.resources.material import pack, resource

pytestmark = pytest.mark.django_db
ALONE = GoAhead("alone", "A rumour today")
OTHER = {"cy": "en", "en": "cy"}


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """`with commit():` does at its end what follows a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def archive_of(pair: pairs.Pair) -> zipfile.ZipFile:
    (row,) = made.made_of(pair.en.translation_key)
    assert row.document is not None
    return zipfile.ZipFile(BytesIO(row.document.file.read()))


def words_in(archive: zipfile.ZipFile) -> str:
    names = [name for name in archive.namelist() if name.endswith((".html", ".txt", ".json"))]
    return " ".join(archive.namelist()) + "".join(archive.read(name).decode() for name in names)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_of_the_language_that_is_not_public_there_is_no_paper_and_no_word_in_a_paper(
    client: Client, commit: Any, language: str
) -> None:
    pair = resource(publish=False)
    first, other = pair.side(language), pair.side(OTHER[language])
    with commit():
        pairs.publish_alone(first, ALONE)
    rows = list(MadeFile.objects.select_related("document"))
    assert {(row.kind, row.language) for row in rows} == {
        (kind, language) for kind in ("plan", "handout", "cards", "large")
    }
    for row in rows:
        assert row.document is not None
        reader = PdfReader(BytesIO(row.document.file.read()))
        said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        assert first.title in said and other.title not in said + row.document.title
    with commit():
        pairs.publish_pair(other)
    everything = made.made_of(pair.en.translation_key)
    assert {row.language for row in everything} == {"cy", "en", "both"}
    with commit():
        pairs.unpublish_pair(first)
    with commit():
        pairs.publish_alone(first, ALONE)
    page = client.get(first.url).content.decode()
    for row in everything:
        assert row.document is not None
        status = client.get(row.document.url).status_code
        assert status == (200 if row.language == language else 410)
        assert (row.document.url in page) == (status == 200)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_pack_that_is_public_in_one_language_says_nothing_in_the_other_and_follows(
    commit: Any, language: str
) -> None:
    with commit():
        gone, stays = resource("Going"), resource("Staying")
    whole = pack(gone, stays, publish=False)
    first, other = whole.side(language), whole.side(OTHER[language])
    with commit():
        pairs.publish_alone(first, ALONE)
    words = words_in(archive_of(whole))
    assert first.title in words and gone.side(language).title in words
    assert other.title not in words
    with commit():
        pairs.unpublish_pair(gone.en)
    words = words_in(archive_of(whole))
    assert stays.en.title in words and gone.en.title not in words


def test_a_file_of_a_private_collection_stands_in_no_pack_and_no_list(
    client: Client, commit: Any
) -> None:
    with commit():
        pair = resource()
        whole = pack(pair)
    document = pair.en.files.first().document
    inside = archive_of(whole)
    (name,) = (name for name in inside.namelist() if name.startswith("en/01-") and ".txt" in name)
    above = Collection.get_first_root_node().add_child(name="For staff")
    with commit():
        document.collection = above.add_child(name="Drafts")
        document.save()
    everywhere = [
        pair.en.url, pair.cy.url, "/en/resources/csv/", "/en/resources/", "/en/resources/?lang=en",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    ]  # fmt: skip
    assert document.url in client.get(pair.en.url).content.decode()
    assert document.url in json.dumps([client.get(path).content.decode() for path in everywhere])
    with commit():
        CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    assert client.get(document.url).status_code == 404
    for path in everywhere:
        answer = client.get(path)
        assert answer.status_code == 200
        assert document.url not in answer.content.decode()
    assert name not in archive_of(whole).namelist()
    answer = client.get(f"/en/resources/pack/download/?r={pair.en.key}")
    chosen = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert name not in chosen.namelist() and "manifest.json" in chosen.namelist()
    with commit():
        above.view_restrictions.all().delete()
    assert name in archive_of(whole).namelist()


@pytest.mark.parametrize("making", ["paper", "pack"])
def test_what_was_withdrawn_while_a_file_was_made_of_it_does_not_come_back(
    client: Client, commit: Any, monkeypatch: pytest.MonkeyPatch, making: str
) -> None:
    with commit():
        gone, stays = resource("Going"), resource("Staying")
    with commit():
        whole = pack(gone, stays)
    if making == "paper":
        room, name, again = prints, "print_pdf", gone
    else:
        room, name, again = packs, "write_archive", whole
    slow = getattr(room, name)

    def meanwhile(*arguments: Any) -> Any:
        monkeypatch.undo()
        with commit():
            pairs.unpublish_pair(gone.en)
        return slow(*arguments)

    monkeypatch.setattr(room, name, meanwhile)
    signals.after_publishing(sender=type(again.en), pair=pairs.pair_of(again.en))
    assert made.made_of(gone.en.translation_key) == []
    words = words_in(archive_of(whole))
    assert stays.en.title in words and gone.en.title not in words


def test_a_page_that_is_made_private_takes_its_papers_and_its_place_in_packs_along(
    client: Client, commit: Any
) -> None:
    with commit():
        pair, stays = resource("Going"), resource("Staying")
    with commit():
        whole = pack(pair, stays)
    papers = made.made_of(pair.en.translation_key)
    (packed,) = made.made_of(whole.en.translation_key)
    addresses = [row.document.url for row in (*papers, packed) if row.document is not None]

    def answers() -> set[int]:
        return {client.get(address).status_code for address in addresses}

    assert answers() == {200}
    with commit():
        for side in pair:
            PageViewRestriction.objects.create(page=side, restriction_type="login")
    assert made.made_of(pair.en.translation_key) == []
    words = words_in(archive_of(whole))
    assert stays.en.title in words and pair.en.title not in words
    with commit():
        PageViewRestriction.objects.all().delete()
        for side in pair:
            PageViewRestriction.objects.create(page=side.get_parent(), restriction_type="login")
    assert answers() == {410}
    with commit():
        PageViewRestriction.objects.all().delete()
    assert answers() == {200}


def test_a_section_that_moves_below_a_private_page_takes_the_files_of_all_in_it_along(
    client: Client, commit: Any
) -> None:
    with commit():
        pair = resource()
    with commit():
        whole = pack(pair)
    rows = [row for side in (pair, whole) for row in made.made_of(side.en.translation_key)]
    addresses = [row.document.url for row in rows if row.document is not None]

    def answers() -> set[int]:
        return {client.get(address).status_code for address in addresses}

    section = pairs.pair_of(pair.en.get_parent())
    home, for_staff = section.en.get_parent(), pairs.Pair(*make_pair(SectionPage))
    with commit():
        pairs.move_pair(section.en, for_staff.en)
    assert len(addresses) == 12 and answers() == {200}
    with commit():
        pairs.move_pair(section.en, home)
        for side in for_staff:
            PageViewRestriction.objects.create(page=side, restriction_type="login")
    assert answers() == {200}
    words = PageText.objects.filter(page__in=[side.pk for side in (*pair, *whole)])
    assert words.count() == 4
    with commit():
        pairs.move_pair(section.en, for_staff.en)
    assert answers() == {410} and not words.exists()
    with commit():
        pairs.move_pair(section.en, home)
    assert answers() == {200} and words.count() == 4


def test_what_could_not_be_made_is_tried_again_every_night(
    commit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> None:
        raise OSError(28, "No space left")

    with monkeypatch.context() as broken:
        broken.setattr(prints, "print_pdf", fail)
        broken.setattr(packs, "write_archive", fail)
        with commit():
            pair, gone = resource(), resource("Going")
        with commit():
            whole = pack(pair)
    Page.objects.filter(translation_key=gone.en.translation_key).update(live=False)
    assert not made.health_line()[1]
    call_command("refresh_resources")
    assert made.health_line()[1]
    assert len(made.made_of(pair.en.translation_key)) == 11
    assert pair.en.title in words_in(archive_of(whole))
    assert made.made_of(gone.en.translation_key) == []
    call_command("refresh_resources")
    assert MadeFile.objects.filter(translation_key=whole.en.translation_key).get().number == 1
