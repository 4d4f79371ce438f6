"""Pages to be found: pairs and pages of one language, already in the index."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from bilingual import door
from home.models import StandardPage
from search import rebuild, texts
from search.backends.elasticsearch import breaker
from tests.elasticsearch.server import Node, running_elasticsearch
from tests.search.engines import backends, settle

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
        texts.remember([page.pk])
        return page, twin

    return make


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """One real Elasticsearch for all tests of this process."""
    with running_elasticsearch() as node:
        yield node


@pytest.fixture
def use_engine(db: Any, settings: Any) -> Iterator[Callable[[str], None]]:
    """`use_engine(url)`: the site searches in this Elasticsearch, and knows nothing bad of it."""

    def use(url: str) -> None:
        settings.WAGTAILSEARCH_BACKENDS = backends(url)
        breaker.close()

    yield use
    breaker.close()


@pytest.fixture
def elasticsearch(node: Node, use_engine: Callable[[str], None]) -> Iterator[Node]:
    """The site searches in a real Elasticsearch, which holds what the database holds."""
    use_engine(node.url)
    if not get_search_backend().get_index_for_model(Page).is_alias():
        rebuild.rebuild_backend("default")
    settle()
    yield node
    node.thaw()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is waited for longer than a reader would: this machine may be busy."""
    for name in ("SECONDS_FOR_A_CALL", "SECONDS_FOR_A_REQUEST"):
        monkeypatch.setattr(f"search.backends.elasticsearch.{name}", 30.0)
    monkeypatch.setattr("search.queue.SECONDS_TO_SEND", 30.0)


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """`with commit():` what happens inside is committed at its end, as in a request."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
