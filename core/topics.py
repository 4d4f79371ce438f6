"""Search results by topic."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from core.terms import PageTerm, Term, TermKind
from search.facets import FacetSource


def _counted(page_ids: Sequence[int], language: str) -> Iterable[tuple[str, str, int]]:
    terms = (
        Term.objects.filter(kind=TermKind.TOPIC, page_terms__page__in=page_ids)
        .annotate(pages=Count("page_terms__page", distinct=True))
        .order_by("sort_cy" if language == "cy" else "sort_en")
    )
    for term in terms:
        yield term.key, term.name_in(language), term.pages


def _narrow(pages: Any, key: str) -> Any | None:
    term = Term.objects.filter(kind=TermKind.TOPIC, key=key).first()
    if term is None:
        return None
    ids = PageTerm.objects.filter(term=term).values_list("page_id", flat=True)
    return pages.filter(pk__in=list(ids))


TOPIC_FACET = FacetSource("topic", _("Topic"), _counted, _narrow)
