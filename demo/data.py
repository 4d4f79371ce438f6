"""The demo as it lies on disk: one file for each pair of pages, one for sources and numbers."""

import tomllib
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "demo.noddfa")
LANGUAGES = ("en", "cy")
# The form of words that goes with everything taken from the client's written response.
ATTRIBUTION = {
    "en": "City of Sanctuary, written response on social cohesion in Wales",
    "cy": "Dinas Noddfa, ymateb ysgrifenedig ar gydlyniant cymdeithasol yng Nghymru",
}


def stable_id(*parts: object) -> uuid.UUID:
    """The same id for the same thing on every load and in both languages."""
    return uuid.uuid5(NAMESPACE, "/".join(map(str, parts)))


@dataclass(frozen=True)
class PageData:
    """One pair of pages as its file says it."""

    key: str
    model: str
    parent: str
    planted: bool
    planted_slug: str
    shared: dict[str, Any]
    texts: dict[str, dict[str, Any]]
    terms: tuple[str, ...]
    figures: tuple[str, ...]
    related: tuple[str, ...]
    lead_story: str
    resources: tuple[str, ...]
    versions: tuple[dict[str, Any], ...]
    files: tuple[dict[str, Any], ...]
    areas: tuple[dict[str, str], ...]
    access: tuple[dict[str, str], ...]
    groups: tuple[str, ...]
    quilt_total: str
    quilt_marked: str
    sources: tuple[dict[str, str], ...]
    days: dict[str, int]  # field → days from the day of loading: facts of the demo stay valid

    @property
    def translation_key(self) -> uuid.UUID:
        """The key that both languages of this pair carry. Planted pages have one of their own."""
        return stable_id("page", self.key)


@cache
def pages() -> tuple[PageData, ...]:
    """All pairs in the order in which they are loaded: parents and targets come first."""
    return tuple(_page(path) for path in sorted((FOLDER / "pages").glob("*.toml")))


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "defaults.toml").read_text(encoding="utf-8"))


def _page(path: Path) -> PageData:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    planted = raw.get("planted", False)
    defaults = _defaults().get(raw["type"], {})
    return PageData(
        key=raw["key"],
        model=raw["type"],
        parent=raw.get("parent", ""),
        planted=bool(planted),
        planted_slug=planted if isinstance(planted, str) else "",
        shared={**defaults.get("shared", {}), **raw.get("shared", {})},
        texts={language: {**defaults.get(language, {}), **raw[language]} for language in LANGUAGES},
        terms=tuple(raw.get("terms", ())),
        figures=tuple(raw.get("figures", ())),
        related=tuple(raw.get("related", ())),
        lead_story=raw.get("lead_story", ""),
        resources=tuple(raw.get("resources", ())),
        versions=tuple(raw.get("versions", ())),
        files=tuple(raw.get("files", ())),
        areas=tuple(raw.get("areas", ())),
        access=tuple(raw.get("access", ())),
        groups=tuple(raw.get("groups", ())),
        quilt_total=raw.get("quilt_total", ""),
        quilt_marked=raw.get("quilt_marked", ""),
        sources=tuple(raw.get("sources", ())),
        days=raw.get("days", {}),
    )


@cache
def _sources() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "evidence.toml").read_text(encoding="utf-8"))


def evidence_rows() -> list[dict[str, Any]]:
    """Sources, as fields of `evidence.Evidence`."""
    return [dict(row) for row in _sources()["evidence"]]


def figure_rows() -> list[dict[str, Any]]:
    """Numbers, as fields of `evidence.Figure`; `evidence` is the key of the source."""
    defaults = _sources()["defaults"]["figure"]
    return [{**defaults, **row} for row in _sources()["figure"]]
