"""What the search engines are given of every page: words and keys that `welsh` computes.

A page type declares what of it can be searched as in any Wagtail project (`search_fields` with
`index.SearchField`). Here these declarations become the *parts* of the page's text; the engines get
computed fields instead, so that every form of a Welsh word is found, by the same pages on every
engine. A field that is not declared never enters an index.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar

from django.db import models
from wagtail.models import Locale
from wagtail.search import index

from bilingual.registries import Registry
from welsh.completion import completion_forms
from welsh.keys import index_keys, index_words

LONGEST_TEXT = 200_000  # signs of one page that are indexed, files' text included


@dataclass(frozen=True)
class Text:
    """A piece of text and its language."""

    text: str
    language: str


hidden_texts: Registry[Callable[[Any], Iterable[Text]]] = Registry(
    "callables that give more text a page is found by without showing it: of its files, for example"
)


class TitleField(index.SearchField):
    """The title as words and keys. Under the name “title” it ranks first on every engine."""

    def get_value(self, obj: Any) -> str:
        return obj.searched.title if isinstance(obj, SearchablePage) else super().get_value(obj)


class Searched:
    """What is computed of one page for its index entry, each part once.

    modelsearch asks for every field up to five times.
    """

    def __init__(self, page: Any) -> None:
        self.page = page
        self.language: str = page.locale.language_code

    @cached_property
    def title(self) -> str:
        title = self.page.title
        return f"{index_words(title)} {index_keys(title, self.language)}"

    @cached_property
    def shown(self) -> str:
        """The text of the page that readers see."""
        return self.page.shown_text()[:LONGEST_TEXT]

    @cached_property
    def _texts(self) -> list[Text]:
        room = LONGEST_TEXT - len(self.shown)
        texts = [Text(self.shown, self.language)]
        for hidden in self.page.hidden_texts():
            texts.append(Text(hidden.text[:room], hidden.language))
            room = max(0, room - len(hidden.text))
        return texts

    @cached_property
    def body_words(self) -> str:
        return " ".join(index_words(text.text) for text in self._texts)

    @cached_property
    def body_keys(self) -> str:
        return " ".join(index_keys(text.text, text.language) for text in self._texts)

    @cached_property
    def translation_keys(self) -> str:
        twin = self.page.live_twin
        if twin is None:
            return ""
        text = f"{twin.title} {twin.searched.shown}"
        return index_keys(text, twin.searched.language)

    @cached_property
    def title_forms(self) -> str:
        return completion_forms(self.page.title, self.language)


class SearchablePage(models.Model):
    """Computed index fields for a page class: an abstract model, so that all types share them."""

    search_auto_update: ClassVar[bool] = False
    """modelsearch leaves these pages to `search.signals`."""

    search_weight: ClassVar[int] = 0
    """Among pages that answer a query equally well, heavier ones come first."""

    # Read once per page object and kept until it is saved.
    _searched: Searched | None = None
    _live_twin: tuple[Any] | None = None

    computed_fields: ClassVar[tuple[index.BaseField, ...]] = (
        TitleField("title", boost=2),
        index.SearchField("body_words"),
        index.SearchField("body_keys"),
        index.SearchField("translation_keys"),
        index.AutocompleteField("title_forms"),
    )

    class Meta:
        abstract = True

    @classmethod
    @cache
    def get_search_fields(cls) -> list[index.BaseField]:
        """What the engines are told: the declared filters, and the computed fields."""
        declared = super().get_search_fields()  # type: ignore[misc]
        parts = _declared_parts(declared)
        kept = [field for field in declared if field not in parts]
        return [*kept, *cls.computed_fields]

    @classmethod
    def searched_parts(cls) -> list[index.BaseField]:
        """The declared fields whose text can be searched; the title is apart."""
        return [
            field
            for field in _declared_parts(super().get_search_fields())  # type: ignore[misc]
            if field.field_name != "title"
        ]

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """All pages of this type, with what every index entry needs of other tables."""
        pages = super().get_indexed_objects()  # type: ignore[misc]
        return pages.select_related("locale")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self._searched = self._live_twin = None
        return super().save(*args, **kwargs)

    @property
    def searched(self) -> Searched:
        if self._searched is None:
            self._searched = Searched(self)
        return self._searched

    def shown_text(self) -> str:
        """The text of the declared parts, in their order."""
        texts = (_text_of(field, self) for field in self.searched_parts())
        return "\n".join(text for text in texts if text)

    def hidden_texts(self) -> Iterable[Text]:
        """More text this page is found by: a page type adds its aliases, a room its files."""
        for source in hidden_texts:
            yield from source(self)

    @property
    def live_twin(self) -> Any:
        """The page in the other language if it is live; `attach_twins` fetches many at once."""
        if self._live_twin is None:
            attach_twins([self])
        return self._live_twin[0] if self._live_twin else None

    def body_words(self) -> str:
        return self.searched.body_words

    def body_keys(self) -> str:
        return self.searched.body_keys

    def translation_keys(self) -> str:
        return self.searched.translation_keys

    def title_forms(self) -> str:
        return self.searched.title_forms


@cache
def locale_id(language: str) -> int:
    """The key of the locale of "en" or "cy", as engines filter by it; they never change."""
    return int(Locale.objects.get_for_language(language).pk)


def add_present(index: Any, model: Any, keys: list[Any]) -> list[Any]:
    """Write the present state of these objects, those of one class; the objects that exist."""
    items = list(model.get_indexed_objects().filter(pk__in=keys).order_by("pk"))
    if issubclass(model, SearchablePage):
        attach_twins(items)
    index.add_items(model, items)
    return items


def attach_twins(pages: Sequence[Any]) -> None:
    """Fetch the live twins of many pages of any types: one query for each type."""
    by_type: dict[type[Any], list[Any]] = defaultdict(list)
    for page in pages:
        by_type[type(page)].append(page)
    for model, members in by_type.items():
        others = (
            model._default_manager.filter(
                translation_key__in=[page.translation_key for page in members], live=True
            )
            .select_related("locale")
            .order_by()
        )
        twins = {(other.translation_key, other.locale_id): other for other in others}
        for page in members:
            found = [
                twin
                for (key, locale_id), twin in twins.items()
                if key == page.translation_key and locale_id != page.locale_id
            ]
            page._live_twin = (found[0] if found else None,)


def _declared_parts(fields: Iterable[Any]) -> list[Any]:
    return [
        field
        for field in fields
        if isinstance(field, index.SearchField | index.RelatedFields)
        and not isinstance(field, TitleField)
    ]


def _text_of(field: Any, obj: Any) -> str:
    """The text of a declared field, as modelsearch reads it; blocks and relations are joined."""
    value = field.get_value(obj)
    if isinstance(field, index.RelatedFields):
        related = value.all() if isinstance(value, models.Manager) else [value]
        texts = [
            _text_of(part, one)
            for one in related
            if one is not None
            for part in field.fields
            if isinstance(part, index.SearchField | index.RelatedFields)
        ]
        return "\n".join(filter(None, texts))
    if isinstance(value, list | tuple):
        return "\n".join(str(part) for part in value if part)
    return str(value) if value else ""
