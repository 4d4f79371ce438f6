"""Texts of Wagtail's admin that we mend: they follow the language, and upstream still needs it."""

import pytest
from django.utils import translation
from wagtail.admin.forms import choosers
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from catalogues import ROOT
from catalogues.upstream import catalogue_of
from core import admin_texts
from evidence.models import Figure

UPSTREAM = catalogue_of("wagtail.admin", "en", "django").parents[3]
COPIES = {
    "home.html": 'value="Search"',
    "shared/header.html": 'value="Search"',
    "shared/headers/_actions.html": 'aria-label="Actions"',
}


def test_the_fields_of_the_link_dialogs_have_a_welsh_label() -> None:
    with translation.override("cy"):
        form = choosers.EmailLinkChooserForm()
        labels = [str(form[name].label) for name in ("email_address", "link_text", "subject")]
    assert labels == ["Cyfeiriad e-bost", "Testun y ddolen", "Pwnc"]


def test_a_chooser_made_in_one_language_speaks_the_other() -> None:
    with translation.override("en"):
        widget = AdminSnippetChooser(model=Figure)
    with translation.override("cy"):
        assert str(widget.choose_another_text).startswith("Dewis ")
        assert str(ChooserViewSet.create_action_label) == "Creu"
    with translation.override("en"):
        assert str(widget.choose_another_text).startswith("Choose another ")


def test_a_link_dialog_of_upstream_still_lacks_its_labels() -> None:
    source = (UPSTREAM / "forms/choosers.py").read_text()
    assert "link_text = forms.CharField(required=False)" in source, (
        "remove this: core.admin_texts.label_links"
    )


def test_a_chooser_of_upstream_is_still_translated_too_early() -> None:
    viewset = (UPSTREAM / "viewsets/chooser.py").read_text()
    widget = (UPSTREAM.parent / "snippets/widgets.py").read_text()
    assert "from django.utils.translation import gettext as _" in viewset, (
        "remove this: core.admin_texts.CHOOSER_TEXTS"
    )
    assert '_("Edit this %(object)s") % {"object": name}' in widget, (
        "remove this: core.admin_texts.follow_language"
    )
    assert set(admin_texts.CHOOSER_TEXTS) <= set(dir(ChooserViewSet))


@pytest.mark.parametrize(("name", "english"), COPIES.items())
def test_a_template_of_upstream_still_has_its_english_word(name: str, english: str) -> None:
    upstream = (UPSTREAM / "templates/wagtailadmin" / name).read_text()
    ours = (ROOT / "templates/wagtailadmin" / name).read_text()
    assert english in upstream, f"remove this: templates/wagtailadmin/{name}"
    assert english not in ours
