"""Thousands of pairs of plain pages, in bulk: what a search is measured on.

Words follow the frequencies of the demo's own texts, so that frequent words stand on most pages.
One pair in a hundred has no Welsh page yet.
"""

import random
import re
import uuid
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from demo.data import pages as demo_pages
from home.models import StandardPage

WORDS_ON_A_PAGE = 120
ALONE = 100  # one page in so many is in English only
WORDS_IN_A_TITLE = 4
AT_ONCE = 500


@cache
def vocabulary(language: str) -> tuple[list[str], list[int]]:
    """The words of the demo in a language, and how often each stands there."""
    texts: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, str):
            texts.append(re.sub(r"<[^>]+>", " ", value))
        elif isinstance(value, dict):
            for part in value.values():
                collect(part)
        elif isinstance(value, list):
            for part in value:
                collect(part)

    for page in demo_pages():
        collect(page.texts[language])
    counted = Counter(re.findall(r"[^\W\d_]+", " ".join(texts).lower()))
    return list(counted), list(counted.values())


def plant(pairs: int, seed: int = 1) -> None:
    """Write this many live pairs of standard pages below a section, without any index entry.

    Not below the homes: their children are the menus.
    """
    chance = random.Random(seed)
    section = Page.objects.filter(depth=3, locale__language_code="en").order_by("path")[0]
    twins = Page.objects.filter(translation_key=section.translation_key).select_related("locale")
    parents = {page.locale.language_code: page for page in twins}
    content_type = ContentType.objects.get_for_model(StandardPage)
    now = timezone.now()
    first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    taken = {language: last_position(parent) for language, parent in parents.items()}
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for start in range(0, pairs, AT_ONCE):
        planted = []
        for number in range(start, min(start + AT_ONCE, pairs)):
            key = uuid.UUID(int=chance.getrandbits(128))
            languages = ("en",) if number % ALONE == 0 else ("en", "cy")
            for side, language in enumerate(languages):
                parent, words = parents[language], vocabulary(language)
                title = " ".join(chance.choices(*words, k=WORDS_IN_A_TITLE)).capitalize()
                text = " ".join(chance.choices(*words, k=WORDS_ON_A_PAGE - WORDS_IN_A_TITLE))
                taken[language] += 1
                slug = f"planted-{number}"
                page = StandardPage(
                    title=title, draft_title=title, slug=slug, summary=text, live=True,
                    locale=locales[language], translation_key=key, content_type=content_type,
                    path=Page._get_path(parent.path, parent.depth + 1, taken[language]),
                    depth=parent.depth + 1, url_path=f"{parent.url_path}{slug}/",
                    first_published_at=now, last_published_at=now,
                )  # fmt: skip
                page.pk = page.id = page.page_ptr_id = first + 2 * number + side
                planted.append(page)
        insert_pages(planted)
    for language, parent in parents.items():
        Page.objects.filter(pk=parent.pk).update(numchild=taken[language])


def last_position(parent: Page) -> int:
    """The number of the last child in the tree; 0 where there is none."""
    last = parent.get_last_child()
    return 0 if last is None else Page._str2int(last.path[-Page.steplen :])


def insert_pages(planted: Sequence[Page]) -> None:
    """Both tables of each page; `raw` writes the row of the type alone and sends no signals."""
    with transaction.atomic():
        Page.objects.bulk_create(
            [
                Page(**{field.attname: getattr(page, field.attname) for field in _page_fields()})
                for page in planted
            ]
        )
        for page in planted:
            page.save_base(raw=True, force_insert=True)
        with connection.cursor() as cursor:  # PostgreSQL does not count keys that it is given
            for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
                cursor.execute(statement)


@cache
def _page_fields() -> list[Any]:
    return list(Page._meta.concrete_fields)
