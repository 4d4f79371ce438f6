"""Files that the site makes from the fields of a page: prints and packs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from files.models import Document
from press.shelf import MadeFileBase


class MadeFile(MadeFileBase):
    """One print or pack of a pair."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("Session plan to print (A4)")
        HANDOUT = "handout", _("Handout to print (A4)")
        CARDS = "cards", _("Cards to print (A5)")
        LARGE = "large", _("Large print (18 point)")
        PACK = "pack", _("Trainer pack")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    document = models.ForeignKey(
        Document,
        on_delete=models.SET_NULL,
        null=True,
        related_name="made_files",
        verbose_name=_("file"),
    )

    class Meta:
        verbose_name = _("file made by the site")
        verbose_name_plural = _("files made by the site")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["translation_key", "kind", "language"], name="one_made_file_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["plan", "handout", "cards", "large", "pack"]),
                name="made_file_kind_known",
            ),
        ]

    @property
    def label(self) -> str:
        """What the file is called in lists, in the active language."""
        name = str(self.get_kind_display())
        if self.language == Document.Language.BOTH and self.kind != self.Kind.PACK:
            return gettext("%(paper)s, Welsh and English together") % {"paper": name}
        return name
