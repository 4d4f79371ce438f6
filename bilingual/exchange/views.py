"""The screen for translators' files: choose pages and take them away, bring files back."""

from __future__ import annotations

import io
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.models import Page, get_page_models

from bilingual import pairs
from bilingual.dashboard import writable
from bilingual.exchange import files, intake
from bilingual.exchange.files import FORMATS
from bilingual.models import LANGUAGES, LanguageException, PairedPage, other_language

MOST_PAGES = 100  # in one batch, and in the list
MOST_BYTES = 4 * files.LARGEST_FILE  # of one upload, and of what an archive unpacks to


def to_translate(user: Any, language: str) -> list[Page]:
    """The pages of this language that the user may write: wanted ones, then drafts, then newest."""
    paired = [model for model in get_page_models() if issubclass(model, PairedPage)]
    wanted = LanguageException.objects.filter(
        translation_key=OuterRef("translation_key"),
        language=other_language(language),
        closed_at__isnull=True,
    )
    pages = (
        writable(user)
        .filter(
            locale__language_code=language,
            content_type__in=ContentType.objects.get_for_models(*paired).values(),
        )
        .annotate(is_wanted=Exists(wanted))
        .order_by("-is_wanted", "live", "-latest_revision_created_at", "pk")
    )
    return list(pages[:MOST_PAGES])


def other_titles(pages: list[Page]) -> dict[uuid.UUID, str]:
    """Titles of the twins, by key."""
    rows = Page.objects.filter(
        translation_key__in=[page.translation_key for page in pages]
    ).exclude(pk__in=[page.pk for page in pages])
    return dict(rows.values_list("translation_key", "draft_title"))


class Exchange(View):
    """Lists pages for one language, and answers an upload with a receipt for each file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, [])

    def post(self, request: HttpRequest) -> HttpResponse:
        receipts = [
            intake.take_in(name, data, request.user)
            for upload in request.FILES.getlist("files")[:MOST_PAGES]
            for name, data in unpacked(upload)
        ]
        if not receipts:
            messages.error(request, _("Choose a file first."))
        return self.show(request, receipts)

    def show(self, request: HttpRequest, receipts: list[intake.Receipt]) -> HttpResponse:
        asked = request.GET.get("language", "")
        own = "cy" if get_language() == "cy" else "en"
        language = asked if asked in LANGUAGES else own
        pages = to_translate(request.user, language)
        titles = other_titles(pages)
        for page in pages:
            page.read_title = titles.get(page.translation_key, "")
        context = {
            "language": language,
            "languages": [own, other_language(own)],
            "source": other_language(language),
            "pages": pages,
            "formats": [(key, each.label) for key, each in FORMATS.items()],
            "receipts": receipts,
        }
        return render(request, "wagtailadmin/pairs/exchange.html", context)


def unpacked(upload: Any) -> Iterator[tuple[str, bytes]]:
    """The files of an upload: itself, or what an archive holds. Too much gives one empty file."""
    name = upload.name or ""
    if upload.size > MOST_BYTES:
        yield name, b"x" * (files.LARGEST_FILE + 1)
        return
    data = upload.read()
    if not data.startswith(b"PK"):
        yield name, data
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()][:MOST_PAGES]
        left = MOST_BYTES
        for entry in entries:
            with archive.open(entry) as member:
                content = member.read(min(files.LARGEST_FILE, left) + 1)
            left -= len(content)
            yield entry.filename, content if left >= 0 else b"x" * (files.LARGEST_FILE + 1)
            if left < 0:
                return
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError,
    ):  # fmt: skip
        yield name, b"\0"


def exchange_out(request: HttpRequest) -> HttpResponse:
    """One file, or an archive of several, for the pages and the language asked for."""
    language, kind = request.GET.get("language", ""), request.GET.get("format", "")
    made = []
    if language in LANGUAGES and kind in FORMATS:
        for page in _asked_for(request):
            try:
                bundle = intake.bundle_of(page, language)
            except pairs.PairRefused as refusal:
                messages.error(request, str(refusal))
                return redirect("exchange")
            target = pairs.pair_of(page).side(language)
            if target.permissions_for_user(request.user).can_edit():
                made.append((_name(page, language, kind), FORMATS[kind].write(bundle)))
    if not made:
        messages.error(request, _("Choose at least one page, a language and a kind of file."))
        return redirect("exchange")
    if len(made) == 1:
        name, data = made[0]
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in made:
                archive.writestr(name, data)
        name, data = f"noddfa-{language}.zip", packed.getvalue()
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked_for(request: HttpRequest) -> list[Page]:
    keys = set()
    for text in request.GET.getlist("pair")[:MOST_PAGES]:
        try:
            keys.add(uuid.UUID(text))
        except ValueError:
            continue
    rows = Page.objects.filter(translation_key__in=keys, depth__gt=1).select_related("locale")
    once = {page.translation_key: page for page in rows.order_by("pk")}
    return [page for page in once.values() if issubclass(page.specific_class or Page, PairedPage)]


def _name(page: Page, language: str, kind: str) -> str:
    """The key's start keeps the names of a batch apart."""
    words = slugify(page.draft_title)[:50] or "page"
    source = other_language(language)
    return f"{words}-{str(page.translation_key)[:8]}-{source}-{language}.{FORMATS[kind].suffix}"
