"""The sitemap: live pages of both trees with their alternates.

Wagtail's own lists the default tree alone, without alternates (upstream wagtail#12973).
"""

from collections import defaultdict
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from bilingual.models import is_listed
from bilingual.switch import alternates_for_pair, canonical_for
from core.navigation import HOME_DEPTH


def sitemap(request: HttpRequest) -> HttpResponse:
    """All live pages that search engines may show, with `xhtml:link` for each real pair."""
    pages = (
        Page.objects.live()
        .public()
        .filter(is_listed(), depth__gte=HOME_DEPTH)
        .select_related("locale")
        .order_by("path")
    )
    pairs: dict[object, list[Page]] = defaultdict(list)
    for page in pages:
        pairs[page.translation_key].append(page)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for pair in pairs.values():
        lines.extend(_entries(pair))
    lines.append("</urlset>")
    return HttpResponse("\n".join(lines), content_type="application/xml")


def _entries(pair: Iterable[Page]) -> Iterable[str]:
    pages = list(pair)
    alternates = alternates_for_pair(pages)
    for page in pages:
        address = canonical_for(page)
        if not address:
            continue
        yield "<url>"
        yield f"<loc>{escape(address)}</loc>"
        if page.last_published_at:
            yield f"<lastmod>{page.last_published_at:%Y-%m-%dT%H:%M:%S+00:00}</lastmod>"
        for hreflang, url in alternates:
            names = f"hreflang={quoteattr(hreflang)} href={quoteattr(url)}"
            yield f'<xhtml:link rel="alternate" {names}/>'
        yield "</url>"
