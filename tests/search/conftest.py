"""Pages to be found: pairs and pages of one language, already in the index."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.search import index

from bilingual import door
from home.models import StandardPage
from search import texts

MakePage = Callable[..., Any]


@pytest.fixture
def make_page(site_trees: dict[str, Any]) -> MakePage:
    """Makes a live, indexed page in one language: `make_page("cy", "Croeso", summary="…")`."""

    def make(language: str, title: str, model: type[Any] = StandardPage, **values: Any) -> Any:
        home = site_trees[language].specific_class.objects.get(pk=site_trees[language].pk)
        page = model(title=title, locale=home.locale, live=True, **values)
        with door.opened():
            home.add_child(instance=page)
        index.insert_or_update_object(page)
        texts.remember([page.pk])
        return page

    return make


@pytest.fixture
def make_pair(make_page: MakePage) -> MakePage:
    """Makes a live pair: `make_pair("Welcome", "Croeso")` gives (English page, Welsh page)."""

    def make(english: str, welsh: str, **values: Any) -> tuple[Any, Any]:
        page = make_page("en", english, **values)
        twin = make_page("cy", welsh, translation_key=page.translation_key, **values)
        index.insert_or_update_object(type(page).objects.get(pk=page.pk))  # it has a twin now
        return page, twin

    return make
