"""Pictures and documents. Custom from the first migration: they cannot be exchanged later."""

from dataclasses import fields
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Length, Substr
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import CollectionMember, CollectionViewRestriction
from wagtail.search import index

from files.cleaning import Refused, extension_of, token_name
from files.facts import FileFacts, missing_for_access
from files.fields import CleanDocumentField, CleanImageField, cleaned_document, cleaned_image


def image_path(instance: models.Model, filename: str) -> str:
    """`original_images/` and a random token: the proxy closes the folder, nobody guesses a name."""
    return f"original_images/{token_name(filename)}"


def document_path(instance: models.Model, filename: str) -> str:
    """`documents/` and a random token; a download gets its name from the title."""
    return f"documents/{token_name(filename)}"


class Image(AbstractImage):
    """One picture with one alternative text per language, or declared decorative.

    The title is for staff only and is never served.
    """

    file = CleanImageField(
        verbose_name=_("file"), upload_to=image_path, width_field="width", height_field="height"
    )
    # Wagtail's own models stay installed and have the same class name, hence our related names.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_pictures",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    # Wagtail's forms ask for this field; no form of ours shows it (terms are used instead).
    tags = TaggableManager(blank=True, related_name="tagged_pictures", verbose_name=_("tags"))
    alt_en = models.CharField(
        _("What the picture shows, in English"),
        max_length=250,
        blank=True,
        help_text=_("One sentence for people who cannot see it. No names of people."),
    )
    alt_cy = models.CharField(
        _("What the picture shows, in Welsh"),
        max_length=250,
        blank=True,
        help_text=_("One sentence for people who cannot see it. No names of people."),
    )
    is_decorative = models.BooleanField(
        _("The picture only decorates"),
        default=False,
        help_text=_("Then it is skipped by screen readers and needs no text."),
    )

    admin_form_fields = (
        "title",
        "file",
        "alt_en",
        "alt_cy",
        "is_decorative",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.FilterField("title"),
        index.SearchField("alt_en"),
        index.SearchField("alt_cy"),
        index.FilterField("uploaded_by_user"),
        index.FilterField("created_at"),
        index.FilterField("id"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True) | (~Q(alt_en="") & ~Q(alt_cy="")),
                name="files_image_alt_in_both_languages",
                violation_error_message=_(
                    "Say what the picture shows in both languages, or mark it as decoration."
                ),
            )
        ]

    def clean(self) -> None:
        """Cleans a new file and asks for both alternative texts unless decorative."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.file and not self.file._committed:
            try:
                self.file = cleaned_image(self.file)  # type: ignore[assignment]
            except Refused as refusal:
                errors["file"] = refusal.reason
        self.alt_en, self.alt_cy = self.alt_en.strip(), self.alt_cy.strip()
        if not self.is_decorative:
            for name in ("alt_en", "alt_cy"):
                if not getattr(self, name):
                    errors[name] = _(
                        "Say what the picture shows in both languages, or mark it as decoration."
                    )
        if errors:
            raise ValidationError(errors)

    def alt_in(self, language: str) -> str:
        """The alternative text in "en" or "cy"; empty for decoration."""
        if self.is_decorative:
            return ""
        return self.alt_cy if language[:2] == "cy" else self.alt_en

    @property
    def default_alt_text(self) -> str:
        """The alternative text in the active language; never the title."""
        return self.alt_in(get_language() or "en")


class Rendition(AbstractRendition):
    """One size and format of a picture, made from the cleaned original."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        """A token of its own: the address of a rendition must not give away the original's."""
        return f"images/{token_name(filename)}"


