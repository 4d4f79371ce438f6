"""What every page of the site is: one of two languages of one thing.

`PairedPage` carries the routing with fallback: where a page is missing or not live in the
language asked for, the other language's text is shown under the reader's own interface.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import urlsplit

from csp.constants import SELF
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move
from wagtail.url_routing import RouteResult

from bilingual.approval import PairTask
from bilingual.registries import unlisted
from bilingual.signals import access_changed

__all__ = ["PairTask"]  # found by Django here; the rest is imported by name

LANGUAGES = ("en", "cy")
HOME_DEPTH = 2  # treebeard counts the root as 1
LONGEST_REASON = 500


def other_language(language: str) -> str:
    """The other one of the two languages."""
    return "en" if language == "cy" else "cy"


class PairedPage(Page):
    """A page with a twin in the other language: same `translation_key`, other locale.

    `shared_fields` names fields and child relations that have no language (image, dates,
    topics): they are stored once in meaning, and the pair service writes them to the twin.
    """

    shared_fields: ClassVar[list[str]] = []
    # StreamField → names of the blocks with which a new page starts, in both languages.
    starting_blocks: ClassVar[dict[str, list[str]]] = {}

    authored_in = models.CharField(
        _("Written first in"),
        max_length=2,
        choices=[("en", "English"), ("cy", "Cymraeg")],
        default="en",
    )

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Walk the slugs through this tree and its twin tree, and fall back between them.

        Sets `request.content_language` to the language of the text to be served, and
        `request.pair_redirect` when the reader belongs at another address; `serve` answers it,
        because a route can only give a page or a 404.

        Raises:
            Http404: no such slug in either tree, or neither language is live.
        """
        return route_from(self, request, path_components)

    def get_view_restrictions(self) -> Any:
        """Restrictions of this page and the pages above it (no aliases here).

        Routing has asked with the page itself whether there is any: then nothing is left to ask.
        """
        if getattr(self, "_known_open", False):
            return PageViewRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        return PageViewRestriction.objects.filter(
            page__path__in=[self.path[:step] for step in steps]
        )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the redirect that routing decided on, else show the page."""
        target = getattr(request, "pair_redirect", None)
        if target:
            return HttpResponseRedirect(target)
        if not hasattr(request, "content_language"):
            request.content_language = language_of(self)  # type: ignore[attr-defined]
        return super().serve(request, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a draft: a preview does not pass the routing, so the language is set here."""
        request.content_language = language_of(self)  # type: ignore[attr-defined]
        response = super().serve_preview(request, mode_name)
        # The preview panel is a frame of the admin; the public policy would block it.
        response._csp_replace = {"frame-ancestors": [SELF]}
        return response


def is_restricted() -> Exists:
    """For a query of pages: whether this page or one above it is not for everybody.

    As `.public()`, but part of the query it stands in and not a query of its own.
    """
    # A path of its own and no join: SQLite takes a table without rows for a large one, and would
    # look for the restrictions of all pages.
    its_path = Subquery(Page.objects.filter(pk=OuterRef("page_id")).values("path"))
    restrictions = PageViewRestriction.objects.annotate(its_path=its_path)
    return Exists(restrictions.filter(its_path=Substr(OuterRef("path"), 1, Length("its_path"))))


