"""A story opens with its picture where an editor says so, else with its cloth."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pixels

from case_studies.models import CaseStudyPage
from files.models import Image
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db


def hills() -> Image:
    data = BytesIO()
    Pixels.new("RGB", (1600, 900), "#12414a").save(data, "JPEG")
    file = SimpleUploadedFile("hills.jpg", data.getvalue(), "image/jpeg")
    return Image.objects.create(
        title="staff words", file=file, alt_en="Hills in mist.", alt_cy="Bryniau mewn niwl."
    )


def test_the_picture_speaks_the_language_of_the_page_and_staff_words_stay_inside(
    client: Client, django_capture_on_commit_callbacks: object
) -> None:
    image = hills()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        english, welsh = make_pair(CaseStudyPage, image=image, show_cover=True)
    for page, words in ((english, "Hills in mist."), (welsh, "Bryniau mewn niwl.")):
        html = client.get(page.url).content.decode()
        assert f'alt="{words}"' in html
        assert "staff words" not in html
        assert "width=" in html


def test_without_the_switch_a_page_opens_with_its_cloth(client: Client) -> None:
    english, _welsh = make_pair(CaseStudyPage, image=hills())
    assert "<img" not in client.get(english.url).content.decode()
