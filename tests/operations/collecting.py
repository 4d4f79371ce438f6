"""Production’s settings to collect static files by: only our own get compressed copies.

No test asks for those of Wagtail’s files, and to make them takes half a minute.
"""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.settings.production import *  # noqa: F403
from config.settings.production import STORAGES


class OursCompressed(CompressedManifestStaticFilesStorage):
    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        ours = (path for path in paths if path.startswith(("css/", "js/", "icons/")))
        yield from super().compress_files(ours)


STORAGES["staticfiles"] = {"BACKEND": "tests.operations.collecting.OursCompressed"}
