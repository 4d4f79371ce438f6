"""The urgent banner above the header, in both languages at once, for a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from bilingual.models import HOME_DEPTH, LANGUAGES, path_in

CACHE_KEY = "core.alerts"
CACHE_SECONDS = 60  # as the menus: another process may have changed a banner


def both_or_neither(name: str) -> Q:
    """A text stands in both languages or in none."""
    return Q(**{f"{name}_cy": "", f"{name}_en": ""}) | (
        ~Q(**{f"{name}_cy": ""}) & ~Q(**{f"{name}_en": ""})
    )


class Alert(models.Model):
    """One urgent banner: one row holds both languages, so neither is ever shown alone."""

    heading_cy = models.CharField(_("Heading in Welsh"), max_length=100)
    heading_en = models.CharField(_("Heading in English"), max_length=100)
    text_cy = models.CharField(_("Sentence in Welsh"), max_length=200, blank=True)
    text_en = models.CharField(_("Sentence in English"), max_length=200, blank=True)
    link_page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("Page to go to"),
    )  # fmt: skip
    link_text_cy = models.CharField(_("Words of the link in Welsh"), max_length=80, blank=True)
    link_text_en = models.CharField(_("Words of the link in English"), max_length=80, blank=True)
    section = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, blank=True,
        related_name="+", verbose_name=_("Section"),
        help_text=_("Empty: the whole site. Either language of the section may be chosen."),
    )  # fmt: skip
    start = models.DateTimeField(_("Shown from"), default=timezone.now)
    end = models.DateTimeField(_("Shown until"))

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("heading_cy"), FieldPanel("heading_en")]),
        FieldRowPanel([FieldPanel("text_cy"), FieldPanel("text_en")]),
        MultiFieldPanel(
            [FieldPanel("link_page"),
             FieldRowPanel([FieldPanel("link_text_cy"), FieldPanel("link_text_en")])],
            _("Link"),
        ),
        MultiFieldPanel(
            [FieldPanel("section"), FieldRowPanel([FieldPanel("start"), FieldPanel("end")])],
            _("Where and when"),
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("urgent banner")
        verbose_name_plural = _("urgent banners")
        ordering = ["-start", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(heading_cy="") & ~Q(heading_en=""),
                name="alert_heading_in_both_languages",
                violation_error_message=_("Write the heading in both languages."),
            ),
            models.CheckConstraint(
                condition=both_or_neither("text"),
                name="alert_text_in_both_languages",
                violation_error_message=_("Write the sentence in both languages or in neither."),
            ),
            models.CheckConstraint(
                condition=both_or_neither("link_text"),
                name="alert_link_in_both_languages",
                violation_error_message=_(
                    "Write the words of the link in both languages or in neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="alert_ends_after_it_starts",
                violation_error_message=_("The banner must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading_cy} · {self.heading_en}"

    def clean(self) -> None:
        super().clean()
        if self.section is not None and self.section.depth != HOME_DEPTH + 1:
            raise ValidationError({"section": _("Choose a page directly below a home page.")})
        if (self.link_page is None) != (not self.link_text_cy):
            raise ValidationError(
                {"link_page": _("A link needs both a page and its words, or neither.")}
            )


@dataclass(frozen=True)
class Banner:
    """A banner as it is kept: times, the pair key of its section, and its words by language."""

    start: datetime
    end: datetime
    section: str
    words: dict[str, dict[str, str]]


def banner_for(language: str, sections: Iterable[str]) -> dict[str, str] | None:
    """What components/alert.html shows now to a reader of `language`; the latest banner wins.

    `sections` are the pair keys (as text) of the sections that the address lies in.
    """
    now = timezone.now()
    places = {"", *sections}
    shown = (b for b in _banners() if b.start <= now < b.end and b.section in places)
    found = next(shown, None)
    return found.words[language] if found else None


def _banners() -> list[Banner]:
    """All banners that are not over, latest start first; kept between changes."""
    kept: list[Banner] | None = cache.get(CACHE_KEY)
    if kept is None:
        alerts = Alert.objects.filter(end__gt=timezone.now()).select_related(
            "section", "link_page__locale"
        )
        kept = [_banner(alert) for alert in alerts]
        cache.set(CACHE_KEY, kept, CACHE_SECONDS)
    return kept


def _banner(alert: Alert) -> Banner:
    target = alert.link_page if alert.link_page is not None and alert.link_page.live else None
    return Banner(
        start=alert.start,
        end=alert.end,
        section=str(alert.section.translation_key) if alert.section else "",
        words={
            language: {
                "heading": getattr(alert, f"heading_{language}"),
                "text": getattr(alert, f"text_{language}"),
                "link_url": (path_in(target, language) or "") if target else "",
                "link_text": getattr(alert, f"link_text_{language}"),
            }
            for language in LANGUAGES
        },
    )


@receiver([post_save, post_delete], sender=Alert)
@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def forget_banners(sender: Any, **kwargs: Any) -> None:
    """A banner or the page that one leads to has changed."""
    cache.delete(CACHE_KEY)


@receiver(post_delete)
def forget_banners_of_a_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        cache.delete(CACHE_KEY)
