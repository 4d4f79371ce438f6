"""Fields without a language: stored once in meaning, so one side writes the other.

They go to the twin's latest draft, not only to its live row: else the next publication of the
twin would bring the old value back.
"""

from typing import Any

from django.db.models import Model
from wagtail.models import Page

# Two times for one thing would make half a pair.
ALWAYS_SHARED = ("go_live_at", "expire_at", "authored_in")


def shared_names(page: Page) -> list[str]:
    """Names of the fields and child relations of this page that have no language."""
    names = [*ALWAYS_SHARED, *getattr(type(page), "shared_fields", [])]
    known = {field.name for field in page._meta.get_fields()} | {
        relation.get_accessor_name() for relation in page._meta.related_objects
    }
    return [name for name in dict.fromkeys(names) if name in known]


def copy_shared(source: Page, target: Page) -> bool:
    """Write the shared fields of `source` into `target` in memory; True if anything changed."""
    changed = False
    relations = {
        relation.get_accessor_name(): relation for relation in source._meta.related_objects
    }
    for name in shared_names(source):
        if name in relations:
            changed |= _copy_rows(source, target, name, relations[name].field.name)
            continue
        field = source._meta.get_field(name)
        value = getattr(source, field.attname)
        if value != getattr(target, field.attname):
            setattr(target, field.attname, value)
            changed = True
    return changed


def _content(row: Model, owner: str) -> dict[str, Any]:
    """What a child row says, without its identity and its owner."""
    own = {"id", "pk", owner, "translation_key", "locale"}
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in own and not field.primary_key
    }


def _copy_rows(source: Page, target: Page, name: str, owner: str) -> bool:
    wanted = [_content(row, owner) for row in getattr(source, name).all()]
    current = [_content(row, owner) for row in getattr(target, name).all()]
    if wanted == current:
        return False
    model = source._meta.get_field(name).related_model
    getattr(target, name).set([model(**content) for content in wanted])
    return True
