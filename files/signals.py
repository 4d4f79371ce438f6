"""What happens around files without anybody asking: half-done uploads, pictures at publish."""

from typing import Any

from django.db.models.signals import pre_save
from wagtail.models import UploadedFile
from wagtail.signals import page_published


def connect() -> None:
    """Called once when the room is ready."""
    pre_save.connect(clean_half_done_upload, sender=UploadedFile, dispatch_uid="files.half_done")
    page_published.connect(make_pictures_of_page, dispatch_uid="files.pictures")


def clean_half_done_upload(sender: Any, instance: UploadedFile, **kwargs: Any) -> None:
    """Wagtail keeps the raw file while alternative texts are missing; it is cleaned before that.

    Raises Refused; the upload form has refused the same file before.
    """
    from files.fields import cleaned_document, cleaned_image
    from files.models import Document, Image

    if not instance.file or instance.file._committed or instance.for_content_type is None:
        return
    model = instance.for_content_type.model_class()
    if model is Image:
        instance.file = cleaned_image(instance.file)
    elif model is Document:
        instance.file = cleaned_document(instance.file)


def make_pictures_of_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A reader never waits for a picture: its sizes are made when the page goes public."""
    from files.renditions import images_of, make_renditions, share_picture

    for image in images_of(instance):
        make_renditions(image)
        if image.pk == getattr(instance, "image_id", None):
            share_picture(image, make=True)
