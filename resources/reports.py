"""Session reports: five numbers and no name; they count in public once staff have approved them."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.cache import cache
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.throttle import asks_too_often
from bilingual.models import shown_to_readers_of
from core.terms import Term, TermKind
from core.visitor_forms import VisitorForm, comes_from_this_site, new_token, with_new_token
from resources.models import ProgrammePage, ResourcePage, SessionReport, WorkshopPage
from resources.models.reports import MOST_PEOPLE

REPORTS_PER_HOUR = 10
SUMS_KEY = "resources.reports.sums"
SUMS_SECONDS = 60  # another process may have approved a report: a minute at most until it counts
EARLIEST = date(2010, 1, 1)  # Wales’s first City of Sanctuary


def subjects(language: str) -> list[tuple[str, str]]:
    """Workshops, programmes and resources: pair key and title for a reader of `language`."""
    found: list[tuple[str, str]] = []
    for model in (ProgrammePage, WorkshopPage, ResourcePage):
        pages = shown_to_readers_of(language, model.objects.all()).order_by("path")
        found += [(str(key), title) for key, title in pages.values_list("translation_key", "title")]
    return found


def _in_digits() -> forms.TextInput:
    """A line of text with the digits on a phone: no wheel turns its number by accident."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class ReportForm(VisitorForm):
    """What was held, when, where, how many came and how many will go on."""

    subject = forms.ChoiceField(label=gettext_lazy("Workshop or resource"))
    month = forms.DateField(
        label=gettext_lazy("Month"),
        help_text=gettext_lazy("Year and month, for example 2026-11"),
        input_formats=["%Y-%m"],
        # Not only digits: the keypad for them has no hyphen.
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    county = forms.ChoiceField(label=gettext_lazy("County"))
    people = forms.IntegerField(
        label=gettext_lazy("People"), min_value=1, max_value=MOST_PEOPLE, widget=_in_digits()
    )
    committed = forms.IntegerField(
        label=gettext_lazy("Committed to follow-up"),
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=_in_digits(),
    )
    field_order = ("subject", "month", "county", "people", "committed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        order = "sort_cy" if language == "cy" else "sort_en"
        counties = Term.objects.filter(kind=TermKind.COUNTY).order_by(order)
        self.fields["subject"].choices = [("", "–"), *subjects(language)]  # type: ignore[attr-defined]
        self.fields["county"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((county.key, county.name_in(language)) for county in counties)
        ]  # fmt: skip

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        if not EARLIEST <= month <= timezone.localdate():
            raise forms.ValidationError(_("Give a month that has begun."))
        return month

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        people, committed = cleaned.get("people"), cleaned.get("committed")
        if people is not None and committed is not None and committed > people:
            self.add_error("committed", _("More people committed than came."))
        return cleaned


@csrf_exempt  # signed token and origin check, as every form of a visitor
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, take a report, or say what is wrong; nothing that was written is lost."""
    if request.method != "POST":
        return _answer(request, ReportForm(initial={"token": new_token()}))
    form = ReportForm(request.POST)
    if not comes_from_this_site(request):
        form.add_error(None, _("This form was sent from another page. Check it and send it again."))
        return _answer(request, with_new_token(form), status=403)
    if not form.is_valid():
        return _answer(request, with_new_token(form), status=422)
    if asks_too_often("report", request, REPORTS_PER_HOUR, 3600):
        form.add_error(None, _("Too many messages came from here. Please try again in an hour."))
        return _answer(request, with_new_token(form), status=429)
    if not form.is_from_a_machine():
        keep(form.cleaned_data)
    return _answer(request, ReportForm(initial={"token": new_token()}), is_sent=True)


def keep(answers: dict[str, Any]) -> None:
    """Keep a report for staff; it is about the pair, whichever language it came in."""
    for model in (ProgrammePage, WorkshopPage, ResourcePage):
        page = model.objects.filter(translation_key=answers["subject"]).order_by("pk").first()
        if page is not None:
            SessionReport.objects.create(
                page_id=page.pk,
                month=answers["month"],
                county=Term.objects.get(kind=TermKind.COUNTY, key=answers["county"]),
                people=answers["people"],
                committed=answers["committed"],
            )
            return


def totals(language: str) -> dict[str, Any]:
    """Approved reports per workshop or resource, as these are ordered, and per county."""
    sums = _sums()
    order = "sort_cy" if language == "cy" else "sort_en"
    counties = Term.objects.filter(pk__in=sums["county"]).order_by(order)
    return {
        "per_subject": [
            {**sums["page"][UUID(key)], "name": title}
            for key, title in subjects(language)
            if UUID(key) in sums["page"]
        ],
        "per_county": [
            {**sums["county"][county.pk], "name": county.name_in(language)} for county in counties
        ],
    }


def sessions_held(page: Any) -> dict[str, Any]:
    """For `core.registries.page_context`: approved sessions of a workshop, a programme or a
    resource, and those in a county, as components/keys.html shows them."""
    if isinstance(page, (ProgrammePage, WorkshopPage, ResourcePage)):
        sums = _sums()["page"].get(page.translation_key)
    elif page._meta.label == "network.CountyPage":
        sums = _sums()["county"].get(page.county_id)
    else:
        return {}
    if sums is None:
        return {}
    with translation.override(page.locale.language_code):
        rows = [
            (_("Sessions"), sums["sessions"]),
            (_("People"), sums["came"]),
            (_("Committed to follow-up"), sums["will"]),
            (_("Finished the programme"), sums["finished"]),
        ]
    return {
        "sessions_held": [
            {"label": label, "value": number} for label, number in rows if number is not None
        ]
    }


def _sums() -> dict[str, dict[Any, dict[str, Any]]]:
    """Approved reports added up by page key and by county; two queries, kept between changes."""
    found: dict[str, dict[Any, dict[str, Any]]] | None = cache.get(SUMS_KEY)
    if found is None:
        approved = SessionReport.objects.filter(status=SessionReport.Status.APPROVED).order_by()
        found = {"page": {}, "county": {}}
        for name, column in (("page", "page__translation_key"), ("county", "county_id")):
            rows = approved.values(column).annotate(
                sessions=Count("pk"), came=Sum("people"), will=Sum("committed"),
                finished=Sum("graduated"),
            )  # fmt: skip
            found[name] = {row[column]: row for row in rows}
        cache.set(SUMS_KEY, found, SUMS_SECONDS)
    return found


def forget_sums(**_signal: Any) -> None:
    """Called when a report was written or deleted."""
    cache.delete(SUMS_KEY)


def _answer(
    request: HttpRequest, form: ReportForm, status: int = 200, is_sent: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "is_sent": is_sent,
        "cloth": "adnoddau",
        "meta": {"title": _("Tell us about a session"), "description": "", "canonical": "",
                 "alternates": [], "noindex": True},
        **totals(get_language() or "en"),
    }  # fmt: skip
    return render(request, "pages/resources/report.html", context, status=status)
