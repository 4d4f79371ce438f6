"""Each rule of the catalogues is broken once, in a copy, and must be seen."""

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from catalogues.check import check_file, missing
from catalogues.merge import merge, note_shared, open_catalogue

ROWS = (
    "Stories\tStraeon",
    "Page %(number)s\tTudalen %(number)s",
    "ngettext\t%(count)s page\t%(count)s pages\t" + "|".join(["%(count)s tudalen"] * 6),
)


def _catalogue(folder: Path, change: Callable[[polib.POFile], None] | None = None) -> Path:
    """Write a good catalogue with one change and return its path."""
    path = folder / "locale" / "site" / "cy" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = open_catalogue(path)
    assert merge(catalogue, ROWS) == []
    if change:
        change(catalogue)
    catalogue.save(str(path))
    return path


def _fuzzy(catalogue: polib.POFile) -> None:
    catalogue[0].flags.append("fuzzy")


def _empty(catalogue: polib.POFile) -> None:
    catalogue[0].msgstr = ""


def _four_forms(catalogue: polib.POFile) -> None:
    del catalogue[2].msgstr_plural[5], catalogue[2].msgstr_plural[4]


def _empty_form(catalogue: polib.POFile) -> None:
    catalogue[2].msgstr_plural[0] = ""


def _header(catalogue: polib.POFile) -> None:
    catalogue.metadata["Plural-Forms"] = "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : 2;"


def _placeholder_lost(catalogue: polib.POFile) -> None:
    catalogue[1].msgstr = "Tudalen"


def _placeholder_renamed(catalogue: polib.POFile) -> None:
    catalogue[2].msgstr_plural[3] = "%(cyfrif)s tudalen"


def _brace_lost(catalogue: polib.POFile) -> None:
    catalogue.append(polib.POEntry(msgid="Hello {name}", msgstr="Helo"))


def _shared(catalogue: polib.POFile) -> None:
    catalogue.append(polib.POEntry(msgid="Tales", msgstr="Straeon"))


def _twice(catalogue: polib.POFile) -> None:
    catalogue.append(polib.POEntry(msgid="Stories", msgstr="Hanesion"))


def test_a_good_catalogue_is_green(tmp_path: Path) -> None:
    assert check_file(_catalogue(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_fuzzy, "is fuzzy"),
        (_empty, "is empty"),
        (_four_forms, "lacks one of its six plural forms"),
        (_empty_form, "lacks one of its six plural forms"),
        (_header, "header is not ours"),
        (_placeholder_lost, "differ in their placeholders"),
        (_placeholder_renamed, "differ in their placeholders"),
        (_brace_lost, "differ in their placeholders"),
        (_shared, "has no note on it"),
        (_twice, "stands there twice"),
    ],
)
def test_each_broken_rule_is_seen(
    tmp_path: Path, change: Callable[[polib.POFile], None], said: str
) -> None:
    wrong = check_file(_catalogue(tmp_path, change))
    assert wrong
    assert all(said in line for line in wrong)


def test_a_note_on_each_makes_shared_welsh_good(tmp_path: Path) -> None:
    def noted(catalogue: polib.POFile) -> None:
        _shared(catalogue)
        note_shared(catalogue)

    assert check_file(_catalogue(tmp_path, noted)) == []


@pytest.mark.parametrize(
    ("name", "text", "lacking"),
    [
        ("templates/a.html", "{% load i18n %}{% translate 'Stories' %}", False),
        ("templates/a.html", "{% load i18n %}{% translate 'Facts' %}", True),
        ("templates/a.html", "{% load i18n %}{% translate 'Stories' context 'menu' %}", True),
        (
            "templates/a.html",
            "{% load i18n %}{% blocktranslate trimmed %}\n  Page\n  {{ number }}"
            "{% endblocktranslate %}",
            False,
        ),
        (
            "templates/a.html",
            "{% load i18n %}{% blocktranslate count count=n %}{{ count }} page"
            "{% plural %}{{ count }} leaves{% endblocktranslate %}",
            True,
        ),
        ("home/a.py", "from x.translation import gettext_lazy as say\nsay('Facts')", True),
        ("home/a.py", "from x.translation import gettext_lazy as say\nsay('Stories')", False),
        ("home/a.py", "ngettext('%(count)s page', '%(count)s pages', 3)", False),
        ("home/a.py", "ngettext('%(count)s page', '%(count)s leaves', 3)", True),
        ("home/migrations/a.py", "gettext('Facts')", False),
    ],
)
def test_a_string_outside_the_site_catalogue_is_seen(
    tmp_path: Path, name: str, text: str, lacking: bool
) -> None:
    _catalogue(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert bool(missing(tmp_path)) is lacking


def test_a_row_without_six_forms_is_refused(tmp_path: Path) -> None:
    told = merge(open_catalogue(tmp_path / "new.po"), ["ngettext\tpage\tpages\ttudalen|tudalen"])
    assert len(told) == 1


def test_merging_keeps_what_a_reader_has_corrected(tmp_path: Path) -> None:
    catalogue = open_catalogue(_catalogue(tmp_path))
    merge(catalogue, ["Stories\tHanesion"])
    assert catalogue.find("Stories").msgstr == "Straeon"
    merge(catalogue, ["Stories\tHanesion"], replace=True)
    assert catalogue.find("Stories").msgstr == "Hanesion"
