"""Journey V5: an event is found by what a person needs, and nothing says where it is."""

from collections.abc import Callable
from typing import Any

import pytest

LANGUAGES = ("en", "cy")
EVENTS = {"en": "/en/events/", "cy": "/cy/digwyddiadau/"}
SHIRE = {"en": "We send the address only", "cy": "Dim ond at bobl sydd â lle"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", [True, False])
def test_v5_an_event_is_found_by_access_and_area_and_its_calendar_has_no_address(
    visit: Callable[..., Any], demo_site: str, language: str, script: bool
) -> None:
    page = visit(EVENTS[language], width=360, script=script).page
    page.locator(".facets__toggle").click()
    page.check("input[name=access][value=step-free]")
    page.check("input[name=area][value=powys]")
    page.locator(".facets__form button").click()
    assert page.locator(".date-row").count() >= 1
    assert set(page.locator(".date-row__body").all_inner_texts())
    page.locator(".date-row h3 a").first.click()
    text = page.locator("main").inner_text()
    assert "Powys" in text
    assert SHIRE[language] in text
    with page.expect_download() as started:
        page.locator("a.file[href$='.ics']").click()
    ics = started.value.path().read_text(encoding="utf-8")
    assert "LOCATION:Powys" in ics
    assert "SEQUENCE:" in ics and "STATUS:CONFIRMED" in ics