@receiver([post_save, post_delete], sender=PageViewRestriction)
def after_restricting(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction holds for its page and all below; none is left where both are deleted."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        access_changed.send(sender=Page, pages=page.get_descendants(inclusive=True))


@receiver(post_page_move)
def after_moving(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """A move from an open place to a restricted one, or back, holds for all below as well."""
    places = Page.objects.filter(pk__in=[parent_page_before.pk, parent_page_after.pk])
    if len(set(places.values_list(is_restricted(), flat=True).order_by())) > 1:
        access_changed.send(sender=Page, pages=instance.get_descendants(inclusive=True))


def is_listed() -> Q:
    """For a query of pages: whether lists show this page (`bilingual.registries.unlisted`)."""
    listed = Q()
    for pages in unlisted:
        listed &= ~Q(pk__in=pages().values("pk"))
    return listed


def shown_to_readers_of(language: str, pages: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Of these pages what a list in `language` shows: each live, open pair once.

    That is the page in this language, or the other one where this one is not live. It is all part
    of the query, so that a list may be counted and sliced in the database.
    """
    own = Page.objects.live().filter(
        ~is_restricted(),
        translation_key=OuterRef("translation_key"),
        locale__language_code=language,
    )
    return pages.filter(
        Q(locale__language_code=language) | ~Exists(own), ~is_restricted(), live=True
    )


class LanguageException(models.Model):
    """A decision that one language may be public without its twin, or newer than its twin."""

    class Kind(models.TextChoices):
        ALONE = "alone", _("Only one language is public")
        NEWER = "newer", _("One language is newer")
        NO_CHANGE = "no_change", _("The other language needs no change")

    translation_key = models.UUIDField(db_index=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    language = models.CharField(
        _("Language that went ahead"),
        max_length=2,
        choices=[("en", _("English")), ("cy", _("Welsh"))],
    )
    reason = models.CharField(_("Reason"), max_length=LONGEST_REASON)
    due_on = models.DateField(_("The other language is due on"), null=True, blank=True)
    opened_at = models.DateTimeField(_("Opened"), default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("Asked for by"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("Approved by"),
    )
    closed_at = models.DateTimeField(_("Closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("language exception")
        verbose_name_plural = _("language exceptions")
        ordering = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["translation_key"],
                condition=Q(closed_at__isnull=True),
                name="one_open_language_exception",
            ),
            models.CheckConstraint(
                condition=Q(kind="no_change", closed_at__isnull=False) | Q(due_on__isnull=False),
                name="language_exception_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="language_exception_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"

    @property
    def missing_language(self) -> str:
        """The language that has to catch up."""
        return other_language(self.language)

    @property
    def days_left(self) -> int:
        """Days until the other language is due; negative when it is overdue."""
        return 0 if self.due_on is None else (self.due_on - timezone.localdate()).days


class SignedOff(models.Model):
    """What both languages of a pair said when they were last in step."""

    translation_key = models.UUIDField(unique=True)
    signed_at = models.DateTimeField(_("In step since"), default=timezone.now)
    texts = models.JSONField(default=dict)  # language → path → list of texts

    class Meta:
        verbose_name = _("signed-off pair")
        verbose_name_plural = _("signed-off pairs")

    def __str__(self) -> str:
        return str(self.translation_key)


def route_from(start: Page | None, request: HttpRequest, slugs: Sequence[str]) -> RouteResult:
    """What `PairedPage.route` does; without `start` from the home page of the active language.

    Raises:
        Http404: no such slug in either tree, or neither language is live.
    """
    language = get_language() or "en"
    page, rest = _walk(start, slugs, language)
    if not page.live or language_of(page) != language:
        twin = twin_of(page)
        if twin is not None and twin.live:
            twin._known_twin = page
            page = twin
        elif not page.live:
            raise Http404
    specific = page.specific
    specific.locale = page.locale
    specific._known_twin = twin_of(page)
    specific._known_open = not getattr(page, "is_restricted", True)
    specific.waits_for = getattr(page, "waits_for", None)
    specific.due_on = getattr(page, "due_on", None)
    request.content_language = language_of(page)  # type: ignore[attr-defined]
    request.pair_redirect = None  # type: ignore[attr-defined]
    if rest:
        # A routable page met on the way understands the rest of the path itself.
        result: RouteResult = specific.route(request, rest)
        return result
    if language_of(page) == language:
        address = path_of(page, request)
    else:
        address = path_in(page, language, request)
    if address is not None and address != request.path:
        query = request.META.get("QUERY_STRING", "")
        request.pair_redirect = f"{address}?{query}" if query else address  # type: ignore[attr-defined]
    return RouteResult(specific)


def language_of(page: Page) -> str:
    """The language in which this page's text is written: "en" or "cy"."""
    return str(page.locale.language_code)


def twin_of(page: Page) -> Page | None:
    """The same page in the other language, live or not; None where there is none."""
    if hasattr(page, "_known_twin"):
        return page._known_twin  # routing has fetched it with the page
    return (
        Page.objects.filter(translation_key=page.translation_key)
        .exclude(pk=page.pk)
        .select_related("locale")
        .order_by("pk")
        .first()
    )


def path_of(page: Page, request: HttpRequest | None = None) -> str | None:
    """The address of this page without host and query; None outside every site."""
    parts = page.get_url_parts(request)
    return None if parts is None or parts[2] is None else urlsplit(parts[2]).path


def path_in(page: Page, language: str, request: HttpRequest | None = None) -> str | None:
    """Where a reader of `language` finds this thing, in that language or as a fallback.

    From the page upwards the first page that is of `language`, or has a live twin in it, gives
    the address; the slugs passed on the way are appended. None outside every site.
    """
    known = getattr(page, "_known_twin", None)
    if known is not None and known.live and language_of(known) == language:
        return path_of(known, request)
    return paths_in([page], language, request)[page.pk]


def addresses_in(pages: Sequence[Page], language: str) -> dict[int, str]:
    """Where a reader of `language` finds each of these pages, by its number.

    No query where all are in this language, two where some stand in for the other one.
    """
    paths = paths_in([page for page in pages if language_of(page) != language], language)
    return {page.pk: paths.get(page.pk, page.url) or "" for page in pages}


def paths_in(
    pages: Sequence[Page], language: str, request: HttpRequest | None = None
) -> dict[int, str | None]:
    """As `path_in`, for many pages in two queries: addresses by the number of the page."""
    above = {
        page.path[:end]
        for page in pages
        for end in range(Page.steplen, len(page.path), Page.steplen)
    }
    ancestors = {
        page.path: page for page in Page.objects.filter(path__in=above).select_related("locale")
    }
    twins = {
        twin.translation_key: twin
        for twin in Page.objects.filter(
            translation_key__in={page.translation_key for page in [*pages, *ancestors.values()]},
            locale__language_code=language,
            live=True,
        ).select_related("locale")
    }

    def path(page: Page) -> str | None:
        slugs: list[str] = []
        step = page
        while step.depth > 1:
            found = step if language_of(step) == language else twins.get(step.translation_key)
            if found is not None:
                start = path_of(found, request)
                return None if start is None else "/".join([start.rstrip("/"), *slugs, ""])
            slugs.insert(0, step.slug)
            step = ancestors[step.path[: -Page.steplen]]
        return None

    return {page.pk: path(page) for page in pages}


def localise(pages: Iterable[Page], language: str | None = None) -> list[Any]:
    """Swap each page for its live twin in `language` (default: the active one).

    Pages without a live twin stay; order is kept. Two queries for pages of one type.
    """
    language = language or get_language() or "en"
    originals = list(pages)
    if not originals:
        return []
    kinds = {type(page) for page in originals}
    manager = kinds.pop()._default_manager if len(kinds) == 1 else Page.objects
    twins: Any = manager.filter(
        translation_key__in={page.translation_key for page in originals},
        locale__language_code=language,
        live=True,
    ).select_related("locale")
    if kinds:
        twins = twins.specific()
    by_key = {twin.translation_key: twin for twin in twins}
    return [by_key.get(page.translation_key, page) for page in originals]


def _walk(start: Page | None, slugs: Sequence[str], language: str) -> tuple[Page, list[str]]:
    """Follow slugs down both trees; the second value is what a routable page must resolve.

    One query fetches every page that any step could need: where the walk begins, pages with one of
    the slugs at the right depth, and the twins of all these, whose children count as children too.

    Raises:
        Http404: a slug is found neither under the page reached nor under its twin.
    """
    depth = start.depth if start is not None else HOME_DEPTH
    depths = range(depth + 1, depth + len(slugs) + 1)
    named = Page.objects.filter(slug__in=set(slugs), depth__in=depths).order_by()
    homes = Page.objects.filter(sites_rooted_here__isnull=False).order_by()
    begin = homes if start is None else Page.objects.filter(pk=start.pk).order_by()
    # One condition, on a column with an index: with another beside it the whole table is read.
    keys = begin.values("translation_key").union(named.values("translation_key"))
    open_exception = LanguageException.objects.filter(
        translation_key=OuterRef("translation_key"), closed_at__isnull=True
    )
    candidates = list(
        Page.objects.filter(translation_key__in=keys)
        .select_related("locale", "content_type")
        .annotate(
            is_restricted=is_restricted(),
            waits_for=Subquery(open_exception.values("language")[:1]),
            due_on=Subquery(open_exception.values("due_on")[:1]),
        )
    )
    if start is None:
        at_top = (page for page in candidates if page.depth == HOME_DEPTH)
        start = next((home for home in at_top if language_of(home) == language), None)
        if start is None:
            raise Http404
    page: Page = start
    for position, slug in enumerate(slugs):
        if position and hasattr(page.specific_class, "resolve_subpage"):
            return page, list(slugs[position:])
        parents = [page, *(other for other in candidates if _are_twins(page, other))]
        found = next(
            (
                child
                for parent in parents
                for child in candidates
                if child.slug == slug
                and child.depth == parent.depth + 1
                and str(child.path).startswith(str(parent.path))
            ),
            None,
        )
        if found is None:
            raise Http404
        page = found
    page._known_twin = next((twin for twin in candidates if _are_twins(page, twin)), None)
    return page, []


def _are_twins(page: Page, other: Page) -> bool:
    return bool(page.translation_key == other.translation_key and page.pk != other.pk)
