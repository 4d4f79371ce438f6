"""A fact as schema.org data: an article with its sources.

No ClaimReview: a charity that campaigns does not pose as a neutral fact-checker, and the markup
would carry the claim to search engines.
"""

from collections.abc import Sequence
from typing import Any

from bilingual.models import language_of
from bilingual.switch import absolute
from core.linked_data import PUBLISHER
from evidence.models import Evidence
from facts.models import FactPage


def article(page: FactPage, sources: Sequence[Evidence]) -> dict[str, Any]:
    """The fact, its days and its sources; the claim is not in it."""
    language = language_of(page)
    address = absolute(page.url or "")
    found = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": page.title,
        "description": page.summary,
        "inLanguage": language,
        "datePublished": _day(page.first_published_at),
        "dateModified": _day(page.last_published_at),
        "lastReviewed": _day(page.reviewed_on),
        "expires": _day(page.expires),
        "publisher": {"@type": "Organization", "name": PUBLISHER[language]},
        "citation": [_source(source) for source in sources],
    }
    return {name: value for name, value in found.items() if value}


def _source(source: Evidence) -> dict[str, str]:
    cited = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": source.publisher,
        "url": source.address,
    }
    return {name: value for name, value in cited.items() if value}


def _day(moment: object) -> str:
    return moment.strftime("%Y-%m-%d") if hasattr(moment, "strftime") else ""
