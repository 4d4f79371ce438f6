"""The editors' guide inside the admin: `docs/editors`, one page in each language."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

LANGUAGES = ("en", "cy")
FOLDER = Path(settings.BASE_DIR) / "docs" / "editors"
# Links of the files to each other and to their pictures, as seen from a page of the admin.
OTHER_FILE = re.compile(r"\]\(\.\./(en|cy)/README\.md\)")
PICTURE = re.compile(r"\]\(pictures/([\w-]+\.webp)\)")


def guide_in(language: str) -> str:
    """The guide of one language as HTML. Raw HTML in the file is shown as text."""
    text = (FOLDER / language / "README.md").read_text(encoding="utf-8")
    text = OTHER_FILE.sub(lambda found: f"]({reverse('guide_page', args=[found[1]])})", text)
    text = PICTURE.sub(
        lambda found: f"]({reverse('guide_picture', args=[language, found[1]])})", text
    )
    html: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return html


def guide(request: HttpRequest) -> HttpResponse:
    """Lead to the guide in the editor's language."""
    return redirect("guide_page", get_language() if get_language() in LANGUAGES else "en")


def guide_page(request: HttpRequest, language: str) -> HttpResponse:
    if language not in LANGUAGES:
        raise Http404
    context = {"language": language, "guide": mark_safe(guide_in(language))}
    return render(request, "wagtailadmin/guide.html", context)


def guide_picture(request: HttpRequest, language: str, name: str) -> FileResponse:
    """One of the pictures that lie beside the guide."""
    folder = FOLDER / language / "pictures"
    if language not in LANGUAGES or name not in {file.name for file in folder.glob("*.webp")}:
        raise Http404
    return FileResponse((folder / name).open("rb"), content_type="image/webp")


def urls() -> list[URLPattern]:
    return [
        path("guide/", guide, name="guide"),
        path("guide/<slug:language>/", guide_page, name="guide_page"),
        path("guide/<slug:language>/pictures/<str:name>", guide_picture, name="guide_picture"),
    ]