class Document(AbstractDocument):
    """One file to download; `counterpart` is the same document in the other language."""

    class Language(models.TextChoices):
        """What language a reader finds inside."""

        WELSH = "cy", _("Welsh")
        ENGLISH = "en", _("English")
        BOTH = "both", _("Welsh and English")
        OTHER = "other", _("Another language")

    file = CleanDocumentField(verbose_name=_("file"), upload_to=document_path)
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_documents",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    tags = TaggableManager(blank=True, related_name="tagged_documents", verbose_name=_("tags"))
    language = models.CharField(
        _("Language of the text"), max_length=5, choices=Language.choices, default=Language.ENGLISH
    )
    counterpart = models.ForeignKey(
        "self",
        verbose_name=_("The same document in the other language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True, blank=True, editable=False)

    # What the file says about itself: filled by `take_facts`, never typed.
    format = models.CharField(_("Format"), max_length=8, blank=True, editable=False)
    checksum = models.CharField(_("SHA-256 checksum"), max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("Pages or slides"), null=True, editable=False)
    title_inside = models.CharField(
        _("Title inside the file"), max_length=250, blank=True, editable=False
    )
    language_inside = models.CharField(
        _("Language inside the file"), max_length=3, blank=True, editable=False
    )
    is_tagged = models.BooleanField(_("Tagged for screen readers"), null=True, editable=False)
    has_text_layer = models.BooleanField(_("Has a layer of text"), null=True, editable=False)
    pictures_without_alt = models.PositiveIntegerField(
        _("Pictures without alternative text"), null=True, editable=False
    )
    text = models.TextField(_("Text of the file"), blank=True, editable=False)

    admin_form_fields = ("title", "file", "language", "counterpart", "collection")
    search_fields = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.SearchField("text"),
        index.FilterField("title"),
        index.FilterField("language"),
        index.FilterField("format"),
        index.FilterField("uploaded_by_user"),
        index.FilterField("created_at"),
        index.FilterField("id"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["cy", "en", "both", "other"]),
                name="files_document_language_known",
            ),
            models.CheckConstraint(
                condition=Q(counterpart=None) | Q(language__in=["cy", "en"]),
                name="files_document_counterpart_of_one_language",
                violation_error_message=_(
                    "Only a document in Welsh alone or in English alone has a counterpart."
                ),
            ),
        ]

    def clean(self) -> None:
        """Cleans a new file; a counterpart must be in the other language."""
        errors: dict[str, Any] = {}
        if self.file:
            super().clean()
            if not self.file._committed:  # type: ignore[attr-defined]
                try:
                    self.file = cleaned_document(self.file)
                except Refused as refusal:
                    errors["file"] = refusal.reason
        if self.counterpart is not None:
            other = {"cy": "en", "en": "cy"}.get(self.language)
            if other is None:
                errors["counterpart"] = _(
                    "Only a document in Welsh alone or in English alone has a counterpart."
                )
            elif self.counterpart.language != other:
                errors["counterpart"] = _("The counterpart must be in the other language.")
            elif self.counterpart.counterpart_id not in (None, self.pk):
                errors["counterpart"] = _("That document already has a counterpart.")
        if errors:
            raise ValidationError(errors)

    def take_facts(self, facts: FileFacts) -> None:
        """Set what the file says about itself; not saved yet."""
        values = facts.as_dict()
        self.file_size = values.pop("size")
        for name, value in values.items():
            setattr(self, name, value)

    @property
    def facts(self) -> FileFacts:
        """What the stored file says about itself."""
        values = {f.name: getattr(self, f.name) for f in fields(FileFacts) if f.name != "size"}
        return FileFacts(size=self.get_file_size() or 0, **values)

    def missing_for_access(self) -> list[str]:
        """What the file lacks for people who cannot see it, in sentences for the editor."""
        return missing_for_access(self.facts, self.language)

    def uses(self) -> list[str]:
        """Titles of the pages and things that link to this document, its counterpart apart."""
        return [
            str(getattr(thing, "get_admin_display_title", thing.__str__)())
            for thing, _references in self.get_usage()
            if not isinstance(thing, Document)
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Cleans outside the transaction; keeps the link the same from both ends."""
        if self.file and not self.file._committed:  # type: ignore[attr-defined]
            cleaned = cleaned_document(self.file)
            self.file = cleaned
            if cleaned.facts is not None:
                self.take_facts(cleaned.facts)
        with transaction.atomic():
            super().save(*args, **kwargs)
            others = Document.objects.filter(counterpart=self).exclude(pk=self.counterpart_id)
            others.update(counterpart=None)
            if self.counterpart_id:
                Document.objects.filter(pk=self.counterpart_id).update(counterpart=self)

    def in_language(self, language: str) -> "Document":
        """The one of the two that a reader of "en" or "cy" can read; itself if there is none."""
        if self.language in (language[:2], self.Language.BOTH) or self.counterpart is None:
            return self
        return self.counterpart if self.counterpart.language == language[:2] else self

    def downloads(self) -> dict[str, int]:
        """How often it was fetched: altogether, and in the last 30 days."""
        since = localdate() - timedelta(days=30)
        totals = self.download_counts.aggregate(
            altogether=Sum("count", default=0),
            lately=Sum("count", default=0, filter=Q(day__gt=since)),
        )
        return {name: int(total) for name, total in totals.items()}

    @property
    def file_extension(self) -> str:
        """Of the stored file, without its dot."""
        return extension_of(str(self.file.name))

    @property
    def filename(self) -> str:
        """What a download is called: from the title, in plain letters."""
        return f"{slugify(self.title) or 'document'}{PurePath(str(self.file.name)).suffix}"


def public_documents() -> "QuerySet[Document]":
    """Files that everybody may have: not withdrawn, and neither their collection nor one above it
    is for some people only. For subqueries."""
    closed = CollectionViewRestriction.objects.filter(
        collection__path=Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    )
    return Document.objects.filter(~Exists(closed), withdrawn_at=None).order_by()


class DownloadCount(models.Model):
    """How often one file was fetched on one day: nothing about who, from where or with what."""

    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="download_counts",
    )
    document.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    day = models.DateField(_("Day"))
    count = models.PositiveIntegerField(_("Downloads"), default=0)

    class Meta:
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads of a day")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "day"], name="files_downloadcount_one_row_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.day}: {self.count}"
