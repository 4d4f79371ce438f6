"""A draft is shown in the panel beside the editor, in its own language, and nowhere else framed."""

import pytest
from django.test import Client

from home.models import StandardPage
from tests.factories.pairs import make_pair

pytestmark = pytest.mark.django_db


def test_the_admin_may_frame_a_preview_and_nobody_may_frame_the_page(client: Client) -> None:
    _english, welsh = make_pair(StandardPage)
    preview = welsh.make_preview_request()
    assert preview.status_code == 200
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert '<main id="main" tabindex="-1" lang="cy">' in preview.content.decode()
    assert "frame-ancestors 'none'" in client.get(welsh.url)["Content-Security-Policy"]
