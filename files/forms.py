"""The upload form of pictures: our gate stands before Wagtail's field, which decodes first.

Wagtail's field asks the size of a picture only after decoding all of it (a small file can take a
gigabyte), and lets the error of a damaged file through as a server error.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.forms import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from files.cleaning import Refused
from files.fields import cleaned_image


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


class PictureForm(BaseImageForm):
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
