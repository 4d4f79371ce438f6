"""What belongs to a resource: its files, its films and its versions.

These rows are shared by both pages of a pair, so each holds its words in both languages. What a
file itself says (format, size, pages, language, access) is read from the document and never typed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from files.models import Document


class ResourceFile(Orderable):
    """One file of a resource: a document in its role, in one version of the resource.

    `version` is the number of the `ResourceVersion` it came with. A number and not a foreign key:
    the rows of both pages are the same rows, copied.
    """

    class Role(models.TextChoices):
        """Who or what the file is for."""

        FACILITATOR = "facilitator", _("For the facilitator")
        PARTICIPANT = "participant", _("For participants")
        SLIDES = "slides", _("Slides")
        CAPTIONS = "captions", _("Captions")

    page = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "files.Document",
        on_delete=models.PROTECT,
        related_name="resource_files",
        verbose_name=_("file"),
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    label_cy = models.CharField(_("Name in Welsh"), max_length=120)
    label_en = models.CharField(_("Name in English"), max_length=120)
    note_cy = models.CharField(_("Note in Welsh"), max_length=160, blank=True)
    note_en = models.CharField(_("Note in English"), max_length=160, blank=True)
    is_easy_read = models.BooleanField(_("Easy read"), default=False)
    is_large_print = models.BooleanField(_("Large print"), default=False)

    panels: ClassVar = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("version")]),
        FieldRowPanel([FieldPanel("label_cy"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("note_cy"), FieldPanel("note_en")]),
        FieldRowPanel([FieldPanel("is_easy_read"), FieldPanel("is_large_print")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("file of a resource")
        verbose_name_plural = _("files of a resource")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(version__gte=1), name="resource_file_of_a_numbered_version"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["facilitator", "participant", "slides", "captions"]),
                name="resource_file_role_known",
            ),
        ]

    @property
    def language(self) -> str:
        """What a reader finds inside, from the document: "cy", "en", "both" or "other"."""
        return str(self.document.language)

    def label_in(self, language: str) -> str:
        """The name of the file for a reader of "en" or "cy"."""
        return self.label_cy if language == "cy" else self.label_en

    def note_in(self, language: str) -> str:
        """The note beside the name for a reader of "en" or "cy"; may be empty."""
        return self.note_cy if language == "cy" else self.note_en

    def is_for(self, language: str) -> bool:
        """A reader of "en" or "cy" can read it."""
        return self.language in (language, Document.Language.BOTH)


class ResourceVideo(Orderable):
    """A film that lies elsewhere: a link, never an upload. It needs captions and a transcript."""

    page = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="videos")
    address = models.URLField(_("Address"))
    language = models.CharField(
        _("Language spoken"), max_length=5, choices=Document.Language.choices
    )
    title_cy = models.CharField(_("Title in Welsh"), max_length=120)
    title_en = models.CharField(_("Title in English"), max_length=120)
    is_captioned = models.BooleanField(_("Has captions in the language spoken"), default=False)
    is_signed = models.BooleanField(_("Has British Sign Language"), default=False)
    transcript = models.ForeignKey(
        "files.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transcript_of",
        verbose_name=_("transcript"),
    )

    panels: ClassVar = [
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("title_cy"), FieldPanel("title_en")]),
        FieldPanel("language"),
        FieldRowPanel([FieldPanel("is_captioned"), FieldPanel("is_signed")]),
        FieldPanel("transcript"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("film of a resource")
        verbose_name_plural = _("films of a resource")

    def title_in(self, language: str) -> str:
        """The title for a reader of "en" or "cy"."""
        return self.title_cy if language == "cy" else self.title_en


class ResourceVersion(Orderable):
    """One version of a resource and what changed with it; each supersedes the number before it."""

    page = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Number"))
    date = models.DateField(_("Date"))
    changed_cy = models.TextField(_("What changed, in Welsh"), max_length=600)
    changed_en = models.TextField(_("What changed, in English"), max_length=600)
    is_breaking = models.BooleanField(_("Trainers must not mix it with older files"), default=False)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("date")]),
        FieldPanel("changed_cy"),
        FieldPanel("changed_en"),
        FieldPanel("is_breaking"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("version of a resource")
        verbose_name_plural = _("versions of a resource")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "number"], name="resource_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="resource_version_from_one"),
            models.CheckConstraint(
                condition=~Q(changed_cy="") & ~Q(changed_en=""),
                name="resource_version_explained_in_both_languages",
                violation_error_message=_("Say what changed in both languages."),
            ),
        ]

    def changed_in(self, language: str) -> str:
        """What changed, for a reader of "en" or "cy"."""
        return self.changed_cy if language == "cy" else self.changed_en
