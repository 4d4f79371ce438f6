"""Friendly catches: every button of Wagtail that changes what is public acts on the pair.

They are courtesy. The rule is the door (`bilingual.door`); without a catch here a button would
answer with a refusal instead of doing the right thing. The second half shuts the screens of
wagtail-localize, which write English over live Welsh and know no right to publish.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import wagtail_localize.wagtail_hooks  # registers first, so that its buttons can be taken off
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.models import Page, ReferenceIndex, Revision

from bilingual import exceptions, pairs, parity, workflows
from bilingual.editor import PairedPageViewSet
from bilingual.models import LanguageException, PairedPage, language_of

ENGINE_BUTTONS = ("localize-restart-translation", "localize-convert-to-alias")


# ── Wagtail's buttons ────────────────────────────────────────────────────────────────────────


def _answer(
    request: HttpRequest, work: Callable[[], Any], done: str, there: str, back: str
) -> HttpResponse:
    """Do the work; say what happened; go `there`, or `back` if the pair refused."""
    try:
        work()
    except pairs.OneLanguageChanged as refusal:
        # The question is answered where both languages stand side by side.
        messages.warning(request, " ".join(refusal.sentences))
        return redirect("compose_pair", refusal.key)
    except pairs.PairRefused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect(back)
    messages.success(request, done)
    return redirect(there)


def _editor(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _listing(request: HttpRequest, parent: Page) -> str:
    return get_valid_next_url_from_request(request) or reverse(
        "wagtailadmin_explore", args=[parent.pk]
    )


def _title(page: Page) -> dict[str, str]:
    return {"title": page.get_admin_display_title()}


@hooks.register("before_publish_page")
def publish_both(request: HttpRequest, page: Page) -> HttpResponse:
    """The Publish button of the editor and of the create view: both languages or none."""
    pairs.make_twin(page, user=request.user)
    reverted = request.POST.get("revision")
    previous = Revision.objects.filter(pk=reverted).first() if reverted else None
    later = page.go_live_at is not None and page.go_live_at > timezone.now()
    done = (
        _("“%(title)s” will go public in both languages at the time given.")
        if later
        else _("“%(title)s” is public in both languages.")
    )
    known = exceptions.open_for(page.translation_key)
    if (
        known is not None
        and known.kind == LanguageException.Kind.ALONE
        and known.language == language_of(page)
    ):
        work = partial(pairs.publish_alone, page, user=request.user)
        done = _("“%(title)s” is public. The other language is still asked for.")
    else:
        work = partial(pairs.publish_pair, page, user=request.user, previous_revision=previous)
    return _answer(
        request,
        work,
        done % _title(page),
        _listing(request, page.get_parent()),
        _editor(page),
    )


@hooks.register("after_create_page")
def start_twin(request: HttpRequest, page: Page) -> None:
    """Editors always have both pages: the twin starts as an empty draft."""
    pairs.follow_title(page)
    pairs.make_twin(page, user=request.user)


@hooks.register("after_edit_page")
def keep_pair_together(request: HttpRequest, page: Page) -> None:
    """Shared fields reach the twin's draft; the address follows the title until it is public."""
    pairs.follow_title(page, getattr(request, "draft_before", None))
    pairs.make_twin(page, user=request.user)
    try:
        pairs.share_draft(page, user=request.user)
    except pairs.PairRefused as refusal:
        pairs.take_back_shared(page, request.user)
        messages.warning(request, " ".join(refusal.sentences))


@hooks.register("before_edit_page", order=-10)
def guard_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse the engine's buttons, and an approval whose publication would be refused."""
    if request.method != "POST":
        return None
    request.draft_before = (page.title, page.slug)  # type: ignore[attr-defined]
    if any(name in request.POST for name in ENGINE_BUTTONS):
        return HttpResponseForbidden(_("This button is switched off on this site."))
    if (
        request.POST.get("action-workflow-action")
        and request.POST.get("workflow-action-name") == "approve"
    ):
        return _try_approval(request, page)
    return None


