"""Session reports: how many people, where, when. Never who."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from core.terms import Term, TermKind

MOST_PEOPLE = 2000  # of one session; more is a slip of the finger


class SessionReport(models.Model):
    """One session that somebody held. It counts in public once staff have approved it.

    `month` is the first day of the month; the day is not asked for. `graduated` is added by staff
    for programmes that tell those who came from those who finished.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Not counted")

    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="session_reports",
        verbose_name=_("workshop or resource"),
    )
    month = models.DateField(_("Month"))
    county = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        related_name="session_reports",
        limit_choices_to={"kind": TermKind.COUNTY},
        verbose_name=_("county"),
    )
    people = models.PositiveSmallIntegerField(_("People"))
    committed = models.PositiveSmallIntegerField(_("Committed to follow-up"))
    graduated = models.PositiveSmallIntegerField(_("Finished the programme"), null=True, blank=True)
    status = models.CharField(
        _("Status"), max_length=10, choices=Status.choices, default=Status.WAITING
    )
    sent_on = models.DateField(_("Sent"), auto_now_add=True)

    panels: ClassVar = [
        PageChooserPanel("page"),
        FieldRowPanel([FieldPanel("month"), FieldPanel("county")]),
        FieldRowPanel([FieldPanel("people"), FieldPanel("committed"), FieldPanel("graduated")]),
        FieldPanel("status"),
    ]

    class Meta:
        verbose_name = _("session report")
        verbose_name_plural = _("session reports")
        ordering = ["-sent_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_PEOPLE),
                name="session_report_people_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(committed__lte=F("people")),
                name="session_report_committed_not_above_people",
                violation_error_message=_("More people committed than came."),
            ),
            models.CheckConstraint(
                condition=Q(graduated=None) | Q(graduated__lte=F("people")),
                name="session_report_graduated_not_above_people",
                violation_error_message=_("More people finished than came."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.month:%Y-%m}"
