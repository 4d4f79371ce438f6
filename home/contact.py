"""The contact form: no cookie, no script, nothing kept longer than it must be.

Instead of a CSRF cookie the form carries a signed time token and the answer of the browser is
checked (`Origin`, `Sec-Fetch-Site`). A honeypot, a time trap and a rate limit hold back machines.
"""

import logging
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.throttle import asks_too_often
from home.models import ContactMessage, ContactPage

logger = logging.getLogger(__name__)

KEEP_DAYS = 90
FASTEST_SECONDS = 3
TOKEN_SECONDS = 12 * 3600
MESSAGES_PER_HOUR = 5
SALT = "home.contact"
FRESH, AGAIN = "fresh", "again"
PAGE_PATH = re.compile(r"/(?:en|cy)/(?:[\w.~%-]+/)*")
NO_LINE_BREAK = RegexValidator(r"^[^\r\n]*$")


class ContactForm(forms.Form):
    """Name (any), e-mail, language of the answer, message. Field names are the same in both
    languages."""

    name = forms.CharField(
        label=gettext_lazy("What should we call you?"),
        help_text=gettext_lazy("Any name you like"),
        required=False,
        max_length=100,
        validators=[NO_LINE_BREAK],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter an email address with an @"),
            "invalid": gettext_lazy("Enter an email address with an @"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language shall we write?"),
        choices=[("cy", "Cymraeg"), ("en", "English")],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a language"),
            "invalid_choice": gettext_lazy("Choose a language"),
        },
    )
    message = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Write your message"),
            "max_length": gettext_lazy("Write at most 5,000 characters"),
        },
    )
    about = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_about(self) -> str:
        """A path of this site, or nothing: what somebody else planted in the address is dropped."""
        return page_path(self.cleaned_data["about"])

    @property
    def about_page(self) -> str:
        """The page that the message is about, as a path; empty for none."""
        return page_path(str(self["about"].value() or ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            signing.TimestampSigner(salt=SALT).unsign(
                cleaned.get("token", ""), max_age=timedelta(seconds=TOKEN_SECONDS)
            )
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This form was open for a long time. Your words are still here: send it again.")
            ) from None
        return cleaned

    def is_from_a_machine(self) -> bool:
        """The honeypot is filled, or the form came back faster than a person writes."""
        if self.cleaned_data.get("website"):
            return True
        signer, token = signing.TimestampSigner(salt=SALT), self.cleaned_data["token"]
        if signer.unsign(token) == AGAIN:
            return False  # somebody has read the form and mends a mistake
        try:
            signer.unsign(token, max_age=timedelta(seconds=FASTEST_SECONDS))
        except signing.SignatureExpired:
            return False
        return True


def serve_contact(page: ContactPage, request: HttpRequest, show: Any) -> HttpResponse:
    """Show the form, take a message, or say what is wrong; the sender's words are never lost."""
    if request.method != "POST" or getattr(request, "pair_redirect", None):
        response: HttpResponse = show(request)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data.update(
                form=fresh_form(page, request.GET.get("about", "")), is_sent=False
            )
        return response
    if not comes_from_this_site(request):
        form = ContactForm(request.POST)
        form.add_error(None, _("This form was sent from another page. Check it and send it again."))
        return answer(page, request, with_new_token(form), status=403)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return answer(page, request, with_new_token(form), status=422)
    if asks_too_often("contact", request, MESSAGES_PER_HOUR, 3600):
        form.add_error(None, _("Too many messages came from here. Please try again in an hour."))
        return answer(page, request, with_new_token(form), status=429)
    if not form.is_from_a_machine():
        keep_and_send(page, form.cleaned_data)
    return answer(page, request, fresh_form(page), is_sent=True)


def answer(
    page: ContactPage,
    request: HttpRequest,
    form: ContactForm,
    status: int = 200,
    is_sent: bool = False,
) -> HttpResponse:
    context = {**page.get_context(request), "form": form, "is_sent": is_sent}
    return TemplateResponse(request, page.get_template(request), context, status=status)


def new_token(state: str = FRESH) -> str:
    """A signed time: `FRESH` for a form just opened, `AGAIN` for one that was answered once."""
    return signing.TimestampSigner(salt=SALT).sign(state)


def fresh_form(page: ContactPage, about: str = "") -> ContactForm:
    return ContactForm(
        initial={
            "token": new_token(),
            "language": page.locale.language_code,
            "about": page_path(about),
        }
    )


def page_path(text: str) -> str:
    """`text` where it is an address of a page in one of the two trees, else nothing."""
    return text if len(text) <= 300 and PAGE_PATH.fullmatch(text) else ""


def with_new_token(form: ContactForm) -> ContactForm:
    """The same answers and errors, with a token that is valid when it is sent again."""
    found = form.errors
    again = ContactForm(
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


def keep_and_send(page: ContactPage, answers: dict[str, Any]) -> None:
    """Keep the message for staff; mail that fails is logged and the message stays."""
    message = ContactMessage.objects.create(
        keep_until=date.today() + timedelta(days=KEEP_DAYS),
        language=answers["language"],
        name=answers["name"],
        email=answers["email"],
        message=answers["message"],
        about=answers["about"],
    )
    mailbox = page.mailbox or settings.DEFAULT_FROM_EMAIL
    try:
        EmailMessage(
            subject=f"Neges newydd / New message ({message.language})",
            body=f"{settings.WAGTAILADMIN_BASE_URL}/admin/",
            to=[mailbox],
        ).send()
    except OSError:
        logger.exception("The mail about a contact message could not be sent; it is kept.")
