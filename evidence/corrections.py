"""What was wrong and what is right: on the page itself and in a public log, in both languages.

A correction is a child of its page, so it is written in the same edit as the mended text and goes
public in the same transaction, by the pair service.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.core.cache import cache
from django.db import models
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page

from bilingual.models import shown_to_readers_of
from core.models import BasePage
from search.pagination import clamped_page

PAGE_SIZE = 30
KEPT = 3600  # seconds


def today() -> date:
    """The day in Wales."""
    return timezone.localdate()


class Correction(Orderable):
    """One mistake that was mended; both twins carry it."""

    class Severity(models.TextChoices):
        SMALL = "small", _("Small: wording or a link")
        CONTENT = "content", _("In the content")
        GRAVE = "grave", _("Grave: it misled people")

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="corrections")
    made_on = models.DateField(_("Corrected on"), default=today)
    severity = models.CharField(
        _("How grave"), max_length=10, choices=Severity.choices, default=Severity.CONTENT
    )
    wrong_en = models.TextField(_("What was wrong, in English"), max_length=400)
    wrong_cy = models.TextField(_("What was wrong, in Welsh"), max_length=400)
    right_en = models.TextField(_("What is right, in English"), max_length=400)
    right_cy = models.TextField(_("What is right, in Welsh"), max_length=400)
    noticed_by = models.CharField(
        _("Who noticed"), max_length=120, blank=True,
        help_text=_("Public only if they wish, with the box below."),
    )  # fmt: skip
    thanks_publicly = models.BooleanField(_("Thank them by name"), default=False)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("made_on"), FieldPanel("severity")]),
        FieldRowPanel([FieldPanel("wrong_cy"), FieldPanel("wrong_en")]),
        FieldRowPanel([FieldPanel("right_cy"), FieldPanel("right_en")]),
        FieldRowPanel([FieldPanel("noticed_by"), FieldPanel("thanks_publicly")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.made_on:%Y-%m-%d} {self.get_severity_display()}"

    @property
    def said(self) -> tuple[str, ...]:
        """What the public was told, in both languages."""
        return self.wrong_en, self.wrong_cy, self.right_en, self.right_cy

    def as_shown(self, language: str) -> dict[str, Any]:
        """The correction as a page in `language` tells it."""
        own = "cy" if language == "cy" else "en"
        return {
            "made_on": self.made_on,
            "wrong": getattr(self, f"wrong_{own}"),
            "right": getattr(self, f"right_{own}"),
            "thanks": self.noticed_by if self.thanks_publicly else "",
        }


CORRECTIONS_PANEL = InlinePanel(
    "corrections", heading=_("Corrections"), label=_("Correction"), classname="collapsed"
)


def takes_corrections(page: Page) -> bool:
    """The page type has the corrections in its editor."""
    return "corrections" in getattr(page, "shared_fields", ())


def corrections_of(page: Page) -> dict[str, Any]:
    """For the context of every page: its corrections, newest first.

    Those of a public page change only when it is published, so they are kept until then.
    """
    if not takes_corrections(page):
        return {}
    rows = page.corrections.all()  # type: ignore[attr-defined]
    if not isinstance(rows, models.QuerySet):  # of a draft that is looked at before it is stored
        return {"corrections": _as_shown(rows, page)}
    name = f"evidence.corrections.{page.pk}.{page.live_revision_id}"
    shown = cache.get(name)
    if shown is None:
        shown = _as_shown(rows, page)
        cache.set(name, shown, KEPT)
    return {"corrections": shown}


def _as_shown(rows: Iterable[Correction], page: Page) -> list[dict[str, Any]]:
    newest_first = sorted(rows, key=lambda row: row.made_on, reverse=True)
    return [row.as_shown(page.locale.language_code) for row in newest_first]


def corrections_stay(page: Page) -> list[str]:
    """A check before publication: what was said in public is neither taken out nor rewritten."""
    if not takes_corrections(page):
        return []
    public = {row.said for row in Correction.objects.filter(page=page.pk)}
    if public <= {row.said for row in page.corrections.all()}:  # type: ignore[attr-defined]
        return []
    return [_now("A correction that was public stays as it is. Put it back, and add another one.")]


class CorrectionsPage(BasePage):
    """The public log of the corrections of public pages; one in each language."""

    kind_label = _("Corrections")
    search_weight = -1  # the pages it lists answer better
    page_description = _("The log of corrections. There is one in each language.")
    template = "pages/evidence/corrections_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 2

    shared_fields: ClassVar[list[str]] = [*BasePage.shared_fields]
    search_fields: ClassVar = [*BasePage.search_fields]

    class Meta:
        verbose_name = _("corrections page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        with translation.override(self.locale.language_code):
            context.update(correction_log(self, request))
        return context


def correction_log(page: CorrectionsPage, request: HttpRequest) -> dict[str, Any]:
    """Corrections of public pages, also of expired ones, newest first, each once.

    A page that was taken back takes its corrections along: they would tell what it said.
    """
    language = page.locale.language_code
    pages = shown_to_readers_of(language, Page.objects.all())
    rows = (
        Correction.objects.filter(page__in=pages.values("pk"))
        .select_related("page__locale")
        .order_by("-made_on", "-pk")
    )
    place = clamped_page(rows.count(), request.GET, PAGE_SIZE)
    entries = []
    for row in rows[place.start : place.stop]:
        own = row.page.locale.language_code
        entries.append(
            {
                **row.as_shown(language),
                "title": row.page.title,
                "url": row.page.url,
                "lang": own if own != language else "",
            }
        )
    return {"entries": entries, "pager": place.pager}
