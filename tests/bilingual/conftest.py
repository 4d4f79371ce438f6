"""Users and the pair that most tests of this room start from."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from bilingual import pairs
from home.models import StandardPage

BODY = {
    "en": "Nobody should be without a place to sleep tonight",
    "cy": "Ni ddylai neb fod heb le i gysgu heno",
}


def new_page(title: str, language: str = "en", **values: Any) -> StandardPage:
    """A standing page that is not yet in the tree."""
    return StandardPage(**{"title": title, "summary": BODY[language], **values})


@pytest.fixture
def homes(site_trees: dict[str, Any]) -> dict[str, Any]:
    return site_trees


@pytest.fixture
def draft_pair(homes: dict[str, Any]) -> pairs.Pair:
    """“Too small” and “Rhy fach”: complete in both languages, not public."""
    return pairs.create_pair(homes["en"], new_page("Too small"), new_page("Rhy fach", "cy"))


@pytest.fixture
def live_pair(draft_pair: pairs.Pair) -> pairs.Pair:
    return pairs.publish_pair(draft_pair.en)


@pytest.fixture
def half_written(homes: dict[str, Any]) -> pairs.Pair:
    """The Welsh page lacks its summary."""
    return pairs.create_pair(
        homes["en"], new_page("Half written"), new_page("Hanner", "cy", summary="")
    )


@pytest.fixture
def administrator(db: Any) -> Any:
    return get_user_model().objects.create_superuser("admin@example.org", "secret")


def member(email: str, *rights: tuple[Page, str]) -> Any:
    """A member of staff with these rights on these trees."""
    user = get_user_model().objects.create_user(email, "secret")
    group = Group.objects.create(name=email)
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    for page, codename in rights:
        GroupPagePermission.objects.create(
            group=group,
            page=page,
            permission=Permission.objects.get(
                codename=f"{codename}_page", content_type__app_label="wagtailcore"
            ),
        )
    user.groups.add(group)
    return user


@pytest.fixture
def english_publisher(homes: dict[str, Any]) -> Any:
    """May do everything to English pages and nothing to Welsh ones."""
    return member(
        "english@example.org",
        *[(homes["en"], right) for right in ("add", "change", "publish", "bulk_delete")],
    )


@pytest.fixture
def editor(homes: dict[str, Any]) -> Any:
    """May write in both trees and publish in neither."""
    return member(
        "editor@example.org",
        *[(home, right) for home in homes.values() for right in ("add", "change")],
    )


def is_live(pair: pairs.Pair) -> tuple[bool, bool]:
    """(English, Welsh) as stored now."""
    stored = dict(
        Page.objects.filter(translation_key=pair.en.translation_key).values_list(
            "locale__language_code", "live"
        )
    )
    return stored["en"], stored["cy"]


def half_pairs() -> list[str]:
    """Titles of pages that are public without their other language."""
    return [
        page.title
        for page in Page.objects.filter(live=True, depth__gt=1)
        if not Page.objects.filter(translation_key=page.translation_key, live=True)
        .exclude(pk=page.pk)
        .exists()
    ]
