"""What search keeps beside the engines: texts to show, words to offer, searches in vain."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bilingual.models import LANGUAGES
from search.queue import IndexQueue, Rebuild

__all__ = ["IndexQueue", "PageText", "Rebuild", "SearchInVain", "SiteWord"]

_LANGUAGE_CHOICES = [("en", _("English")), ("cy", _("Welsh"))]


class PageText(models.Model):
    """The text of one live page as readers see it, for excerpts and for the order of results.

    `words` and `keys` are those of title and text, `title_words` both of the title alone, each with
    a blank on both sides. `is_alone`: the page is not live in the other language.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    language = models.CharField(max_length=2, choices=_LANGUAGE_CHOICES)
    title = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    words = models.TextField(blank=True)
    keys = models.TextField(blank=True)
    title_words = models.TextField(blank=True)
    is_alone = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["language"], condition=models.Q(is_alone=True), name="page_text_alone"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SiteWord(models.Model):
    """A word on live pages of one language, and on how many of them it stands."""

    language = models.CharField(max_length=2, choices=_LANGUAGE_CHOICES)
    word = models.CharField(max_length=40)
    folded = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["language", "word"], name="site_word_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["language", "key"], name="site_word_by_key")]

    def __str__(self) -> str:
        return self.word


class SearchInVain(models.Model):
    """Words that found nothing, how often on one day. Nobody's address is kept."""

    day = models.DateField(_("Day"))
    language = models.CharField(_("Language"), max_length=2, choices=_LANGUAGE_CHOICES)
    words = models.CharField(_("Words"), max_length=100)
    times = models.PositiveIntegerField(_("Times"), default=1)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["day", "language", "words"], name="in_vain_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(language__in=LANGUAGES), name="in_vain_in_our_languages"
            ),
        ]

    def __str__(self) -> str:
        return self.words
