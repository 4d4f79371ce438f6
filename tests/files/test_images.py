"""A picture has its text in both languages, a name that says nothing, and clean bytes."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from PIL import Image as PillowImage
from wagtail.images.forms import get_image_form
from wagtail.models import UploadedFile

from accounts.models import User
from files.cleaning import Refused
from files.models import Image
from tests.files import planted

TOKEN = re.compile(r"^original_images/[0-9a-f]{32}\.(jpg|png)$")


def everything_stored(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_saving_in_code_cleans_the_file_and_hides_its_name(
    make_image: Callable[..., Image], tmp_path: Path
) -> None:
    image = make_image()
    assert TOKEN.match(image.file.name)
    assert planted.SECRET not in everything_stored(tmp_path)
    assert make_image().file.name != image.file.name


def test_storing_a_file_on_the_field_alone_cleans_it_too(
    make_image: Callable[..., Image], tmp_path: Path
) -> None:
    image = make_image()
    image.file.save("Amina.png", ContentFile(planted.picture("PNG")), save=True)
    assert image.file.name.endswith(".png")
    assert "Amina" not in image.file.name
    assert planted.SECRET not in everything_stored(tmp_path)
    with pytest.raises(Refused):
        image.file.save("a.png", ContentFile(b"<html>"))


def test_width_and_height_are_those_of_the_upright_picture(
    make_image: Callable[..., Image],
) -> None:
    image = make_image(planted.picture("JPEG", orientation=6))
    image.refresh_from_db()
    assert (image.width, image.height) == (40, 60)


def test_a_rendition_holds_no_tag_and_does_not_give_away_the_originals_name(
    make_image: Callable[..., Image],
) -> None:
    image = make_image()
    token = Path(image.file.name).stem
    for spec in ("width-30", "width-30|format-png", "width-30|format-webp", "original"):
        rendition = image.get_rendition(spec)
        with rendition.file.open("rb") as file:
            content = file.read()
        assert planted.SECRET not in content
        assert not PillowImage.open(BytesIO(content)).getexif()
        assert token not in rendition.file.name


@pytest.mark.parametrize(
    "values",
    [{"alt_cy": ""}, {"alt_en": ""}, {"alt_en": "", "alt_cy": ""}, {"alt_cy": "  "}],
)
def test_a_picture_needs_its_text_in_both_languages(values: dict[str, Any], db: Any) -> None:
    given = {"title": "a", "alt_en": "A", "alt_cy": "A"} | values
    image = Image(file=ContentFile(planted.picture("JPEG"), name="a.jpg"), **given)
    with pytest.raises(ValidationError) as caught:
        image.full_clean()
    assert set(caught.value.message_dict) <= {"alt_en", "alt_cy"}


def test_the_database_refuses_half_a_text_even_from_code(make_image: Callable[..., Image]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_image(alt_cy="")
    assert make_image(alt_cy="", alt_en="", is_decorative=True).pk


def test_the_text_follows_the_language_and_is_empty_for_decoration(db: Any) -> None:
    image = Image(title="Amina at home", alt_en="Two colours.", alt_cy="Dau liw.")
    assert image.default_alt_text == "Two colours."
    with translation.override("cy"):
        assert image.default_alt_text == "Dau liw."
    assert image.alt_in("cy") == "Dau liw."
    image.is_decorative = True
    assert image.alt_in("en") == image.default_alt_text == ""


def form_with(file: SimpleUploadedFile, **values: Any) -> Any:
    user = User.objects.create_superuser("staff@example.org", "x")
    data = {"title": "A", "alt_en": "A", "alt_cy": "A", "collection": "1"} | values
    return get_image_form(Image)(data, {"file": file}, user=user)


def test_the_upload_form_stores_the_cleaned_file_and_the_sum_of_its_bytes(
    db: Any, tmp_path: Path
) -> None:
    form = form_with(SimpleUploadedFile("Amina.jpg", planted.picture("JPEG")))
    assert form.is_valid(), form.errors
    image = form.save()
    stored = (tmp_path / image.file.name).read_bytes()
    assert planted.SECRET not in stored
    assert image.file_size == len(stored)
    assert "tags" not in form.fields


def test_the_upload_form_takes_a_phone_picture_in_heic(db: Any) -> None:
    out = BytesIO()
    planted.pixels(64, 64).save(out, format="HEIF", exif=planted.exif())
    form = form_with(SimpleUploadedFile("IMG_1.heic", out.getvalue()))
    assert form.is_valid(), form.errors
    assert form.save().file.name.endswith(".jpg")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.png", planted.large_png(11_300, 11_300)),
        ("a.gif", planted.moving_gif(4_000, 2_100, 5)),
        ("a.jpg", planted.picture("JPEG")[:400]),
    ],
)
def test_the_upload_form_says_why_a_file_is_refused(name: str, content: bytes, db: Any) -> None:
    form = form_with(SimpleUploadedFile(name, content))
    assert "file" in form.errors


def test_an_upload_that_waits_for_its_texts_is_clean_and_nameless_meanwhile(
    db: Any, client: Any, tmp_path: Path
) -> None:
    user = User.objects.create_superuser("staff@example.org", "x")
    client.force_login(user)
    from django.contrib.contenttypes.models import ContentType

    upload = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Image),
        file=SimpleUploadedFile("Amina.jpg", planted.picture("JPEG")),
        uploaded_by_user=user,
    )
    assert "Amina" not in upload.file.name
    assert planted.SECRET not in everything_stored(tmp_path)
    answer = client.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload.pk]),
        {
            f"uploaded-image-{upload.pk}-title": "A",
            f"uploaded-image-{upload.pk}-alt_en": "A",
            f"uploaded-image-{upload.pk}-alt_cy": "A",
            f"uploaded-image-{upload.pk}-collection": "1",
        },
    )
    assert answer.json()["success"], answer.content
    assert TOKEN.match(Image.objects.get().file.name)


def test_the_upload_form_refuses_a_bomb_without_decoding_it(
    db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*args: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", decode)
    form = form_with(SimpleUploadedFile("a.png", planted.large_png(11_300, 11_300)))
    assert "40 megapixels" in form.errors["file"][0]
