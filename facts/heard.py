"""Claims that readers send in: two fields, no name, no account, nothing kept about the sender."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.throttle import asks_too_often
from core.visitor_forms import VisitorForm, comes_from_this_site, new_token, with_new_token
from facts.listing import crumbs
from facts.models import HeardClaim
from facts.models.heard import LONGEST_CLAIM

CLAIMS_PER_HOUR = 10
HIDDEN = "…"
# What would tell who sent it or whom it is about: mail addresses, telephone numbers, handles.
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{2,}|(?<![\w£])\+?\d(?:[ ().-]?\d){9,}(?!\w)"
)


class ClaimForm(VisitorForm):
    """What somebody has heard, and the page where they read it."""

    text = forms.CharField(
        label=gettext_lazy("What have you heard?"),
        help_text=gettext_lazy("In its own words. Leave out names: yours and those of others."),
        max_length=LONGEST_CLAIM,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    address = forms.URLField(
        label=gettext_lazy("Address of the page, if you saw it online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    field_order = ("text", "address")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return PERSONAL.sub(HIDDEN, text)

    def clean_address(self) -> str:
        """The page alone: what follows a question mark often says who shared it."""
        parts = urlsplit(self.cleaned_data["address"])
        if not parts.netloc:
            return ""
        if parts.scheme not in ("http", "https"):
            raise forms.ValidationError(_("Give an address that begins with https://"))
        return f"{parts.scheme}://{parts.hostname}{parts.path}"


@csrf_exempt  # signed token and origin check, as every form of a visitor
def send_claim(request: HttpRequest) -> HttpResponse:
    """Show the form, take a claim, or say what is wrong; nothing that was written is lost."""
    if request.method != "POST":
        return _answer(request, ClaimForm(initial={"token": new_token()}))
    form = ClaimForm(request.POST)
    if not comes_from_this_site(request):
        form.add_error(None, _("This form was sent from another page. Check it and send it again."))
        return _answer(request, with_new_token(form), status=403)
    if not form.is_valid():
        return _answer(request, with_new_token(form), status=422)
    if asks_too_often("claim", request, CLAIMS_PER_HOUR, 3600):
        form.add_error(None, _("Too many messages came from here. Please try again in an hour."))
        return _answer(request, with_new_token(form), status=429)
    if not form.is_from_a_machine():
        HeardClaim.objects.create(
            text=form.cleaned_data["text"],
            address=form.cleaned_data["address"],
            language="cy" if get_language() == "cy" else "en",
        )
    return _answer(request, ClaimForm(initial={"token": new_token()}), is_sent=True)


def _answer(
    request: HttpRequest, form: ClaimForm, status: int = 200, is_sent: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "is_sent": is_sent,
        "cloth": "ffeithiau",
        "crumbs": crumbs(),
        "meta": {"title": _("Send a claim"), "description": "", "canonical": "",
                 "alternates": [], "noindex": True},
    }  # fmt: skip
    return render(request, "pages/facts/send_claim.html", context, status=status)
