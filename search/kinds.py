"""Kinds of page that results are counted by: stories, resources, … and all other pages.

A page class says its kind with `search_kind`, a lazy plural label such as `_("Stories")`.
The key in the address is made from the English label, so that it means the same in both
languages.
"""

from dataclasses import dataclass
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page, get_page_models

OTHER_PAGES = _("Pages")


@dataclass(frozen=True)
class Kind:
    """A kind of page; `label` is in the active language when shown."""

    key: str
    label: object
    models: tuple[type[Page], ...]

    def content_type_ids(self) -> frozenset[int]:
        types = ContentType.objects.get_for_models(*self.models, for_concrete_models=False)
        return frozenset(content_type.pk for content_type in types.values())


@cache
def all_kinds() -> tuple[Kind, ...]:
    """Every kind that some page class belongs to; “Pages” comes last."""
    labels: dict[str, object] = {}
    models: dict[str, list[type[Page]]] = {}
    with override("en"):
        for model in get_page_models():
            label = getattr(model, "search_kind", OTHER_PAGES)
            key = slugify(str(label)) or "pages"
            labels.setdefault(key, label)
            models.setdefault(key, []).append(model)
    keys = sorted(models, key=lambda key: (key == "pages", key))
    return tuple(Kind(key, labels[key], tuple(models[key])) for key in keys)


def kind_named(key: str) -> Kind | None:
    """The kind with this key, or None: keys come from the address."""
    return next((kind for kind in all_kinds() if kind.key == key), None)
