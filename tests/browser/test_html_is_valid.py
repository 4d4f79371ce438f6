"""Every public answer is valid HTML: errors, search, sign-in and the pages inside packs too."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.browser.answers import addresses, answer
from tests.nu_html_checker import faults

pytestmark = pytest.mark.xdist_group("answers")


def put_pages_of_packs(site: str, folder: Path) -> int:
    """Every page inside a pack that a page in `folder` links to; how many there are."""
    pages = " ".join(path.read_text() for path in folder.iterdir())
    number = 0
    for link in sorted(set(re.findall(r'href="([^"]+\.zip)"', pages))):
        with zipfile.ZipFile(io.BytesIO(answer(site + link)[1])) as archive:
            for name in archive.namelist():
                if name.endswith(".html"):
                    number += 1
                    (folder / f"pack-{number}.html").write_bytes(archive.read(name))
    return number


def test_every_address_of_the_demo_is_valid_html(demo_site: str, tmp_path: Path) -> None:
    paths = addresses(demo_site)
    for path in paths:
        name = path.strip("/").replace("/", "__").replace("?", "--") or "threshold"
        (tmp_path / f"{name}.html").write_bytes(answer(demo_site + path)[1])
    assert len(list(tmp_path.iterdir())) == len(paths)
    assert put_pages_of_packs(demo_site, tmp_path) >= 3 * 3
    assert faults(tmp_path) == []


def test_the_checker_sees_a_fault(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        '<!doctype html><html lang="en"><title>a</title><h1>a<p></h1></html>'
    )
    assert faults(tmp_path)
