"""What is private enters no index: a secret is planted in it, and every engine's storage is read.

Nothing is named here: the registry of private fields says what to plant, and the models say how a
row with it comes about and on which pages it hangs.
"""

from collections.abc import Iterator
from datetime import date, time
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from core.registries import private_fields
from search import rebuild
from search.index import SearchablePage
from search.models import PageText, SiteWord
from tests.factories.pairs import make_pair, page_types
from tests.search.test_index import SECRET, is_text, raw_index, secret_for

pytestmark = pytest.mark.django_db
_numbers = count(1)
# What staff have tied to a fact shall find it; until then nobody finds anything by it.
UNTIED = {("facts.HeardClaim", "text"): {"fact": None}}


def row_of(model: Any, is_dated: bool = False, **values: Any) -> Any:
    """A row of a model with these values; what else it demands is made, relations included."""
    for field in model._meta.concrete_fields:
        if field.name in values or field.primary_key:
            continue
        if field.is_relation:
            if not field.null or issubclass(field.related_model, Page):
                values[field.name] = related_row(field.related_model, field.remote_field)
        elif field.has_default() or (field.blank and not field.null):
            continue
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif field.name == "language":
            values[field.name] = "en"
        elif isinstance(field, models.UUIDField):
            values[field.name] = uuid4()
        elif isinstance(field, models.DateTimeField):
            values[field.name] = timezone.now()
        elif isinstance(field, models.DateField):
            values[field.name] = date(2030, 1, 1) if is_dated or not field.null else None
        elif isinstance(field, models.TimeField):
            values[field.name] = time(9)
        elif not field.null:
            number = next(_numbers)
            values[field.name] = number if "Integer" in type(field).__name__ else f"word-{number}"
    try:
        with transaction.atomic():
            return model.objects.create(**values)
    except IntegrityError:
        if is_dated:
            raise
        return row_of(model, is_dated=True, **{k: v for k, v in values.items() if v is not None})


def related_row(model: Any, relation: Any) -> Any:
    """A row that another can point to."""
    if model in page_types() or model is Page:
        return make_pair(next(m for m in page_types() if issubclass(m, model)))[0]
    found = model.objects.filter(**(relation.limit_choices_to or {})).first()
    return found or row_of(model)


def plant(label: str, name: str) -> list[Any]:
    """The secret in a private field, on everything that has it; the pages it hangs on."""
    model = apps.get_model(label)
    field = model._meta.get_field(name)
    if not is_text(field):
        return []
    if issubclass(model, Page):
        return [plant_in_page(owner, field) for owner in page_types() if issubclass(owner, model)]
    tied: dict[str, Any] = UNTIED.get((label, name), {})
    pages = []
    for state in states_of(model):
        row = row_of(model, **(state | tied | {name: secret_for(field)}))
        pages += hang(row)
    return pages


def states_of(model: Any) -> Iterator[dict[str, Any]]:
    """Where rows may be hidden: public ones, and hidden ones of which all text is secret."""
    own = model._meta.fields
    visibility = next((field for field in own if field.name == "visibility"), None)
    if visibility is None:
        yield {}
        return
    for value, _label in visibility.choices:
        hidden = {f.name: secret_for(f) for f in own if is_text(f)} if value != "public" else {}
        yield {"visibility": value} | hidden


def plant_in_page(owner: Any, field: Any) -> Any:
    pk = make_pair(owner)[0].pk
    owner.objects.filter(pk=pk).update(**{field.name: secret_for(field)})
    return owner.objects.get(pk=pk)


def hang(row: Any) -> list[Any]:
    """The row on pages: those it points to, those that point to it, and those it is joined to."""
    pages = []
    for field in row._meta.get_fields(include_hidden=True):
        if field.concrete and field.is_relation and field.many_to_one:
            target = getattr(row, field.name)
            if isinstance(target, Page):
                pages.append(target.specific)
            elif isinstance(field, ParentalKey) and target is not None:
                pages += hang(target)
        elif field.one_to_many and field.related_model in page_types():
            pages.append(make_pair(field.related_model)[0])
            type(pages[-1]).objects.filter(pk=pages[-1].pk).update(**{field.field.name: row})
        elif field.one_to_many and joins_pages(field.related_model):
            tie = {field.field.name: row}
            joined = field.related_model.objects.filter(**tie).first()
            joined = joined or row_of(field.related_model, **tie)
            pages += [getattr(joined, name).specific for name in joins_pages(type(joined))]
    return pages


def joins_pages(model: Any) -> list[str]:
    """Names of the relations to pages that rows of this model must have."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.many_to_one and issubclass(field.related_model, Page) and not field.null
    ]


@pytest.mark.xdist_group("elasticsearch")
def test_a_secret_in_any_private_field_is_in_the_raw_storage_of_no_engine(
    site_trees, node, use_engine, patient
):
    """In the database's own index and beside it, and in all that Elasticsearch has stored."""
    planted = {label: [] for label, _name in private_fields}
    for label, name in private_fields:
        planted[label] += plant(label, name)
    assert {label for label in planted if not planted[label]} == {
        "case_studies.CaseStudyPage",  # its private fields are no text
        "events.Registration",  # it hangs on an occurrence, which hangs on no page
        "network.GlossaryTerm",  # all of them are on the one glossary
    }
    use_engine(node.url)
    rebuild.rebuild(say=lambda line: None)
    backend = get_search_backend()
    backend.refresh_indexes()
    stored = [
        str(hit["_source"])
        for hit in backend.es.search(index="test_*", size=10_000)["hits"]["hits"]
    ]
    for page in (page for pages in planted.values() for page in pages):
        assert any(f"'pk': '{page.pk}'" in text for text in stored)
    assert SECRET not in raw_index()
    assert SECRET not in "\n".join(stored).lower()
    beside = [*PageText.objects.values_list(), *SiteWord.objects.values_list()]
    assert SECRET not in str(beside).lower()


def test_no_private_field_is_declared_as_searchable():
    assert len(private_fields)
    for label, name in private_fields:
        model = apps.get_model(label)
        if issubclass(model, SearchablePage):
            declared = model.searched_parts()
        else:
            declared = model.get_search_fields() if issubclass(model, index.Indexed) else []
        assert name not in {field.field_name for field in declared}, f"{label}.{name}"
