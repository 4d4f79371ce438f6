"""Every kind of print passes veraPDF; looked at by a checker that is not ours."""

from itertools import product
from pathlib import Path

import pytest

from press.pdf import Arrangement, Sheet, print_pdf
from tests.press.faces import face
from tests.press.verapdf import failures


@pytest.mark.slow
def test_every_print_in_every_language_and_arrangement_is_pdf_ua(tmp_path: Path) -> None:
    paths = []
    for sheet, arrangement, languages, sentences in product(
        Sheet, Arrangement, (("cy",), ("en",), ("cy", "en")), (3, 40)
    ):
        faces = [face(language, sentences) for language in languages]
        path = tmp_path / f"{sheet}-{arrangement}-{'-'.join(languages)}-{sentences}.pdf"
        path.write_bytes(print_pdf(sheet, faces, arrangement))
        paths.append(path)
    assert failures(paths) == []
    print(f"\nPDF/UA-1 by veraPDF: {len(paths)} of {len(paths)} prints pass")


@pytest.mark.slow
def test_the_checker_sees_a_pdf_that_is_not_accessible(tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "bare.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    assert len(failures([path])) == 1
