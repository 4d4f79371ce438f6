"""What the page of a group, a stream or a network shows."""

from typing import Any

from core.related import related_to
from core.terms import TermKind
from network.models import Organisation, StreamPage
from network.models.pages import CommunityPage
from network.near_you import figures_of, organisation_rows


def community_context(page: CommunityPage, contact_url: str) -> dict[str, Any]:
    """Area, role that leads, members and what is near, in the page's own language."""
    language = page.locale.language_code
    counted = members_of(page)
    named = organisation_rows(counted.named(), language)
    number = counted.count()
    role = page.lead_role.as_shown(language) if page.lead_role else None
    return {
        "areas": [
            link.term.name_in(language)
            for link in page.page_terms.select_related("term")
            if link.term.kind == TermKind.COUNTY
        ],
        "role": role,
        "contact_url": page.contact_form or (role and role["contact_url"]) or contact_url,
        "members": named,
        "counted": number,
        "unnamed": number - len(named),
        "figures": figures_of([page])[page.pk],
        "related": related_to(page, language),
    }


def members_of(page: CommunityPage) -> Any:
    """The organisations that count in this group, stream or network."""
    organisations = Organisation.objects.counted()
    if isinstance(page, StreamPage):
        return organisations.filter(streams__stream=page.stream_id)
    return organisations.filter(memberships__page__translation_key=page.translation_key).distinct()
