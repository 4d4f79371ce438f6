"""A resource is found by the text of its files, which is shown in the files alone."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from files.models import Document
from resources.models import ResourceFile, ResourcePage
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db
SEARCH = {"en": "/en/search/", "cy": "/cy/chwilio/"}


def found(client: Client, language: str, words: str) -> list[str]:
    results = client.get(SEARCH[language], {"q": words}).context["results"]
    return [hit.url for hit in results.hits]


def test_a_resource_is_found_by_what_everybody_may_read_in_its_files(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    [document] = Document.objects.bulk_create(
        [Document(title="Taflen", file="documents/taflen.docx", format="docx", file_size=9,
                  language="both", text="Ceginau cymunedol. Community kitchens.")]
    )  # fmt: skip
    pair = make_pair(ResourcePage)
    asked = {"en": (pair[0], "kitchen"), "cy": (pair[1], "gegin")}

    def all_found() -> list[list[str]]:
        return [found(client, language, words) for language, (_page, words) in asked.items()]

    with django_capture_on_commit_callbacks(execute=True):
        for page in pair:
            ResourceFile.objects.create(
                page=page, document=document, role="participant", label_cy="Taflen",
                label_en="Handout",
            )  # fmt: skip
        document.save()
    for language, (page, words) in asked.items():
        assert found(client, language, words) == [page.url]
        html = client.get(SEARCH[language], {"q": words}).content.decode()
        assert "cymunedol" not in html and "Community" not in html
    with django_capture_on_commit_callbacks(execute=True):
        document.withdrawn_at = timezone.now()
        document.save()
    assert [found(client, language, words) for language, (_page, words) in asked.items()] == [
        [],
        [],
    ]
    closed = Collection.get_first_root_node().add_child(name="For staff")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    with django_capture_on_commit_callbacks(execute=True):
        document.withdrawn_at, document.collection = None, closed
        document.save()
    assert [found(client, language, words) for language, (_page, words) in asked.items()] == [
        [],
        [],
    ]
    with django_capture_on_commit_callbacks(execute=True):
        document.collection = Collection.get_first_root_node()
        document.save()
    assert found(client, "cy", "gegin") == [pair[1].url]
