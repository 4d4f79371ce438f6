"""The sections and standing pages of both languages, kept in the cache between changes."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from bilingual.models import HOME_DEPTH

CACHE_KEY = "core.navigation"
CACHE_SECONDS = 60  # another process may have changed a page: a minute at most until it shows


@dataclass(frozen=True)
class Entry:
    """A page as menus show it. `key` is the pair's translation key as text."""

    key: str
    path: str
    title: str
    url: str
    language: str
    cloth: str
    in_menu: bool
    takes_messages: bool


def entries() -> list[Entry]:
    """The live homes and their live children, in both languages and in tree order.

    An entry whose twin is not live stands for both languages; menus show it with its `lang`.
    """
    found = cache.get(CACHE_KEY)
    if found is None:
        found = _read()
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return list(found)


def home_of(language: str) -> Entry | None:
    """The home page of a language, where it is live."""
    return next(
        (entry for entry in entries() if _is_home(entry) and entry.language == language), None
    )


def children_of_home(language: str) -> list[Entry]:
    """Sections and standing pages for a reader of `language`: the twin, else the original."""
    own: dict[str, Entry] = {}
    for entry in entries():
        if not _is_home(entry) and (entry.key not in own or entry.language == language):
            own[entry.key] = entry
    return list(own.values())


def section_of(path: str, language: str) -> Entry | None:
    """The section that a tree path lies in, for a reader of `language`."""
    keys = {entry.key for entry in entries() if not _is_home(entry) and path.startswith(entry.path)}
    return next((entry for entry in children_of_home(language) if entry.key in keys), None)


def _is_home(entry: Entry) -> bool:
    return entry.url.count("/") == 2


def _read() -> list[Entry]:
    root = (
        Site.objects.filter(is_default_site=True).values_list("root_page__path", flat=True).first()
    )
    if root is None:
        return []
    pages = (
        Page.objects.live()
        .filter(depth__in=(HOME_DEPTH, HOME_DEPTH + 1))
        .select_related("locale", for_specific_subqueries=True)
        .order_by("path")
        .specific(defer=False)
    )
    prefix = {page.path: page.locale.language_code for page in pages if page.depth == HOME_DEPTH}
    result = []
    for page in pages:
        language = page.locale.language_code
        slugs = page.url_path.strip("/").split("/")[1:]
        if page.path[: len(root)] not in prefix:
            continue
        result.append(
            Entry(
                key=str(page.translation_key),
                path=page.path,
                title=page.title,
                url="/" + "/".join([language, *slugs]) + "/",
                language=language,
                cloth=str(getattr(page, "cloth", "croeso")),
                in_menu=page.show_in_menus,
                takes_messages=getattr(page, "takes_messages", False),
            )
        )
    return result


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def forget_navigation(sender: Any, **kwargs: Any) -> None:
    """A change of any page may change a menu."""
    cache.delete(CACHE_KEY)


@receiver([post_save, post_delete], sender=Site)
def forget_navigation_of_the_site(sender: Any, **kwargs: Any) -> None:
    cache.delete(CACHE_KEY)


@receiver(post_delete)
def forget_navigation_of_a_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        cache.delete(CACHE_KEY)
