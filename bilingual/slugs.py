"""Addresses of pages: each language's own title, folded to ASCII.

A Welsh address is part of a Welsh page, and it must survive being read out on the telephone.
"""

import re
import unicodedata

from django.db.models import Q
from wagtail.models import Page

LONGEST = 200  # characters; the column holds 255, and a suffix must still fit
NAMELESS = {"en": "page", "cy": "tudalen"}
_APOSTROPHES = re.compile("['’‘ʼ`´]")
# Letters that have no decomposition, so that folding would lose them.
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"})


def slug_of(title: str) -> str:
    """Fold a title: `Tŷ'r Dŵr: ein hanes â chi` gives `tyr-dwr-ein-hanes-a-chi`.

    Empty where nothing is left (a title of emoji only).
    """
    plain = _APOSTROPHES.sub("", title.lower()).translate(_PLAIN)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def follows(slug: str, title: str, language: str) -> bool:
    """Whether this address is the one that the title gives, so that it may change with it."""
    given = re.sub(r"-[0-9]+$", "", slug)
    return not slug or {slug, given}.intersection((slug_of(title), NAMELESS[language])) != set()


def free_slug(page: Page, parent: Page, language: str, wanted: str = "") -> str:
    """The first free slug below `parent` for this page's title, or for the one that is `wanted`.

    Routing looks among the children of the section and of its twin section, so both count as
    taken, except by this page's own twin. A second page of one title gets `-2`.
    """
    wanted = wanted or slug_of(page.title) or NAMELESS[language]
    below = Q(path__startswith=parent.path, depth=parent.depth + 1)
    for twin in Page.objects.filter(translation_key=parent.translation_key).exclude(pk=parent.pk):
        below |= Q(path__startswith=twin.path, depth=twin.depth + 1)
    others = Page.objects.filter(below, slug__startswith=wanted)
    if page.pk:
        others = others.exclude(pk=page.pk)
    others = others.exclude(
        ~Q(locale__language_code=language), translation_key=page.translation_key
    )
    taken = set(others.values_list("slug", flat=True))
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
