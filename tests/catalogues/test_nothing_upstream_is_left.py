"""No string of the editing software, of sign-in and of Django's forms is left in English."""

from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext, ngettext

from catalogues import ROOT
from catalogues.extract import Message
from catalogues.upstream import PACKAGES, asked_for, catalogue_of, gaps

# Apps with an English catalogue whose screens are not mounted here.
UNSEEN = {"django.contrib.sessions"}


def test_every_installed_app_with_strings_is_looked_at() -> None:
    with_strings = {
        app.name
        for app in apps.get_app_configs()
        if (Path(app.path) / "locale/en/LC_MESSAGES/django.po").exists()
    }
    assert with_strings - set(PACKAGES) - UNSEEN == set()


def test_what_the_packages_ask_for_is_really_read() -> None:
    assert len(asked_for("wagtail.admin", "django")) > 900
    assert len(asked_for("wagtail.admin", "djangojs")) > 80
    assert len(asked_for("allauth", "django")) > 200


def test_no_string_of_the_packages_lacks_its_welsh() -> None:
    assert gaps(ROOT) == {}


def test_a_string_that_nobody_translated_is_seen(tmp_path: Path) -> None:
    lacking = gaps(tmp_path)  # a project without any catalogue of its own
    assert lacking[Message(None, "Dashboard", None)] == "wagtail.admin django"
    assert Message(None, "Publish", None) not in lacking  # upstream has it


@pytest.mark.parametrize("number", [0, 1, 2, 3, 6, 11])
def test_our_six_forms_win_over_the_forms_of_the_packages(number: int) -> None:
    entry = polib.pofile(str(ROOT / "locale/admin/cy/LC_MESSAGES/django.po")).find("Delete 1 image")
    form = {0: 0, 1: 1, 2: 2, 3: 3, 6: 4}.get(number, 5)
    with translation.override("cy"):
        assert ngettext(entry.msgid, entry.msgid_plural, number) == entry.msgstr_plural[form]


def test_our_welsh_wins_over_a_wrong_one_of_the_packages() -> None:
    upstream = polib.pofile(str(catalogue_of("wagtail.admin", "cy", "django")))
    assert upstream.find("New slug").msgstr == "Gwlithod newydd"  # garden slugs
    with translation.override("cy"):
        assert gettext("New slug") == "Slyg newydd"
