"""Our own catalogues keep every rule, and what they promise is what Django shows."""

from datetime import date

import polib
import pytest
from django.utils import translation
from django.utils.formats import date_format

from catalogues import ROOT
from catalogues.check import check_all, missing
from catalogues.compile import compile_all
from catalogues.extract import project_messages


def test_our_catalogues_keep_every_rule() -> None:
    assert check_all(ROOT) == []


def test_the_site_catalogue_holds_every_string_of_the_project() -> None:
    # Many strings are found, so that an extractor that sees nothing cannot pass.
    assert len(project_messages(ROOT)) > 300
    assert missing(ROOT) == {}


def test_compiling_writes_a_file_beside_each_catalogue() -> None:
    written = compile_all(ROOT)
    assert written
    for path in written:
        assert len(polib.mofile(str(path))) == len(polib.pofile(str(path.with_suffix(".po"))))


def test_july_is_spelt_right_in_a_welsh_date() -> None:
    with translation.override("cy"):
        assert "Gorffennaf" in date_format(date(2026, 7, 1), "j F Y")
        assert "Gorffennaf" in date_format(date(2026, 7, 1), "j E Y")


@pytest.mark.parametrize("owner", ["site", "admin"])
def test_both_owners_have_a_welsh_catalogue(owner: str) -> None:
    assert len(polib.pofile(str(ROOT / f"locale/{owner}/cy/LC_MESSAGES/django.po"))) > 300


def test_the_admin_catalogue_corrects_what_upstream_misspells() -> None:
    catalogue = polib.pofile(str(ROOT / "locale/admin/cy/LC_MESSAGES/django.po"))
    assert catalogue.find("Search").msgstr == "Chwilio"
    assert catalogue.find("Back").msgstr == "Yn ôl"
