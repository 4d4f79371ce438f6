"""The bilingual guide's acceptance checks: the table of their tests is whole and true."""

import ast
import re
from pathlib import Path

from catalogues import ROOT

BROWSER = Path(ROOT, "tests/browser")


def test_each_of_the_twenty_checks_has_a_test_in_a_browser() -> None:
    table = ast.get_docstring(ast.parse((BROWSER / "test_acceptance.py").read_text("utf-8"))) or ""
    shown: set[int] = set()
    for file, lines in re.findall(r"^    (test_\w+\.py)\n((?: {8}.+\n)+)", table, re.MULTILINE):
        written = (BROWSER / file).read_text("utf-8")
        for numbers, test in re.findall(r"([\d, ]+): (test_\w+)", lines):
            assert f"\ndef {test}(" in written, test
            shown |= {int(number) for number in numbers.split(",")}
    assert shown == set(range(1, 21))
