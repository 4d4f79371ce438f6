"""Pages whose day of review has come."""

from datetime import date
from typing import Any

from wagtail.models import Page, get_page_models

from core.models import BasePage


def pages_to_review(until: date) -> list[Any]:
    """Live pages to be reviewed by that day, soonest first; one query for all page types."""
    first, *others = [
        model.objects.filter(live=True, review_date__lte=until)
        .order_by()
        .values_list("pk", "review_date")
        for model in get_page_models()
        if issubclass(model, BasePage)
    ]
    # One flat union: SQLite's parser gives up on a union in a union in a union …
    days = dict(first.union(*others))
    pages = Page.objects.filter(pk__in=days).select_related("locale")
    for page in pages:
        page.review_date = days[page.pk]
    return sorted(pages, key=lambda page: (page.review_date, page.pk))
