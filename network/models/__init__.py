"""The network: its places, groups, streams, organisations and words."""

from network.models.exchange import ImportRun
from network.models.glossary import GlossaryPage, GlossaryTerm
from network.models.organisations import (
    Award,
    Membership,
    Organisation,
    OrganisationStream,
    Role,
    Visibility,
)
from network.models.pages import (
    CountyPage,
    DirectoryPage,
    GroupPage,
    NearYouPage,
    NetworkPage,
    StreamPage,
)

__all__ = [
    "Award", "CountyPage", "DirectoryPage", "GlossaryPage", "GlossaryTerm", "GroupPage",
    "ImportRun", "Membership", "NearYouPage", "NetworkPage", "Organisation", "OrganisationStream",
    "Role", "StreamPage", "Visibility",
]  # fmt: skip
