"""Texts of Wagtail's admin that its catalogues cannot reach, made to follow the editor's language.

Wagtail 8.0.1 leaves some labels to Django, which builds them in English from the field's name, and
translates others once, when a class is made: whoever comes first decides the language for all.
`tests/core/test_admin_texts.py` says when upstream has mended each of them.
"""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

LINK_LABELS: dict[type, dict[str, Any]] = {
    choosers.ExternalLinkChooserForm: {"link_text": _("Link text")},
    choosers.AnchorLinkChooserForm: {"link_text": _("Link text")},
    choosers.EmailLinkChooserForm: {
        "email_address": _("Email address"),
        "link_text": _("Link text"),
        "subject": _("Subject"),
        "body": _("Text"),
    },
    choosers.PhoneLinkChooserForm: {
        "phone_number": _("Phone number"),
        "link_text": _("Link text"),
    },
}
CHOOSER_TEXTS = {
    "choose_one_text": _("Choose"),
    "choose_another_text": _("Choose another"),
    "edit_item_text": _("Edit"),
    "search_tab_label": _("Search"),
    "create_action_label": _("Create"),
}


def label_links() -> None:
    """Name the fields of the dialogs for links in running text."""
    for form, labels in LINK_LABELS.items():
        for field, label in labels.items():
            form.base_fields[field].label = label  # type: ignore[attr-defined]


def _about(text: str, thing: Any) -> str:
    return gettext(text) % {"object": thing}


about = lazy(_about, str)


def follow_language() -> None:
    """Let the buttons of choosers be translated when they are shown."""
    for name, text in CHOOSER_TEXTS.items():
        setattr(ChooserViewSet, name, text)
    upstream = AdminSnippetChooser.__init__

    def with_lazy_texts(self: AdminSnippetChooser, model: Any = None, **kwargs: Any) -> None:
        upstream(self, model=model, **kwargs)
        thing = self.model._meta.verbose_name
        self.choose_one_text = about("Choose %(object)s", thing)
        self.choose_another_text = about("Choose another %(object)s", thing)
        self.link_to_chosen_text = about("Edit this %(object)s", thing)

    AdminSnippetChooser.__init__ = with_lazy_texts  # type: ignore[method-assign]
