"""Licences in plain words: what people may do with the material."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from resources.models.resource import Licence


@dataclass(frozen=True)
class PlainLicence:
    """A licence as a page, a print and a pack show it. `text` is in the active language."""

    name: str
    text: Any
    address: str


LICENCES = {
    Licence.BY_NC_SA: PlainLicence(
        name="CC BY-NC-SA 4.0",
        text=_(
            "You may copy, change and translate this material for work that is not for profit. "
            "Name City of Sanctuary, and share what you make in the same way."
        ),
        address="https://creativecommons.org/licenses/by-nc-sa/4.0/",
    ),
    Licence.BY_SA: PlainLicence(
        name="CC BY-SA 4.0",
        text=_(
            "You may copy, change and translate this material. Name City of Sanctuary, and share "
            "what you make in the same way."
        ),
        address="https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    Licence.BY: PlainLicence(
        name="CC BY 4.0",
        text=_("You may copy, change and translate this material. Name City of Sanctuary."),
        address="https://creativecommons.org/licenses/by/4.0/",
    ),
    Licence.ZERO: PlainLicence(
        name="CC0 1.0",
        text=_("You may copy, change and translate this material as you like."),
        address="https://creativecommons.org/publicdomain/zero/1.0/",
    ),
}


def licence_of(key: str) -> PlainLicence | None:
    """The licence behind a stored key; None where a draft has none yet."""
    return LICENCES.get(Licence(key)) if key in Licence.values else None
