"""Sample rows in the registers of the network: organisations, roles, words."""

import tomllib
from datetime import date
from typing import Any

from core.models import Term
from demo.data import FOLDER
from network.models import Award, GlossaryTerm, Organisation, OrganisationStream, Role
from network.models.organisations import AWARD_YEARS

REGISTERS = (Organisation, Role, GlossaryTerm)
AGREED = date(2026, 1, 1)  # a sample organisation agrees on the first day of the year


def load_registers() -> None:
    """Make or refresh every row of the file; twice loaded is the same as once."""
    rows = tomllib.loads((FOLDER / "network.toml").read_text(encoding="utf-8"))
    for row in rows["role"]:
        _keep(Role, row)
    for row in rows["word"]:
        _keep(GlossaryTerm, row)
    for row in rows["organisation"]:
        _load_organisation(dict(row))


def _load_organisation(row: dict[str, Any]) -> None:
    stream = Term.objects.get(kind="stream", key=row.pop("stream"))
    until = row.pop("award_until", None)
    row["county"] = Term.objects.get(kind="county", key=row["county"])
    row["opted_in_on"] = AGREED if row["visibility"] == "public" else None
    organisation = _keep(Organisation, row)
    OrganisationStream.objects.update_or_create(organisation=organisation, stream=stream)
    if until:
        Award.objects.update_or_create(
            organisation=organisation,
            stream=stream,
            defaults={
                "awarded_on": date(until - AWARD_YEARS, 12, 31),
                "expires_on": date(until, 12, 31),
            },
        )


def _keep(model: Any, row: dict[str, Any]) -> Any:
    values = {name: value for name, value in row.items() if name != "key"}
    return model.objects.update_or_create(key=row["key"], defaults={**values, "is_sample": True})[0]


def purge_registers() -> None:
    """Delete every sample row; their awards and memberships go with them."""
    for model in REGISTERS:
        model.objects.filter(is_sample=True).delete()
