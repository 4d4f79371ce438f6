"""Pages that point at each other, read in bulk for either end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from wagtail.models import Page, get_page_models

from bilingual.models import addresses_in, is_listed, is_restricted, shown_to_readers_of
from core.models import BasePage, RelatedPage
from core.terms import Term

MOST_ABOUT_A_TERM = 12


@dataclass(frozen=True)
class Related:
    """A page as another one shows it; `lang` is empty in the reader's own language."""

    title: str
    url: str
    model: type[Page]
    kind: Any
    cloth: str
    cloth_seed: str
    lang: str


def related_to(page: Page, language: str | None = None) -> list[Related]:
    """Live, listed pages that this pair points at or that point at it, each once, in tree order.

    One query, however many; a page without a live twin in `language` (default: the active one) is
    shown in the other language and costs its address.
    """
    language = language or get_language() or "en"
    links = RelatedPage.objects.filter(
        Q(page__translation_key=page.translation_key)
        | Q(target__translation_key=page.translation_key)
    )
    keys = Q(translation_key__in=links.values("page__translation_key")) | Q(
        translation_key__in=links.values("target__translation_key")
    )
    found = (
        Page.objects.live()
        .filter(keys, is_listed(), ~is_restricted())
        .exclude(translation_key=page.translation_key)
        .select_related("locale", "content_type")
        .annotate(stored_seed=_stored_seed())
        .order_by("path")
    )
    return _each_once(found, language)


def about_term(
    term: Term, language: str, but: Collection[int] = (), most: int = MOST_ABOUT_A_TERM
) -> list[Related]:
    """Live pages that carry this term, newest first, each pair once; without those in `but`."""
    found = (
        shown_to_readers_of(
            language,
            Page.objects.filter(is_listed(), pk__in=term.page_terms.values("page")).exclude(
                pk__in=but
            ),
        )
        .select_related("locale", "content_type")
        .annotate(stored_seed=_stored_seed())
        .order_by("-first_published_at", "path")
    )
    return _each_once(found[:most], language)


def _each_once(found: Iterable[Page], language: str) -> list[Related]:
    """Each pair once, in the reader’s language where it is there."""
    best: dict[Any, Page] = {}
    for other in found:
        key = other.translation_key
        if key not in best or other.locale.language_code == language:
            best[key] = other
    addresses = addresses_in(list(best.values()), language)
    return [_shown(other, addresses[other.pk], language) for other in best.values()]


def _shown(page: Page, address: str, language: str) -> Related:
    model = page.specific_class or Page
    own = page.locale.language_code == language
    cloth = getattr(model, "cloth", "croeso")
    return Related(
        title=page.title,
        url=address,
        model=model,
        kind=getattr(model, "kind_label", ""),
        cloth=cloth if isinstance(cloth, str) else "croeso",
        cloth_seed=page.stored_seed or str(page.translation_key),
        lang="" if own else page.locale.language_code,
    )


@cache
def _seed_columns() -> tuple[str, ...]:
    return tuple(
        f"{model._meta.model_name}__cloth_seed"
        for model in get_page_models()
        if issubclass(model, BasePage)
    )


def _stored_seed() -> Coalesce:
    """The seed of the cloth from whichever table holds it: one join each, no query each."""
    empty = Value("")
    return Coalesce(
        *(NullIf(F(column), empty) for column in _seed_columns()),
        empty,
        output_field=CharField(),
    )
