"""What the events tell editors: papers that failed, and who has booked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_filters import BooleanFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from events import booking, mails, papers
from events.models import EventMail, EventPage, Registration


class BookingPermissions(ModelPermissionPolicy):
    """A booking is made by the person who comes, never by staff."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and bool(super().user_has_permission(user, action))


register_permission_policy(Registration, BookingPermissions(Registration))


hooks.register("before_edit_page", papers.SHELF.say_what_failed)


@hooks.register("before_delete_page")
def say_who_has_booked(request: HttpRequest, page: Page) -> None:
    """The screen that deletes events says what to do first, as the one that unpublishes them."""
    sentence = booking.who_has_booked([page]) if request.method == "GET" else ""
    if sentence:
        messages.warning(request, sentence)


@hooks.register("before_bulk_action", order=-10)
def take_booked_events_off_one_by_one(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Many pages at once have no screen that could say it in time."""
    if action_type not in ("unpublish", "delete") or not issubclass(action.model, Page):
        return None
    sentence = booking.who_has_booked(objects)
    if not sentence:
        return None
    messages.error(request, sentence)
    messages.error(request, _("Nothing was changed. Take each event off on its own screen."))
    return redirect(action.next_url)


class BookingFilters(WagtailFilterSet):
    is_open = BooleanFilter(
        field_name="approved_at", lookup_expr="isnull", label=gettext_lazy("Not confirmed yet")
    )
    mail_failed = BooleanFilter(label=gettext_lazy("Mail failed"))  # annotated by the list

    class Meta:
        model = Registration
        fields = ("state", "language")


class BookingList(generic.IndexView):
    """The newest date first; with the title of its event and what mail could not do."""

    def get_base_queryset(self) -> "QuerySet[Registration]":
        titles = EventPage.objects.filter(
            Q(locale__language_code=(get_language() or "en")[:2]),
            translation_key=OuterRef("occurrence__translation_key"),
        )
        failed = EventMail.objects.filter(registration=OuterRef("pk"), given_up_at__isnull=False)
        bookings = super().get_base_queryset().select_related("occurrence")
        return bookings.annotate(  # type: ignore[no-any-return]
            event_title=Subquery(titles.values("title")[:1]), mail_failed=Exists(failed)
        )


class BookingForm(WagtailAdminModelForm):
    """What staff decide of a booking; what its person wrote stays as it is."""

    is_approved = forms.BooleanField(
        label=gettext_lazy("The place is confirmed: this person may be told where it is"),
        required=False,
        show_hidden_initial=True,
    )
    try_again = forms.BooleanField(
        label=gettext_lazy("Send the mails that failed once more"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_approved"] = self.instance.approved_at is not None

    def save(self, commit: bool = True) -> Any:
        # Only what this person changed: a colleague may have confirmed the place meanwhile.
        if "is_approved" in self.changed_data:
            if self.cleaned_data["is_approved"]:
                booking.approve(self.instance, self.for_user)
            else:
                booking.take_back(self.instance)
        if self.cleaned_data["try_again"]:
            mails.try_again(self.instance)
        return self.instance


class BookingDeletion(generic.DeleteView):
    def delete_action(self) -> None:
        """As if the person gave it up: the first in the queue gets the place."""
        log(instance=self.object, action="wagtail.delete", user=self.request.user, deleted=True)
        booking.give_up(self.object)


class BookingViewSet(ModelViewSet):
    """Who comes to a date and what they need. The address for mails is shown nowhere.

    No viewset of snippets: these can be deleted many at once, past the queue.
    """

    model = Registration
    name = "bookings"
    icon = "group"
    menu_label = gettext_lazy("Bookings")
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = BookingList
    delete_view_class = BookingDeletion
    filterset_class = BookingFilters
    list_display = (
        TitleColumn("name", label=gettext_lazy("Name"),
                    accessor=lambda one: one.name or f"({one.number})",
                    get_url=lambda one: reverse("bookings:edit", args=[one.pk])),
        Column("event_title", label=gettext_lazy("Event")),
        "occurrence", "state", "approved_at", "needs",
        Column("mail_failed", label=gettext_lazy("Email"),
               accessor=lambda one: _("Could not be sent") if one.mail_failed else ""),
    )  # fmt: skip
    ordering = ("-occurrence__starts", "number")
    search_fields = ("name", "needs")
    edit_handler = ObjectList(
        [
            *(
                FieldPanel(name, read_only=True)
                for name in ("occurrence", "name", "needs", "state", "language", "approved_by")
            ),
            FieldPanel("is_approved"),
            FieldPanel("try_again"),
        ],
        base_form_class=BookingForm,
    )


@hooks.register("register_admin_viewset")
def bookings() -> BookingViewSet:
    return BookingViewSet()
