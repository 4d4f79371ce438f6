"""The training library and the workshops: one concept a file."""

from resources.models.files import ResourceFile, ResourceVersion, ResourceVideo
from resources.models.library import ResourceIndexPage
from resources.models.made import MadeFile
from resources.models.packs import PackPage, PackResource
from resources.models.reports import SessionReport
from resources.models.resource import ResourcePage
from resources.models.workshops import (
    ProgrammeArea,
    ProgrammePage,
    ProgrammeResource,
    WorkshopArea,
    WorkshopIndexPage,
    WorkshopPage,
    WorkshopResource,
)

__all__ = [
    "MadeFile",
    "PackPage",
    "PackResource",
    "ProgrammeArea",
    "ProgrammePage",
    "ProgrammeResource",
    "ResourceFile",
    "ResourceIndexPage",
    "ResourcePage",
    "ResourceVersion",
    "ResourceVideo",
    "SessionReport",
    "WorkshopArea",
    "WorkshopIndexPage",
    "WorkshopPage",
    "WorkshopResource",
]
