"""The upload forms. Pictures: our gate stands before Wagtail's field, which decodes first.

Wagtail's field asks the size of a picture only after decoding all of it (a small file can take a
gigabyte), and lets the error of a damaged file through as a server error.
"""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.forms import BooleanField, FileField, ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from files.cleaning import Refused
from files.fields import cleaned_image

logger = logging.getLogger(__name__)


class CleanImageFormField(WagtailImageField):
    """Gives back the cleaned picture; the reason of a refusal becomes the error message."""

    def to_python(self, data: Any) -> File | None:
        """Raises ValidationError."""
        file = FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        try:
            return cleaned_image(file)
        except Refused as refusal:
            raise ValidationError(refusal.reason, code="refused") from refusal


class StoresFirst(ModelForm):
    """Writes the file while its form can still say that the disk is full."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        file = self.instance.file
        if self.errors or not file or file._committed:
            return
        try:
            file.save(file.name, file.file, save=False)
        except OSError:
            logger.exception("An uploaded file could not be stored.")
            self.add_error(
                "file" if "file" in self.fields else None,
                _(
                    "The file could not be stored: the disk may be full. Nothing was changed. "
                    "Please tell whoever looks after this site and try again later."
                ),
            )


class DocumentForm(StoresFirst, BaseDocumentForm):
    """Named by WAGTAILDOCS_DOCUMENT_FORM_BASE; withdraws a file and brings it back."""

    is_withdrawn = BooleanField(
        label=_lazy("This file is withdrawn"),
        required=False,
        help_text=_lazy(
            "Its address then answers, in neutral words, that the file is no longer available."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_withdrawn"].initial = self.instance.withdrawn_at is not None
        missing = self.instance.missing_for_access() if self.instance.pk else []
        if missing:
            # Right after an upload of many the form has no field for the file.
            field = self.fields.get("file") or self.fields["title"]
            field.help_text = " ".join([*missing, _("Offer the same content as a web page.")])

    def save(self, commit: bool = True) -> Any:
        if not self.cleaned_data.get("is_withdrawn"):
            self.instance.withdrawn_at = None
        elif self.instance.withdrawn_at is None:
            self.instance.withdrawn_at = timezone.now()
        return super().save(commit=commit)

    class Meta(BaseDocumentForm.Meta):
        pass


class PictureForm(StoresFirst, BaseImageForm):
    """Named by WAGTAILIMAGES_IMAGE_FORM_BASE. The edit form of many uploads has no file field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stock = self.fields.get("file")
        if stock is not None:
            self.fields["file"] = CleanImageFormField(
                label=stock.label, required=stock.required, widget=stock.widget
            )

    class Meta(BaseImageForm.Meta):
        pass
