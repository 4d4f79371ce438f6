"""Screens of the register: a figure with the pages that print it, and the second answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.views.snippets import EditView

from evidence import changes, watch
from evidence.models import Evidence, Figure, FigureChange

HISTORY_SHOWN = 20


def edit_address(figure: Figure) -> str:
    """The editor of a figure."""
    return reverse("wagtailsnippets_evidence_figure:edit", args=[figure.pk])


class FigureEditView(EditView):
    """Saving proposes: the pages that print the figure change when a second person approves."""

    def get_object(self, queryset: Any = None) -> Figure:
        figure: Figure = super().get_object(queryset)
        if self.request.method == "GET":
            waiting = changes.open_change(figure)
            if waiting is not None:
                changes.write_values(figure, waiting.after)
        return figure

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "opened_with": changes.state_of(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            changes.propose(
                self.object,
                form.instance,
                self.request.user,
                opened_with=form.cleaned_data["opened_with"],
                reason=form.cleaned_data["reason"],
            )
        except changes.ChangeRefused as refusal:
            if isinstance(refusal, changes.ChangedMeanwhile):
                form.data = form.data.copy()
                form.data["opened_with"] = changes.state_of(self.object)
            form.add_error(None, str(refusal))
            self.produced_error_code = "validation_error"
            self.produced_error_message = str(refusal)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _now("Proposed. The pages change when somebody else has approved it."),
        )
        return redirect(edit_address(self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        figure = Figure.objects.get(pk=self.object.pk)
        context.update(
            figure=figure,
            printing=changes.pages_printing(figure),
            waiting=changes.open_change(figure),
            history=figure.changes.exclude(status=FigureChange.Status.OPEN).select_related(
                "proposed_by", "decided_by"
            )[:HISTORY_SHOWN],
        )
        return context


class NamedScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen whose name ends the way to it."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class FigureChangeView(NamedScreen):
    """What would change, on which pages; the second person approves or refuses."""

    page_title = _("Change of a figure")
    header_icon = "order"
    template_name = "wagtailadmin/evidence/change.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("evidence.change_figure"):  # type: ignore[union-attr]
            raise PermissionDenied
        self.change = get_object_or_404(
            FigureChange.objects.select_related("figure__evidence", "proposed_by"),
            pk=kwargs["change_id"],
        )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            if "approve" in request.POST:
                printing = changes.approve(self.change, request.user)
                pages = sum(len(pair.pages) for pair in printing)
                messages.success(
                    request, _now("Approved. Pages that show it now: %(count)s") % {"count": pages}
                )
            else:
                changes.refuse(self.change, request.user)
                messages.success(request, _now("Refused. Nothing has changed in public."))
        except changes.ChangeRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        return redirect(edit_address(self.change.figure))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.update(
            change=self.change,
            differences=self.change.differences(),
            printing=changes.pages_printing(self.change.figure),
            is_open=self.change.status == FigureChange.Status.OPEN,
            is_mine=self.change.proposed_by_id == self.request.user.pk,
            back=edit_address(self.change.figure),
        )
        return context


class SourceWatchView(NamedScreen):
    """Sources that somebody has to look at, with the pages that cite them."""

    page_title = _("Sources to look at")
    header_icon = "warning"
    template_name = "wagtailadmin/evidence/watch.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("evidence.change_evidence"):  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("seen", "")
        source = Evidence.objects.filter(pk=key if key.isdecimal() and len(key) < 10 else 0).first()
        if source is not None:
            watch.mark_as_seen(source)
            messages.success(request, _now("Noted. The source is looked at again tonight."))
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        sources = list(watch.sources_to_look_at())
        citing = watch.pages_citing(sources)
        context["rows"] = [
            {
                "source": source,
                "address": source.url_en or source.url_cy,
                "pages": citing[source.pk],
                "edit_url": reverse("wagtailsnippets_evidence_evidence:edit", args=[source.pk]),
            }
            for source in sources
        ]
        return context
