"""The share kit of a fact as files."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from files.models import Document
from press.shelf import MadeFileBase


class FactFile(MadeFileBase):
    """One card or sheet of a fact. The claim is in none of them."""

    class Kind(models.TextChoices):
        LINK_PNG = "link_png", _("Card for links (PNG)")
        LINK_SVG = "link_svg", _("Card for links (SVG)")
        SQUARE_PNG = "square_png", _("Square card (PNG)")
        SQUARE_SVG = "square_svg", _("Square card (SVG)")
        TALL_PNG = "tall_png", _("Tall card (PNG)")
        TALL_SVG = "tall_svg", _("Tall card (SVG)")
        SHEET = "sheet", _("A4 sheet")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    document = models.ForeignKey(
        Document,
        on_delete=models.SET_NULL,
        null=True,
        related_name="fact_files",
        verbose_name=_("file"),
    )

    class Meta:
        verbose_name = _("file of a fact")
        verbose_name_plural = _("files of facts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["translation_key", "kind", "language"], name="one_fact_file_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "link_png", "link_svg", "square_png", "square_svg", "tall_png",
                        "tall_svg", "sheet",
                    ]
                ),
                name="fact_file_kind_known",
            ),
        ]  # fmt: skip
