"""The pictures of the editors' guides, taken anew from a running demo in both languages.

make run   # in another window
python -m tests.browser.pictures http://127.0.0.1:8000 var/demo-password.txt
"""

import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.test_editors import sign_in

GUIDES = Path(__file__).resolve().parents[2] / "docs/editors"
STORY = "main .pairs__new a[href*='/casestudypage/']"
QUALITY = 70  # of 100: sharp letters in less than 60 KB


def keep(page: Any, language: str, name: str) -> None:
    """What stands on the screen now, as a small WebP."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(GUIDES / language / "pictures" / f"{name}.webp", quality=QUALITY, method=6)


def take(page: Any, origin: str, language: str) -> None:
    """The first screen, a new story in two columns, a page in the ordinary editor."""
    page.goto(f"{origin}/admin/")  # without the greeting
    keep(page, language, "dashboard")
    page.locator(STORY).click()
    page.wait_for_selector("#pair-form[data-started]")
    keep(page, language, "both")
    page.goto(f"{origin}/admin/pages/36/edit/")
    page.click("[data-side-panel-toggle=status]")
    page.locator("[data-side-panel=status]").wait_for(state="visible")
    page.wait_for_timeout(800)  # the panel slides in
    keep(page, language, "editor")


def main(origin: str, password_file: str) -> None:
    password = Path(password_file).read_text(encoding="utf-8").strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language in ("en", "cy"):
            view = {"width": 1280, "height": 800}
            page = browser.new_context(viewport=view, locale=f"{language}-GB").new_page()
            sign_in(page, origin, password)
            take(page, origin, language)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