@hooks.register("before_edit_snippet", order=-10)
def guard_snippet_editor(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """The same two buttons on the editor of snippets."""
    if request.method == "POST" and any(name in request.POST for name in ENGINE_BUTTONS):
        return HttpResponseForbidden(_("This button is switched off on this site."))
    return None


def _try_approval(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say why a finished approval would not go through, before Wagtail runs into it.

    The publication is tried and rolled back: what is tested is the publication itself.
    """
    twin = pairs.twin(page)
    if twin is not None and not workflows.is_approved(twin):
        messages.info(
            request,
            _("Both languages go public when the other one is approved too."),
        )
        return None
    try:
        with transaction.atomic():
            pairs.publish_pair(page, user=request.user, approved=True)
            transaction.set_rollback(True)
    except pairs.PairRefused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect(_editor(page))
    return None


@hooks.register("before_unpublish_page")
def unpublish_both(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The Unpublish screen."""
    if request.method != "POST":
        return None
    return _answer(
        request,
        partial(
            pairs.unpublish_pair,
            page,
            user=request.user,
            include_descendants=bool(request.POST.get("include_descendants")),
        ),
        _("“%(title)s” was unpublished in both languages.") % _title(page),
        _listing(request, page.get_parent()),
        _editor(page),
    )


def _delete_where_possible(page: Page, user: Any) -> None:
    """Delete the pair, or the orphan that has no twin."""
    for side in Page.objects.filter(translation_key=page.translation_key):
        if ReferenceIndex.get_references_to(side).group_by_source_object().is_protected:
            raise pairs.PairRefused(_("Other content needs this page, so it was not deleted."))
    if pairs.twin(page) is None:
        pairs.delete_orphan(page, user=user)
    else:
        pairs.delete_pair(page, user=user)


@hooks.register("before_delete_page")
def delete_both(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The Delete screen."""
    if request.method != "POST" or not type_to_delete_confirmation(request):
        return None
    return _answer(
        request,
        partial(_delete_where_possible, page, request.user),
        _("“%(title)s” was deleted in both languages.") % _title(page),
        _listing(request, page.get_parent()),
        _editor(page),
    )


@hooks.register("before_move_page")
def move_both(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """The Move screen."""
    if request.method != "POST":
        return None
    return _answer(
        request,
        partial(pairs.move_pair, page, destination, user=request.user),
        _("“%(title)s” was moved in both languages.") % _title(page),
        reverse("wagtailadmin_explore", args=[destination.pk]),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    )


@hooks.register("before_copy_page")
def copy_both(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The Copy screen: both languages under one new key, as drafts; no aliases."""
    if request.method != "POST":
        return None
    back = reverse("wagtailadmin_pages:copy", args=[page.pk])
    if request.POST.get("alias"):
        messages.error(request, _("This site has no alias pages: each language is written."))
        return redirect(back)
    form = CopyForm(request.POST, user=request.user, page=page)
    if not form.is_valid():
        return None  # the view shows the errors
    parent = form.cleaned_data["new_parent_page"] or page.get_parent()
    return _answer(
        request,
        partial(
            pairs.copy_pair,
            page.specific,
            parent.specific,
            user=request.user,
            title=form.cleaned_data["new_title"],
            recursive=bool(form.cleaned_data.get("copy_subpages")),
        ),
        _("“%(title)s” was copied in both languages. The copies are drafts.") % _title(page),
        _listing(request, parent),
        back,
    )


@hooks.register("before_bulk_action")
def act_on_pairs(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Bulk publish, unpublish, move and delete: each pair once, all of them or none."""
    work: dict[str, Callable[[Page], Any]] = {
        "publish": partial(_publish_in_bulk, request, action),
        "unpublish": lambda page: pairs.unpublish_pair(
            page,
            user=request.user,
            include_descendants=bool(action.cleaned_form.cleaned_data.get("include_descendants")),
        ),
        "delete": lambda page: _delete_where_possible(page, request.user),
        "move": lambda page: pairs.move_pair(
            page, action.cleaned_form.cleaned_data["chooser"], user=request.user
        ),
    }
    if action_type not in work or not all(isinstance(page, Page) for page in objects):
        return None
    once = {page.translation_key: page for page in objects}
    title = ""
    try:
        with transaction.atomic():
            for page in once.values():
                # An earlier pair of this batch may have taken this one with it.
                current = Page.objects.filter(pk=page.pk).first()
                if current is not None:
                    title = current.get_admin_display_title()
                    work[action_type](current)
    except pairs.PairRefused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, _("“%(title)s”:") % {"title": title} + " " + sentence)
    else:
        messages.success(request, _("Done in both languages."))
    return redirect(action.next_url)


def _publish_in_bulk(request: HttpRequest, action: Any, page: Page) -> None:
    pairs.publish_pair(page, user=request.user)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for child in page.get_descendants().not_live():
            pairs.publish_pair(child, user=request.user)


@hooks.register("construct_translated_pages_to_cascade_actions")
def twins_for_counts(pages: Sequence[Page], action: str) -> dict[Page, Any]:
    """The twins, for the numbers shown on the screens; the work is done by the hooks above."""
    return {
        page: Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
        for page in pages
    }


class ReadingPagesAPIViewSet(PagesAdminAPIViewSet):
    """The admin's page listing without its actions: they run no hook and know no pair."""

    actions: dict[str, Any] = {}


@hooks.register("construct_admin_api")
def take_actions_off_admin_api(router: Any) -> None:
    """Reading still works: the explorer and the choosers need it."""
    router.register_endpoint("pages", ReadingPagesAPIViewSet)


# ── side by side ─────────────────────────────────────────────────────────────────────────────


@hooks.register("register_admin_urls")
def addresses_of_the_composer() -> list[URLPattern]:
    """Both columns of a new or an existing pair, and the files for translators."""
    from bilingual.composer import urls as composer
    from bilingual.exchange import urls as exchange

    return [
        *composer.urlpatterns,
        *exchange.urlpatterns,
        path("reports/parity/", parity.report, name="parity_report"),
    ]


@hooks.register("register_reports_menu_item")
def parity_in_the_reports_menu() -> MenuItem:
    return MenuItem(gettext_lazy("Welsh and English"), reverse("parity_report"), icon_name="globe")


@hooks.register("register_admin_menu_item")
def exchange_in_the_menu() -> MenuItem:
    return MenuItem(gettext_lazy("Files for translators"), reverse("exchange"), icon_name="globe")


@hooks.register("construct_homepage_panels")
def pairs_on_the_dashboard(request: HttpRequest, panels: list[Any]) -> None:
    """What is wanted in either language, by when, and one press to begin."""
    from bilingual.dashboard import PairsPanel

    # Its own list of recent edits shows each language alone and leads past the columns.
    panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel)]
    panels.append(PairsPanel())


# The other language stands beside every paired page in Wagtail's own editor.
page_viewset_registry.register(PairedPage, PairedPageViewSet())


def _button_side_by_side(page: Page) -> dict[str, Any]:
    return {
        "label": _("Side by side"),
        "url": reverse("compose_pair", args=[page.translation_key]),
        "icon_name": "globe",
        "priority": 5,
    }


def _has_columns(page: Page, user: Any) -> bool:
    is_pair = issubclass(page.specific_class or Page, PairedPage)
    return is_pair and page.permissions_for_user(user).can_edit()


@hooks.register("register_page_header_buttons")
def side_by_side_in_the_header(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """From Wagtail's own editor to both columns."""
    if _has_columns(page, user):
        yield Button(**_button_side_by_side(page))


@hooks.register("register_page_listing_buttons")
def side_by_side_in_the_list(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """From the explorer to both columns."""
    if _has_columns(page, user):
        yield ListingButton(**_button_side_by_side(page))


# ── the engine's own screens ─────────────────────────────────────────────────────────────────


def refuse_engine_screen(request: HttpRequest, rest: str = "") -> HttpResponse:
    """A returned 403: a raised PermissionDenied would become a redirect in the admin."""
    return HttpResponseForbidden(_("This screen is switched off on this site."))


@hooks.register("register_admin_urls", order=-10)
def shut_engine_screens() -> list[URLPattern]:
    """Our pattern wins over the engine's; its names still reverse."""
    return [path("localize/<path:rest>", refuse_engine_screen)]


@hooks.register("construct_page_action_menu")
def take_engine_items_off_menu(items: list[Any], request: HttpRequest, context: Any) -> None:
    """They appear as soon as engine records exist."""
    items[:] = [item for item in items if item.name not in ENGINE_BUTTONS]


@hooks.register("construct_reports_menu")
def take_engine_report_off_menu(request: HttpRequest, items: list[Any]) -> None:
    """Found by its address: its name is the translated label."""
    report = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != report]


def _take_off_engine_buttons() -> None:
    """`Translate this page`: superusers see it always, and headers have no hook to remove one."""
    for name in (
        "register_page_header_buttons",
        "register_page_listing_more_buttons",
        "register_snippet_listing_buttons",
    ):
        hooks._hooks[name] = [
            (function, order)
            for function, order in hooks._hooks.get(name, [])
            if function.__module__ != wagtail_localize.wagtail_hooks.__name__
        ]


_take_off_engine_buttons()
