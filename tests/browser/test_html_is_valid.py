"""Every public answer is valid HTML: errors, search and sign-in too."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.browser.test_every_template import addresses
from tests.nu_html_checker import faults


def html_of(address: str) -> bytes:
    try:
        answer = urlopen(address)
    except HTTPError as refusal:
        return refusal.read()
    return bytes(answer.read())


def test_every_address_of_the_demo_is_valid_html(demo_site: str, tmp_path: Path) -> None:
    paths = addresses(demo_site)
    for path in paths:
        name = path.strip("/").replace("/", "__").replace("?", "--") or "threshold"
        (tmp_path / f"{name}.html").write_bytes(html_of(demo_site + path))
    assert len(list(tmp_path.iterdir())) == len(paths)
    assert faults(tmp_path) == []


def test_the_checker_sees_a_fault(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        '<!doctype html><html lang="en"><title>a</title><h1>a<p></h1></html>'
    )
    assert faults(tmp_path)
