"""Resources in numbers: written straight into the tables, because only lists read them here."""

import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bilingual import door
from core.terms import PageTerm, Term
from files.models import Document
from resources.models import (
    ResourceFile,
    ResourceIndexPage,
    ResourcePage,
    ResourceVersion,
    ResourceVideo,
)
from resources.models.resource import Licence
from tests.factories.pairs import unsaved

FORMATS = ("pdf", "docx", "pptx", "odt", "csv", "srt")
TERM_KINDS = ("programme", "audience", "setting", "topic", "delivery", "stream", "principle")


def documents() -> list[Document]:
    """One document for each format and language. The files are never opened."""
    made = []
    for extension in FORMATS:
        for language in ("cy", "en", "both", "other"):
            document = Document(
                title=f"{extension} {language}",
                language=language,
                file_size=1000,
                format=extension,
                is_tagged=extension == "pdf" and language != "other",
            )
            document.file.name = f"documents/{extension}-{language}.{extension}"
            made.append(document)
    return Document.objects.bulk_create(made)


def live_pairs(number: int, seed: int) -> list[tuple[Any, Any]]:
    """Live pairs put straight into both trees: the pair service is tested elsewhere."""
    parents = {
        section.locale.language_code: section
        for section in ResourceIndexPage.objects.select_related("locale")
    }
    made = []
    with door.opened():
        for place in range(number):
            key, pair = uuid.uuid4(), []
            for language, parent in parents.items():
                page = unsaved(ResourcePage, language, translation_key=key, live=True)
                page.slug = f"{language}-{seed}-{place}"
                page.first_published_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(place)
                parent.add_child(instance=page)
                pair.append(page)
            made.append((pair[0], pair[1]))
    return made


def random_rows(chance: random.Random, files: list[Document], terms: dict[str, list[Term]]) -> Any:
    """A function that makes the same random rows for either page of a pair."""
    chosen = [
        term for kind in TERM_KINDS for term in chance.sample(terms[kind], chance.choice([0, 1, 2]))
    ]
    versions = chance.choice([0, 1, 2])
    its_files = [
        {
            "document": chance.choice(files),
            "role": chance.choice(ResourceFile.Role.values),
            "version": chance.randint(1, max(1, versions)),
            "is_easy_read": chance.random() < 0.2,
            "is_large_print": chance.random() < 0.2,
        }
        for _ in range(chance.choice([0, 1, 2, 4]))
    ]
    films = [
        {"is_captioned": chance.random() < 0.5, "is_signed": chance.random() < 0.5}
        for _ in range(chance.choice([0, 0, 0, 1]))
    ]

    def rows(page: Any) -> list[Any]:
        return [
            *(PageTerm(page=page, term=term) for term in chosen),
            *(
                ResourceVersion(
                    page=page, number=n, date="2026-01-01", changed_cy="a", changed_en="b"
                )
                for n in range(1, versions + 1)
            ),
            *(ResourceFile(page=page, label_cy="a", label_en="b", **file) for file in its_files),
            *(
                ResourceVideo(
                    page=page, address="https://example.org/", title_cy="a", title_en="b", **film
                )
                for film in films
            ),
        ]

    return rows


@pytest.fixture
def many_resources(db: Any) -> Callable[[int, int], None]:
    """Makes a library: `make(number, seed)` pairs with random facets, both languages alike."""

    def make(number: int, seed: int) -> None:
        chance = random.Random(seed)
        files = documents()
        terms = {kind: list(Term.objects.filter(kind=kind)) for kind in TERM_KINDS}
        rows: list[Any] = []
        for pair in live_pairs(number, seed):
            least = chance.choice([None, 1, 4, 8, 12])
            values = {
                "kind": chance.choice(ResourcePage.Kind.values),
                "minutes": chance.choice([None, 10, 15, 30, 45, 60, 90, 120, 180]),
                "least_people": least,
                "most_people": chance.choice([None, (least or 1) + 3, (least or 1) + 30]),
                "licence": chance.choice(Licence.values),
            }
            if chance.random() < 0.5:
                values["material"] = "[]"
            ResourcePage.objects.filter(pk__in=[page.pk for page in pair]).update(**values)
            make_rows = random_rows(chance, files, terms)
            rows += [row for page in pair for row in make_rows(page)]
        for model in (PageTerm, ResourceFile, ResourceVersion, ResourceVideo):
            model.objects.bulk_create([row for row in rows if type(row) is model])

    return make
