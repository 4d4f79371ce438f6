"""One stylesheet from the layered parts: joined and minified, with no front-end build.

The finder makes `css/site.css` on the fly for development and for `collectstatic`, so that a part
is edited in one place and nothing made is committed.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
# The minifier takes the blank before a colon away: “.prose :where(ul)” would be one part with the
# one before it. “.prose *:where(ul)” means the same and stays.
BEFORE_PSEUDO = re.compile(r"(?<=[\w\])*]) +(?=::?[a-z])")


def parts() -> list[Path]:
    """The parts in layer order; the folder `06-components` keeps its place by name."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    return sorted(
        (path for path in folder.rglob("*.css") if path.relative_to(folder).parts[0][:2].isdigit()),
        key=lambda path: path.relative_to(folder).as_posix(),
    )


def joined() -> str:
    """All parts as one minified sheet."""
    whole = "\n".join(path.read_text() for path in parts())
    return str(rcssmin.cssmin(BEFORE_PSEUDO.sub(" *", whole)))


class JoinedStylesheetFinder(BaseFinder):
    """Finds `css/site.css`, made from its parts when one of them is newer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.VAR_DIR) / "joined"
        self.storage = FileSystemStorage(location=str(self.root))

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        made = str(self._make())
        return [made] if find_all else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Any]]:
        self._make()
        yield NAME, self.storage

    def _make(self) -> Path:
        target = self.root / NAME
        newest = max(path.stat().st_mtime for path in parts())
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            fresh.write_text(joined())
            fresh.replace(target)
        return target
