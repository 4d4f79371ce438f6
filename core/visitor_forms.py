"""Forms that any visitor may send: no cookie, no script, no account.

Instead of a CSRF cookie the form carries a signed time token and the answer of the browser is
checked (`Origin`, `Sec-Fetch-Site`). A honeypot and a time trap hold back machines: who fills the
first is told a success that is none, who is too quick is asked to send again (a browser may have
filled the form for a person). How often an address may send is for the view to ask
(`accounts.throttle`).
"""

from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

FASTEST_SECONDS = 3
TOKEN_SECONDS = 12 * 3600
SALT = "core.visitor_forms"
FRESH, AGAIN = "fresh", "again"


class VisitorForm(forms.Form):
    """A form with its token and its honeypot; field names are the same in both languages."""

    website = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        token = cleaned.get("token", "")
        try:
            state = _read(token, TOKEN_SECONDS)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This form was open for a long time. Your words are still here: send it again.")
            ) from None
        if state == FRESH and not cleaned.get("website") and _is_quick(token):
            raise forms.ValidationError(
                _("That was very quick. Your words are still here: send it again.")
            )
        return cleaned

    def is_from_a_machine(self) -> bool:
        """The honeypot is filled, which no person sees."""
        return bool(self.cleaned_data.get("website"))


def _read(token: str, seconds: int) -> str:
    """Raises BadSignature where the token is false or older than this."""
    return signing.TimestampSigner(salt=SALT).unsign(token, max_age=timedelta(seconds=seconds))


def _is_quick(token: str) -> bool:
    """The form came back faster than a person writes."""
    try:
        _read(token, FASTEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


AnyForm = TypeVar("AnyForm", bound=VisitorForm)


def new_token(state: str = FRESH) -> str:
    """A signed time: `FRESH` for a form just opened, `AGAIN` for one that was answered once."""
    return signing.TimestampSigner(salt=SALT).sign(state)


def with_new_token(form: AnyForm) -> AnyForm:
    """The same answers and errors, with a token that is valid when it is sent again."""
    found = form.errors
    again = type(form)(
        {**{name: form.data.get(name, "") for name in form.fields}, "token": new_token(AGAIN)}
    )
    again._errors = found  # type: ignore[attr-defined]
    return again


def comes_from_this_site(request: HttpRequest) -> bool:
    """The browser says that our own page sent the form."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site and fetch_site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
