"""What people say: sent in by readers or written down by staff, and never shown in public."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Page

LONGEST_CLAIM = 500  # characters
KEEP_DAYS = 90  # an unanswered claim is deleted after that


class HeardClaimQuerySet(models.QuerySet["HeardClaim"]):
    def of(self, page: Page) -> "HeardClaimQuerySet":
        """Those that lead to this fact, whichever of its languages was chosen."""
        return self.filter(fact__translation_key=page.translation_key)

    def waiting(self) -> "HeardClaimQuerySet":
        """Those that lead to no fact yet."""
        return self.filter(fact=None)


class HeardClaim(models.Model):
    """A claim in somebody's words. Nothing is known of who sent it.

    With a `fact` it is a variant: whoever searches for these words finds that fact.
    """

    text = models.TextField(_("What was heard"), max_length=LONGEST_CLAIM)
    language = models.CharField(
        _("Language"), max_length=2, choices=[("cy", _("Welsh")), ("en", _("English"))]
    )
    address = models.CharField(_("Address of the page"), max_length=500, blank=True)
    received_on = models.DateField(_("Received"), default=timezone.localdate)
    fact = models.ForeignKey(
        "facts.FactPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="heard_claims",
        verbose_name=_("fact that answers it"),
        help_text=_("A search for these words then finds the fact. They are shown nowhere."),
    )

    led_to: UUID | None = None  # key of the fact before this was saved; see `facts.signals`

    objects = HeardClaimQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("address")]),
        PageChooserPanel("fact", "facts.FactPage"),
    ]

    class Meta:
        verbose_name = _("claim heard")
        verbose_name_plural = _("claims heard")
        ordering = ["-received_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="heard_claim_says_something"),
            models.CheckConstraint(
                condition=Q(language__in=["cy", "en"]), name="heard_claim_language_known"
            ),
        ]

    def __str__(self) -> str:
        """Without its words: the log of the admin keeps what a row was called for ever."""
        return f"{self.received_on:%Y-%m-%d} · {self.pk}"
