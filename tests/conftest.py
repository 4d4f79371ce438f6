"""Fixtures that every room's tests share."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from tests.databases import is_postgres, migrated_database, name_of

# Python would look through all modules and tests again and again for what can be thrown away,
# a twelfth of the run. From the collection on they are left out of it (`gc.freeze`).
gc.set_threshold(50_000, 20, 50)

# What takes long to set up is set up in one process only: the group of all tests that ask for a
# fixture, or of a module of browser tests. `answers` starts first, for it is the longest; while
# its process migrates and loads the demo, the others run what asks no database. Then the other
# groups in this order, the browser, and last the many quick ones.
GROUP_OF = {
    "node": "elasticsearch", "running_site": "site", "storms": "site", "standing": "pages",
    "loaded": "demo",
}  # fmt: skip
LONGEST = "answers"
GROUPS = tuple(dict.fromkeys(GROUP_OF.values()))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, Any, Any]:
    for item in items:
        if _group(item) is None:
            asked = [name for name in GROUP_OF if name in getattr(item, "fixturenames", ())]
            if asked:
                item.add_marker(pytest.mark.xdist_group(GROUP_OF[asked[0]]))
            elif "browser" in item.path.parts:
                item.add_marker(pytest.mark.xdist_group(item.path.stem))
    result = yield  # xdist reads the groups, and pytest-django puts what asks no database last
    items.sort(key=_turn)
    if is_postgres(os.environ.get("DATABASE_URL", "")):
        once = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=once)
        items[:] = [item for item in items if _asks_a_database(item)]
    return result


def _group(item: pytest.Item) -> str | None:
    mark = item.get_closest_marker("xdist_group")
    return str(mark.args[0]) if mark else None


def _turn(item: pytest.Item) -> int:
    group = _group(item)
    if group is None:
        return 3 + len(GROUPS) if _touches_a_database(item) else 1
    if group == LONGEST:
        return 0
    return 2 + (GROUPS.index(group) if group in GROUPS else len(GROUPS))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files hold the second in which they were made; processes must name tests alike."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups that do nothing cost minutes, and nobody is told (pytest-xdist#1386)."""
    gc.freeze()
    if getattr(session.config.option, "loadgroup", False):
        lost = [i for i in session.items if _group(i) and not i.nodeid.endswith(f"@{_group(i)}")]
        assert not lost, f"not in their group: {lost[:3]}"


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether a test can say anything new on a second database.

    A test of the finished site in a browser says so itself: it uses the fixture `migrated`.
    """
    return _touches_a_database(item) and not item.get_closest_marker("one_database")


def _touches_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())  # with those that fixtures ask for
    return bool(item.get_closest_marker("django_db") or "migrated" in fixtures)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The address of a migrated database, made once in a test run, to be copied."""
    here = tmp_path_factory.getbasetemp()
    return migrated_database(here if worker_id == "master" else here.parent)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, migrated: str) -> None:
    """The tests' own database starts as a copy: Django then finds nothing left to migrate."""
    test = settings.DATABASES["default"]["TEST"]
    if is_postgres(migrated):
        test["TEMPLATE"] = name_of(migrated)
    else:
        shutil.copyfile(name_of(migrated), test["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb(migrated: str) -> bool:
    """Without it Django would first delete the copy of the SQLite file."""
    return not is_postgres(migrated)


# The same examples on every machine, and no limit of time: a busy machine is no fault.
hypothesis.settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _clean_process() -> Iterator[None]:
    """Language and cache are process state: each test starts without either."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_upload_worker() -> Iterator[None]:
    """A process for all files of a test run; it starts with the first one."""
    from files.gate import shared_worker

    with shared_worker():
        yield


@pytest.fixture
def site_trees(db: Any) -> dict[str, Any]:
    """Both homes by language, as the first migration plants them."""
    from home.models import HomePage

    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
