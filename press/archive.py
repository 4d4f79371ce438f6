"""ZIP archives that are equal byte for byte when their members are equal.

Names are sorted, dates are fixed, nothing is compressed: the files inside (PDF, Office, woff2) are
compressed already, and the result does not depend on the zlib of a machine.
"""

import json
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import IO, Any

from zipstream import ZipStream

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
CHUNK = 64 * 1024  # bytes held in memory at a time
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Member:
    """One file of an archive: its path inside, its size in bytes, and a way to open it.

    `known_digest` spares reading a file whose SHA-256 was taken when it was stored.
    """

    path: str
    size: int
    open: Callable[[], IO[bytes] | Any]
    known_digest: str = ""

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces; OSError where the file cannot be read."""
        with self.open() as file:
            while piece := file.read(CHUNK):
                yield piece

    def digest(self) -> str:
        """SHA-256 as hexadecimal digits."""
        if self.known_digest:
            return self.known_digest
        total = sha256()
        for piece in self.chunks():
            total.update(piece)
        return total.hexdigest()


def member_of(path: str, content: bytes | str) -> Member:
    """A member made of bytes, or of text as UTF-8."""
    data = content.encode() if isinstance(content, str) else content
    return Member(path, len(data), lambda: BytesIO(data))


def with_manifest(members: Iterable[Member], about: dict[str, Any]) -> list[Member]:
    """The members and two files that describe them.

    `manifest.json` holds `about` and each file with its size and checksum; `SHA256SUMS` is read by
    `sha256sum --check`.
    """
    listed = in_order(members)
    sums = {member.path: member.digest() for member in listed}
    manifest = {
        **about,
        "files": [
            {"path": member.path, "bytes": member.size, "sha256": sums[member.path]}
            for member in listed
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    lines = "".join(f"{digest}  {path}\n" for path, digest in sums.items())
    return [*listed, member_of(MANIFEST, text), member_of(SUMS, lines)]


def in_order(members: Iterable[Member]) -> list[Member]:
    """Sorted by path.

    Raises:
        ValueError: two members have the same path, or a path leaves the archive.
    """
    listed = sorted(members, key=lambda member: member.path)
    paths = [member.path for member in listed]
    if len(set(paths)) != len(paths):
        raise ValueError("Two members of the archive have the same path.")
    for path in paths:
        if path.startswith("/") or "\\" in path or ".." in path.split("/"):
            raise ValueError(f"{path!r} is not a path inside the archive.")
    return listed


def write_archive(members: Iterable[Member], out: IO[bytes]) -> None:
    """Write the archive to an open file, a piece at a time.

    Raises:
        OSError: a member cannot be read or the disk is full; what was written is worthless then.
        ValueError: as `in_order`.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for member in in_order(members):
            info = zipfile.ZipInfo(member.path, FIXED_DATE)
            info.create_system = 3  # Unix, on every machine
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.file_size = member.size
            with archive.open(info, "w") as entry:
                for piece in member.chunks():
                    entry.write(piece)


def stream_archive(members: Iterable[Member]) -> ZipStream:
    """The archive as pieces to be sent while they are made; `len()` is its size in bytes.

    Files are opened one after the other, each when its turn comes.
    """
    archive = ZipStream(compress_type=zipfile.ZIP_STORED, sized=True)
    for member in in_order(members):
        archive.add(_Late(member), member.path, size=member.size)
    return archive


class _Late:
    """Opens its member only when it is read."""

    def __init__(self, member: Member) -> None:
        self.member = member

    def __iter__(self) -> Iterator[bytes]:
        return self.member.chunks()
