"""What is private enters no index: a secret is planted in it, and every engine's storage is read.

Nothing is named here: the registry of private fields says what to plant, and the models say how a
row with it comes about and on which pages it hangs.
"""

from datetime import date, time
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from core.registries import private_fields
from search import queue, rebuild, texts
from search.index import SearchablePage
from search.models import PageText, SiteWord
from tests.factories.pairs import label_of, make_pair, page_types
from tests.search.test_index import AROUND, SECRET, raw_index

pytestmark = pytest.mark.django_db
_numbers = count(1)


def is_text(field: Any) -> bool:
    return isinstance(field, models.CharField | models.TextField | StreamField) and not (
        field.choices or (field.max_length or 99) < len(SECRET) + 8
    )


def secret_for(field: Any) -> Any:
    """The secret as this field takes it; in a StreamField it stands in its first block of text."""
    if isinstance(field, StreamField):
        name = next(iter(field.stream_block.child_blocks))
        return field.stream_block.to_python([{"type": name, "value": f"<p>{SECRET}</p>"}])
    before, after = AROUND.get(type(field), ("", ""))
    return f"{before}{SECRET}{after}{next(_numbers) if field.unique else ''}"


def row_of(model: Any, is_dated: bool = False, **values: Any) -> Any:
    """A row of a model with these values; what else it demands is made, relations included."""
    for field in model._meta.concrete_fields:
        if field.name in values or field.primary_key:
            continue
        if field.is_relation:
            values[field.name] = related_row(field.related_model, field.remote_field)
        elif field.has_default() or (field.blank and not field.null):
            continue
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif field.name == "language":
            values[field.name] = "en"
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
    states: list[dict[str, Any]] = [{}]
    if "visibility" in {own.name for own in model._meta.fields}:
        hidden = {own.name: secret_for(own) for own in model._meta.fields if is_text(own)}
        choices = model._meta.get_field("visibility").choices
        states = [
            {"visibility": value} | (hidden if value != "public" else {})
            for value, _label in choices
        ]
    pages = []
    for state in states:
        row = row_of(model, **(state | {name: secret_for(field)}))
        pages += hang(row)
    return pages


def plant_in_page(owner: Any, field: Any) -> Any:
    pk = make_pair(owner)[0].pk
    owner.objects.filter(pk=pk).update(**{field.name: secret_for(field)})
    return owner.objects.get(pk=pk)


def hang(row: Any) -> list[Any]:
    """The row on pages: those it points to, those that point to it, and those it is joined to."""
    pages = [
        value.specific
        for field in row._meta.concrete_fields
        if field.is_relation and isinstance(value := getattr(row, field.name), Page)
    ]
    for relation in row._meta.related_objects:
        owner = relation.related_model
        if owner in page_types():
            page = make_pair(owner)[0]
            owner.objects.filter(pk=page.pk).update(**{relation.field.name: row})
            pages.append(owner.objects.get(pk=page.pk))
        elif relation.field.concrete and not issubclass(owner, Page):
            joined = row_of(owner, **{relation.field.name: row})
            pages += [
                value.specific
                for field in owner._meta.concrete_fields
                if field.is_relation and isinstance(value := getattr(joined, field.name), Page)
            ]
    return pages


@pytest.mark.xdist_group("elasticsearch")
def test_a_secret_in_any_private_field_is_in_the_raw_storage_of_no_engine(
    site_trees, node, use_engine, patient
):
    """In the database's own index and beside it, and in all that Elasticsearch has stored."""
    use_engine(node.url)
    rebuild.rebuild_backend("default")
    planted, unplanted = [], []
    for label, name in private_fields:
        pages = plant(label, name)
        planted += pages
        if not pages and is_text(apps.get_model(label)._meta.get_field(name)):
            unplanted.append((label, name))
        for page in pages:
            index.insert_or_update_object(page)
    assert {label_of(type(page)) for page in planted} >= {
        label for label, _name in private_fields if issubclass(apps.get_model(label), Page)
    } - {"case_studies.CaseStudyPage"}  # its two are no text
    queue.flush()
    texts.rebuild()
    backend = get_search_backend()
    backend.refresh_indexes()
    stored = [
        str(hit["_source"])
        for hit in backend.es.search(index="test_*", size=10_000)["hits"]["hits"]
    ]
    assert all(any(f"'pk': '{page.pk}'" in text for text in stored) for page in planted)
    assert SECRET not in raw_index()
    assert SECRET not in "\n".join(stored).lower()
    beside = [*PageText.objects.values_list(), *SiteWord.objects.values_list()]
    assert SECRET not in str(beside).lower()
    print(unplanted)


def test_no_private_field_is_declared_as_searchable():
    assert len(private_fields)
    for label, name in private_fields:
        model = apps.get_model(label)
        if issubclass(model, SearchablePage):
            declared = model.searched_parts()
        else:
            declared = model.get_search_fields() if issubclass(model, index.Indexed) else []
        assert name not in {field.field_name for field in declared}, f"{label}.{name}"
