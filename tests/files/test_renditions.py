"""A reader never waits for a picture, and a phone gets a small one."""

import os
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image as PillowImage

from files.models import Image
from files.renditions import PHONE_LIMIT, PHONE_WIDTHS, Spec, make_renditions, picture


@pytest.fixture
def noisy_image(make_image: Callable[..., Image]) -> Image:
    """The worst case for a compressor, 1,000 pixels wide."""
    noise = PillowImage.frombytes("RGB", (1000, 700), os.urandom(1000 * 700 * 3))
    out = BytesIO()
    noise.resize((1000, 700)).save(out, format="JPEG", quality=85)
    return make_image(out.getvalue())


def test_a_picture_is_made_once_and_then_only_read(
    make_image: Callable[..., Image], django_assert_num_queries: Any
) -> None:
    image = make_image()
    assert picture(image, "en") is None
    first = make_renditions(image)
    assert [r.pk for r in make_renditions(image)] == [r.pk for r in first]
    image = Image.objects.get()
    with django_assert_num_queries(1):
        shown = picture(image, "cy")
    assert shown is not None
    assert shown.alt == "Dau liw."
    assert (shown.width, shown.height) == (60, 40)
    html = str(shown)
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")
    assert 'width="60" height="40" alt="Dau liw." loading="lazy"' in html
    assert "original_images" not in html
    assert 'loading="lazy"' not in str(picture(image, "cy", lazy=False))
    assert picture(None, "en") is None


def test_quality_steps_down_until_a_file_fits_and_the_larger_ones_do_not_stay(
    noisy_image: Image,
) -> None:
    free = make_renditions(noisy_image, [Spec(400, "webp")])[0].file.size
    noisy_image.renditions.all().delete()
    limit = int(free * 0.8)
    kept = make_renditions(noisy_image, [Spec(400, "webp", most_bytes=limit)])
    assert kept[0].file.size <= limit
    assert noisy_image.renditions.count() == 1


def test_what_a_phone_is_offered_weighs_no_more_than_its_limit(
    make_image: Callable[..., Image],
) -> None:
    gradient = PillowImage.radial_gradient("L").resize((1000, 700))
    detail = PillowImage.effect_noise((1000, 700), 30)
    out = BytesIO()
    PillowImage.merge("RGB", (gradient, detail, gradient)).save(out, format="JPEG", quality=92)
    image = make_image(out.getvalue())
    make_renditions(image)
    phone = [r for r in image.renditions.all() if r.width in PHONE_WIDTHS]
    assert len(phone) == 4
    assert max(r.file.size for r in phone) <= PHONE_LIMIT


def test_text_in_a_picture_is_escaped(make_image: Callable[..., Image]) -> None:
    image = make_image(alt_en='"><script>')
    make_renditions(image)
    assert "<script>" not in str(picture(image, "en"))


def test_publishing_a_page_makes_its_picture(
    make_image: Callable[..., Image], site_trees: dict[str, Any]
) -> None:
    image = make_image()
    from wagtail.signals import page_published

    page = site_trees["en"]
    page.image = image
    page_published.send(sender=type(page), instance=page, revision=None)
    assert picture(Image.objects.get(), "en") is not None
