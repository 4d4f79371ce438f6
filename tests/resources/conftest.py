"""Resources in numbers: written straight into the tables, because only lists read them here."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from bilingual import door
from core.terms import PageTerm, Term
from files.models import Document
from resources.models import ResourceFile, ResourcePage, ResourceVersion, ResourceVideo
from resources.models.resource import Licence
from tests.factories.pairs import make_pair

FORMATS = ("pdf", "docx", "pptx", "odt", "csv", "srt")
TERM_KINDS = ("programme", "audience", "setting", "topic", "delivery", "stream", "principle")


def documents() -> dict[tuple[str, str], Document]:
    """One document for each format and language. The files are never opened."""
    made = {}
    for extension in FORMATS:
        for language in ("cy", "en", "both", "other"):
            document = Document(
                title=f"{extension} {language}", language=language, file_size=1000 + len(made)
            )
            document.file.name = f"documents/{extension}-{language}.{extension}"
            made[extension, language] = document
    return {
        key: row for key, row in zip(made, Document.objects.bulk_create(made.values()), strict=True)
    }


@pytest.fixture
def many_resources(db: Any) -> Callable[[int, int], None]:
    """Makes a library: `make(number, seed)` pairs with random facets, both languages alike."""

    def make(number: int, seed: int) -> None:
        chance = random.Random(seed)
        files = documents()
        terms = {kind: list(Term.objects.filter(kind=kind)) for kind in TERM_KINDS}
        pairs = []
        with door.opened():
            for _ in range(number):
                pairs.append(make_pair(ResourcePage))
        rows: dict[type, list[Any]] = {
            PageTerm: [],
            ResourceFile: [],
            ResourceVersion: [],
            ResourceVideo: [],
        }
        for pair in pairs:
            least = chance.choice([None, 1, 4, 8, 12])
            values = {
                "kind": chance.choice(ResourcePage.Kind.values),
                "minutes": chance.choice([None, 10, 15, 30, 45, 60, 90, 120, 180]),
                "least_people": least,
                "most_people": chance.choice([None, (least or 1) + 3, (least or 1) + 30]),
                "licence": chance.choice(Licence.values),
            }
            ResourcePage.objects.filter(pk__in=[page.pk for page in pair]).update(**values)
            if chance.random() < 0.5:
                ResourcePage.objects.filter(pk__in=[page.pk for page in pair]).update(material="[]")
            chosen = [
                term
                for kind in TERM_KINDS
                for term in chance.sample(terms[kind], chance.choice([0, 1, 2]))
            ]
            versions = chance.choice([0, 1, 2])
            its_files = [
                (
                    chance.choice(list(files.values())),
                    chance.choice(ResourceFile.Role.values),
                    chance.randint(1, max(1, versions)),
                    chance.random() < 0.2,
                    chance.random() < 0.2,
                )
                for _ in range(chance.choice([0, 1, 2, 4]))
            ]
            film = chance.random() < 0.2
            captioned, signed = chance.random() < 0.5, chance.random() < 0.5
            for page in pair:
                rows[PageTerm] += [PageTerm(page=page, term=term) for term in chosen]
                rows[ResourceVersion] += [
                    ResourceVersion(
                        page=page, number=n, date="2026-01-01", changed_cy="a", changed_en="b"
                    )
                    for n in range(1, versions + 1)
                ]
                rows[ResourceFile] += [
                    ResourceFile(
                        page=page, document=document, role=role, version=version,
                        label_cy="a", label_en="b", is_easy_read=easy, is_large_print=large,
                    )
                    for document, role, version, easy, large in its_files
                ]  # fmt: skip
                if film:
                    rows[ResourceVideo].append(
                        ResourceVideo(
                            page=page, address="https://example.org/", language="cy", title_cy="a",
                            title_en="b", is_captioned=captioned, is_signed=signed,
                        )
                    )  # fmt: skip
        for model, its_rows in rows.items():
            model.objects.bulk_create(its_rows)

    return make
