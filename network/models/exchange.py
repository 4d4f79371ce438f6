"""A table of organisations that came in, kept so that it can be undone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """Rows of one file: tried first, written when staff say so, taken back when they want to.

    `after` holds the values of each organisation by its key; `before` what they were, or None where
    there was no such organisation. Both hold contacts: `purge_imports` deletes old runs.
    """

    file_name = models.CharField(_("File"), max_length=120)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("Brought in by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("Tried"), auto_now_add=True)
    after = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    applied_at = models.DateTimeField(_("Written"), null=True, blank=True)
    undone_at = models.DateTimeField(_("Undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of organisations")
        verbose_name_plural = _("imports of organisations")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True) | models.Q(applied_at__isnull=False),
                name="only_a_written_import_is_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
