"""The form of the gallery, sent back to the reader with a mistake in it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """Three kinds of field; its messages are the gallery's own."""

    name = forms.CharField(
        label=_("What should we call you?"),
        help_text=_("Any name you like"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("Email address"),
        error_messages={"invalid": _("Enter an email address with an @")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=_("In which language shall we write?"),
        choices=[("cy", "Cymraeg"), ("en", "English")],
        required=False,
        widget=forms.RadioSelect,
    )


def form_with_a_mistake() -> SampleForm:
    """Return the form as it comes back after an address without an @."""
    form = SampleForm({"name": "", "email": "enw.example"})
    form.is_valid()
    return form
