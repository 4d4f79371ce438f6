"""Resources in numbers: written straight into the tables, because only lists read them here."""

import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

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
from tests.bench.many_pages import insert_pages, last_position

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


def live_pairs(number: int, chance: random.Random) -> list[list[Any]]:
    """Live pairs with random columns, straight into the tables: each page type's door is tested
    elsewhere."""
    parents = {
        section.locale.language_code: section
        for section in ResourceIndexPage.objects.select_related("locale")
    }
    content_type = ContentType.objects.get_for_model(ResourcePage)
    taken = {language: last_position(parent) for language, parent in parents.items()}
    key_of_page = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
    made = []
    for place in range(number):
        key, pair, least = uuid.uuid4(), [], chance.choice([None, 1, 4, 8, 12])
        values = {
            "kind": chance.choice(ResourcePage.Kind.values),
            "minutes": chance.choice([None, 10, 15, 30, 45, 60, 90, 120, 180]),
            "least_people": least,
            "most_people": chance.choice([None, (least or 1) + 3, (least or 1) + 30]),
            "licence": chance.choice(Licence.values),
            "material": chance.choice(["[]", '[{"type": "paragraph", "value": "<p>a</p>"}]']),
            "first_published_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(place),
        }
        for language, parent in parents.items():
            taken[language] += 1
            key_of_page += 1
            slug = f"{language}-{taken[language]}"
            page = ResourcePage(
                title=slug, draft_title=slug, slug=slug, summary=slug, translation_key=key,
                live=True, locale=parent.locale, content_type=content_type,
                path=Page._get_path(parent.path, parent.depth + 1, taken[language]),
                depth=parent.depth + 1, url_path=f"{parent.url_path}{slug}/", **values,
            )  # fmt: skip
            page.pk = page.id = page.page_ptr_id = key_of_page
            pair.append(page)
        made.append(pair)
    insert_pages([page for pair in made for page in pair])
    for language, parent in parents.items():
        Page.objects.filter(pk=parent.pk).update(numchild=taken[language])
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
        for pair in live_pairs(number, chance):
            make_rows = random_rows(chance, files, terms)
            rows += [row for page in pair for row in make_rows(page)]
        for model in (PageTerm, ResourceFile, ResourceVersion, ResourceVideo):
            model.objects.bulk_create([row for row in rows if type(row) is model])

    return make
