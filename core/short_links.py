"""Short links for paper: `/s/<code>` leads to both languages of a page, whichever is read.

The code is made from the key that both pages of a pair carry, so it stays when titles, slugs or
files change, and no table holds it. Nobody is counted and no cookie is set.
"""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from bilingual.models import is_restricted, language_of, path_of
from bilingual.switch import OWN_NAMES, absolute

# Crockford's base 32: no letter that is mistaken for a digit or another letter.
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
MISREAD = str.maketrans("oil", "011")
LENGTH = 10  # of the code: the first 50 bits of the key
UNUSED_BITS = 128 - 5 * LENGTH


def code_of(key: uuid.UUID) -> str:
    """The code of a pair, from its translation key."""
    number = key.int >> UNUSED_BITS
    return "".join(DIGITS[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def short_path(key: uuid.UUID) -> str:
    """The path that is printed for a pair."""
    return f"/s/{code_of(key)}"


def short_address(key: uuid.UUID) -> str:
    """The same with scheme and host, for QR codes."""
    return absolute(short_path(key))


def keys_behind(code: str) -> tuple[uuid.UUID, uuid.UUID]:
    """The least and the greatest key with this code, as it may have been typed from paper.

    Raises:
        ValueError: no code looks like this.
    """
    plain = code.lower().translate(MISREAD)
    if len(plain) != LENGTH:
        raise ValueError(f"A code has {LENGTH} letters and digits.")
    number = 0
    for letter in plain:
        number = number << 5 | DIGITS.index(letter)
    first = number << UNUSED_BITS
    return uuid.UUID(int=first), uuid.UUID(int=first + (1 << UNUSED_BITS) - 1)


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Both languages side by side, Welsh read first. 410 for a pair that is no longer public.

    Raises:
        Http404: there has never been a public page of this code.
    """
    try:
        least, greatest = keys_behind(code)
    except ValueError as error:
        raise Http404 from error
    pages = list(
        Page.objects.filter(
            ~is_restricted(), translation_key__gte=least, translation_key__lte=greatest
        ).select_related("locale")
    )
    live = {language_of(page): page for page in pages if page.live}
    if not live and not any(page.first_published_at for page in pages):
        raise Http404
    faces = [face for language in ("cy", "en") if (face := _face(live.get(language))) is not None]
    response = render(
        request, "pages/core/short_link.html", {"faces": faces}, status=200 if faces else 410
    )
    response["Content-Language"] = "cy, en"
    response["X-Robots-Tag"] = "noindex"
    return response


def _face(page: Page | None) -> dict[str, Any] | None:
    path = None if page is None else path_of(page)
    if page is None or path is None:
        return None
    language = language_of(page)
    return {"language": language, "name": OWN_NAMES[language], "title": page.title, "url": path}
