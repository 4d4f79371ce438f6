"""Archives: equal byte for byte, readable by others, checked by their own checksums."""

import json
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from press.archive import (
    MANIFEST,
    SUMS,
    Member,
    member_of,
    stream_archive,
    with_manifest,
    write_archive,
)

MEMBERS = [
    member_of("en/plan.pdf", b"plan" * 50_000),
    member_of("cy/ŵŷ.txt", "tŷ"),
    member_of("index.html", "<p>"),
]


def archived(members: list[Member]) -> bytes:
    out = BytesIO()
    write_archive(members, out)
    return out.getvalue()


def test_two_archives_of_the_same_members_are_equal_in_whatever_order_they_come() -> None:
    assert archived(MEMBERS) == archived(MEMBERS[::-1])


def test_streamed_and_written_archives_hold_the_same_and_the_length_is_known_before() -> None:
    stream = stream_archive(MEMBERS)
    length = len(stream)
    content = b"".join(stream)
    assert len(content) == length
    with (
        zipfile.ZipFile(BytesIO(content)) as one,
        zipfile.ZipFile(BytesIO(archived(MEMBERS))) as two,
    ):
        assert one.namelist() == two.namelist() == sorted(member.path for member in MEMBERS)
        assert all(one.read(name) == two.read(name) for name in one.namelist())


def test_a_file_is_opened_only_when_its_turn_comes() -> None:
    opened = []

    def open_late() -> BytesIO:
        opened.append(1)
        return BytesIO(b"late")

    pieces = iter(stream_archive([Member("a", 4, open_late)]))
    assert not opened
    list(pieces)
    assert opened == [1]


def test_the_archive_opens_with_unzip_and_its_checksums_verify(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(archived(with_manifest(MEMBERS, {"title": "Pecyn", "version": 3})))
    subprocess.run(["unzip", "-tq", path], check=True, capture_output=True)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
        manifest = json.loads(archive.read(MANIFEST))
    subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=tmp_path, check=True,
                   capture_output=True)  # fmt: skip
    assert manifest["title"] == "Pecyn" and manifest["version"] == 3
    assert [entry["path"] for entry in manifest["files"]] == [
        "cy/ŵŷ.txt",
        "en/plan.pdf",
        "index.html",
    ]


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "a\\b"])
def test_no_path_leaves_the_archive(path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        archived([member_of(path, b"")])


def test_two_members_of_one_path_are_refused() -> None:
    with pytest.raises(ValueError, match="same path"):
        archived([member_of("a", b"1"), member_of("a", b"2")])
