"""The contact form: no cookie, no script, nothing kept longer than it must be.

What holds back machines and other sites is in `core.visitor_forms`.
"""

import logging
import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.throttle import asks_too_often
from core.visitor_forms import VisitorForm, comes_from_this_site, new_token, with_new_token
from home.models import ContactMessage, ContactPage

logger = logging.getLogger(__name__)

KEEP_DAYS = 90
MESSAGES_PER_HOUR = 5
PAGE_PATH = re.compile(r"/(?:en|cy)/(?:[\w.~%-]+/)*")
NO_LINE_BREAK = RegexValidator(r"^[^\r\n]*$")


class ContactForm(VisitorForm):
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

    def clean_about(self) -> str:
        """A path of this site, or nothing: what somebody else planted in the address is dropped."""
        return page_path(self.cleaned_data["about"])

    @property
    def about_page(self) -> str:
        """The page that the message is about, as a path; empty for none."""
        return page_path(str(self["about"].value() or ""))


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
