"""Bringing organisations in and out as a table."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network import exchange
from network.models import ImportRun

RUNS_SHOWN = 10
RIGHTS = ("network.add_organisation", "network.change_organisation")


class TableForm(forms.Form):
    """The file."""

    table = forms.FileField(
        label=_("Table (CSV, UTF-8)"),
        help_text=_("The first line names the columns. Nothing is written before you have seen "
                    "what would happen."),
    )  # fmt: skip


class OrganisationTableView(WagtailAdminTemplateMixin, TemplateView):
    """What all these screens ask first."""

    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perms(RIGHTS):  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ImportView(OrganisationTableView):
    """Choose a file; see its faults, or what it would do."""

    page_title = _("Bring in organisations")
    template_name = "wagtailadmin/network/import.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        file = form.cleaned_data["table"]
        try:
            plan = exchange.plan_of(exchange.read_table(file.read(exchange.MOST_BYTES + 1)))
        except exchange.TableRefused as refusal:
            form.add_error("table", str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        if plan.faults:
            return self.render_to_response(self.get_context_data(form=form, plan=plan))
        return redirect(
            "organisation_import_run", exchange.try_out(plan, file.name, request.user).pk
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        plan = kwargs.get("plan")
        context.setdefault("form", TableForm())
        context.update(
            columns=exchange.COLUMNS,
            needed=exchange.NEEDED,
            faults=plan.faults[: exchange.FAULTS_SHOWN] if plan else [],
            faults_in_all=len(plan.faults) if plan else 0,
            runs=ImportRun.objects.select_related("made_by")[:RUNS_SHOWN],
        )
        return context


class ImportRunView(OrganisationTableView):
    """What a table would do or has done; write it, or take it back."""

    page_title = _("A table of organisations")
    template_name = "wagtailadmin/network/import_run.html"

    def post(self, request: HttpRequest, run_id: int, **kwargs: Any) -> HttpResponse:
        run = get_object_or_404(ImportRun, pk=run_id)
        try:
            if "undo" in request.POST:
                number = exchange.undo(run, request.user)
                messages.success(
                    request, _now("Undone. Organisations as before: %(count)s") % {"count": number}
                )
            else:
                number = exchange.write(run, request.user)
                messages.success(
                    request, _now("Written. Organisations: %(count)s") % {"count": number}
                )
        except (exchange.TableRefused, exchange.UndoRefused) as refusal:
            messages.error(request, str(refusal))
        return redirect("organisation_import_run", run.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        run = get_object_or_404(ImportRun, pk=kwargs["run_id"])
        before = run.before
        context.update(
            run=run,
            new=[key for key in run.after if before.get(key) is None],
            changes=[
                (key, column, old[column], values[column])
                for key, values in run.after.items()
                if (old := before.get(key)) is not None
                for column in exchange.COLUMNS
                if old[column] != values[column]
            ][: exchange.FAULTS_SHOWN],
        )
        return context


def export(request: HttpRequest) -> HttpResponse:
    """The whole register for staff.

    Raises:
        PermissionDenied: the person may not change organisations.
    """
    if not request.user.has_perms(RIGHTS):  # type: ignore[union-attr]
        raise PermissionDenied
    return HttpResponse(
        exchange.export_table(request.user),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="organisations.csv"',
            "Cache-Control": "no-store",
        },
    )
