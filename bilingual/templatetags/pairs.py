"""Links between pages in templates."""

from django import template
from django.utils.translation import get_language
from wagtail.models import Page

from bilingual.models import path_in

register = template.Library()


@register.simple_tag
def twin_url(page: Page | None) -> str:
    """Where a live page stands in the active language; empty for drafts and missing pages."""
    if page is None or not page.live:
        return ""
    return path_in(page, (get_language() or "en")[:2]) or ""
