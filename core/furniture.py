"""What stands around the content of every page: menus, switcher, metadata.

`furniture` is the context processor for views and error pages; `page_furniture` is what a page
adds about itself. No template asks the database for anything.
"""

from typing import Any
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bilingual.models import LANGUAGES, other_language, path_in
from bilingual.switch import absolute, alternates_for, canonical_for, switch_for
from core import navigation
from core.alerts import banner_for
from files.renditions import SHARE_SIZE, share_picture


def interface_language() -> str:
    """The language of menus and labels: "en" or "cy"."""
    language = (get_language() or "en")[:2]
    return language if language in LANGUAGES else "en"


def furniture(request: HttpRequest) -> dict[str, Any]:
    """Menus, switcher and default metadata for any public answer. Empty in the admin."""
    if request.path.startswith("/admin/"):
        return {}
    language = interface_language()
    sections = navigation.children_of_home(language)
    home = navigation.home_of(language)
    return {
        "interface_language": language,
        "content_language": getattr(request, "content_language", language),
        "site_nav": [_link(entry, request, language) for entry in sections if entry.in_menu],
        "foot_nav": [_link(entry, request, language) for entry in sections if not entry.in_menu],
        "home_url": home.url if home else f"/{language}/",
        "search_url": _search_url(),
        "switch": switch_for(request),
        "alert": banner_for(language, _sections_at(request.path)),
        "save_data": request.headers.get("Save-Data", "").lower() == "on",
        "cloth": "croeso",
        "crumbs": [],
        "meta": {
            "title": "",
            "description": "",
            "canonical": "",
            "alternates": [],
            "noindex": True,
        },
    }


def page_furniture(request: HttpRequest, page: Any) -> dict[str, Any]:
    """What a page says about itself: metadata, crumbs, switcher, cloth and the end of the page."""
    language = interface_language()
    content_language = page.locale.language_code
    is_fallback = content_language != language
    is_preview = getattr(request, "is_preview", False)
    return {
        "content_language": content_language,
        "is_fallback": is_fallback,
        # A recorded exception says when the reader's language follows, or that it is behind.
        "due_on": getattr(page, "due_on", None),
        "is_behind": not is_fallback
        and getattr(page, "waits_for", None) == other_language(content_language),
        "cloth": page.cloth,
        "cloth_seed": page.seed,
        "opens_with_cloth": False,
        "quick_exit": page.quick_exit,
        "sample": page.is_sample,
        "switch": switch_for(request, page),
        "crumbs": crumbs(page, language),
        "meta": {
            "title": page.seo_title or page.title,
            "description": page.search_description or page.summary,
            "social_text": page.social_text or page.search_description or page.summary,
            "picture": _share_picture(page, content_language),
            "canonical": canonical_for(page),
            "alternates": [] if is_fallback or is_preview else alternates_for(page),
            "noindex": is_fallback or is_preview,
            "language": content_language,
            "other_language": other_language(content_language),
        },
        "page_end": {
            "last_changed": page.last_published_at or page.latest_revision_created_at,
            "contact_url": _contact_url(request, language),
        },
    }


def _sections_at(path: str) -> set[str]:
    """The pair keys of the sections that an address lies in; the home pages are no section."""
    return {entry.key for entry in navigation.entries() if path.startswith(entry.url)}


def _contact_url(request: HttpRequest, language: str) -> str:
    """The contact form, told which page it is about; empty on the form itself."""
    form = next((e for e in navigation.children_of_home(language) if e.takes_messages), None)
    if form is None or request.path == form.url:
        return ""
    return f"{form.url}?{urlencode({'about': request.path})}"


def _share_picture(page: Any, language: str) -> dict[str, Any]:
    """The picture of a page elsewhere: its own, else the house card; width and height in pixels."""
    rendition = share_picture(page.image) if page.image_id else None
    width, height = SHARE_SIZE
    return {
        "url": urljoin(settings.BASE_URL, rendition.url)
        if rendition
        else absolute(static("cards/house.png")),
        "width": width,
        "height": height,
        "alt": page.image.alt_in(language) if rendition else "",
    }


def crumbs(page: Any, language: str) -> list[dict[str, Any]]:
    """The way to this page: home, section and the pages between, in the reader's language."""
    if page.depth <= navigation.HOME_DEPTH:
        return []
    home = navigation.home_of(language)
    trail = [{"title": _("Home"), "url": home.url if home else f"/{language}/", "lang": ""}]
    if page.depth == navigation.HOME_DEPTH + 1:
        return trail
    section = navigation.section_of(page.path, language)
    if section is not None:
        trail.append(_crumb(section.title, section.url, section.language, language))
    if page.depth == navigation.HOME_DEPTH + 2:
        return trail
    between = page.get_ancestors().filter(depth__gt=navigation.HOME_DEPTH + 1, live=True)
    for ancestor in between:
        trail.append(
            _crumb(
                ancestor.title,
                path_in(ancestor, language) or "",
                page.locale.language_code,
                language,
            )
        )
    return trail


def _crumb(title: str, url: str, its_language: str, language: str) -> dict[str, Any]:
    return {"title": title, "url": url, "lang": its_language if its_language != language else ""}


def _link(entry: navigation.Entry, request: HttpRequest, language: str) -> dict[str, Any]:
    return {
        "title": entry.title,
        "url": entry.url,
        "cloth": entry.cloth,
        "lang": entry.language if entry.language != language else "",
        "current": request.path.startswith(entry.url),
    }


def _search_url() -> str:
    try:
        return reverse("search")
    except NoReverseMatch:
        return ""
