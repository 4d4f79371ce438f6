"""An Elasticsearch that is away, frozen, slow or mad: readers and editors do not notice."""

import gc
import time
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from bilingual import door, pairs
from bilingual.pairs import twin
from core.registries import health_lines
from home.models import StandardPage
from search import queue, rebuild
from search.backends.elasticsearch import breaker
from search.queue import IndexQueue
from search.status import search_status
from tests.elasticsearch.server import running_elasticsearch
from tests.search.engines import BROKEN, DATABASE, closed_port, differences, stub

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("elasticsearch")]
READER_WAITS, EDITOR_WAITS = 2.0, 1.0  # seconds at most for what the engine does
CHOOSERS = (
    "wagtailadmin_choose_page_search",
    "wagtailadmin_explore_root",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs_chooser:choose_results",
)
SEARCH = "/cy/chwilio/?q=gwenyn"


@contextmanager
def at_most(seconds):
    gc.disable()  # tidying up this process can take longer than what is measured
    try:
        begun = time.monotonic()
        yield
        assert time.monotonic() - begun < seconds
    finally:
        gc.enable()


def usual(act):
    """Seconds that this takes here and now without an engine; the first one loads much."""
    for _time in range(2):
        begun = time.monotonic()
        act()
    return time.monotonic() - begun


def usual_saving(page, commit):
    def save():
        with commit():
            retitle(page, page.title)

    return usual(save)


def titles(client):
    response = client.get(SEARCH)
    assert response.status_code == 200
    results = response.context["results"]
    assert not results.failed
    return {hit.title for hit in results.hits}


def retitle(page, title):
    """As an editor's saving of a live page: the present state changes."""
    with door.opened():
        page.title = title
        page.save()
    index.insert_or_update_object(twin(page))  # as after publishing: it is found by these words too


@contextmanager
def broken(kind, node):
    """The address of an engine in this state."""
    if kind == "refused":
        yield closed_port()
    elif kind == "frozen":
        node.freeze()
        try:
            yield node.url
        finally:
            node.thaw()
    else:
        with stub(BROKEN[kind]) as url:
            yield url


@pytest.mark.parametrize("kind", ["refused", "frozen", *BROKEN])
def test_readers_get_the_same_page_and_editors_do_not_wait(
    kind, node, use_engine, commit, client, make_pair
):
    _english, page = make_pair("Sanctuary", "Gwenyn gyntaf")
    reading, saving = usual(lambda: client.get(SEARCH)), usual_saving(page, commit)
    with broken(kind, node) as url:
        use_engine(url)
        if kind != "slow":  # a slow answer in time is an answer
            with at_most(READER_WAITS + 5 * reading):
                assert titles(client) == {"Gwenyn gyntaf"}
        use_engine(url)
        with at_most(EDITOR_WAITS + 5 * saving), commit():
            retitle(page, "Gwenyn arall")
        assert IndexQueue.objects.filter(object_pk=str(page.pk)).exists()
        with at_most(READER_WAITS + 5 * reading):
            assert titles(client) == {"Gwenyn arall"}


def test_choosers_and_the_admin_search_survive(use_engine, admin_client, make_pair):
    make_pair("Sanctuary", "Gwenyn")
    use_engine(closed_port())
    for name in CHOOSERS:
        assert admin_client.get(reverse(name), {"q": "gwenyn"}).status_code == 200, name


def test_what_happened_during_the_outage_is_in_the_index_afterwards(
    elasticsearch, patient, use_engine, commit, make_pair
):
    _english, page = make_pair("Sanctuary", "Gwenyn")
    _other, gone = make_pair("Gone", "Gwenyn a aeth")
    use_engine(closed_port())
    with commit():
        retitle(page, "Gwenyn wedi newid")
        with door.opened():
            gone.delete()
    new, _twin = make_pair("New", "Gwenyn newydd")
    assert not search_status().is_well
    use_engine(elasticsearch.url)
    with at_most(60):
        call_command("flush_index_queue", verbosity=0)
    assert differences() == {}
    assert not IndexQueue.objects.exists()
    assert search_status().is_well
    assert StandardPage.objects.filter(pk=new.pk).exists()


def test_an_engine_that_refuses_writes_gets_them_later(elasticsearch, patient, commit, make_pair):
    backend = get_search_backend()
    name = backend.get_index_for_model(Page).name
    _english, page = make_pair("Sanctuary", "Gwenyn")
    queue.flush()
    backend.es.indices.put_settings(index=name, settings={"index.blocks.write": True})
    try:
        with commit():
            retitle(page, "Gwenyn wedi newid")
        assert IndexQueue.objects.filter(object_pk=str(page.pk)).exists()
    finally:
        backend.es.indices.put_settings(index=name, settings={"index.blocks.write": False})
    queue.flush()
    assert differences() == {}


def test_a_change_waits_for_the_engine_from_the_moment_it_is_made(use_engine, make_pair):
    """What the process does after the commit may never happen."""
    _english, page = make_pair("Sanctuary", "Gwenyn")
    use_engine(closed_port())
    with door.opened():
        page.save()
    assert IndexQueue.objects.filter(object_pk=str(page.pk)).exists()


def test_nothing_of_a_transaction_that_is_rolled_back_is_indexed(elasticsearch, patient, make_pair):
    _english, page = make_pair("Sanctuary", "Gwenyn")
    queue.flush()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        retitle(page, "Gwenyn na fu")
        raise ZeroDivisionError
    assert not IndexQueue.objects.exists()
    queue.flush()
    assert differences() == {}


def test_a_withdrawn_page_is_not_shown_though_the_engine_holds_it(
    elasticsearch, patient, client, make_pair
):
    make_pair("Sanctuary", "Gwenyn agored")
    _english, page = make_pair("Withdrawn", "Gwenyn gudd")
    queue.flush()
    Page.objects.filter(pk=page.pk).update(live=False)  # past every signal
    get_search_backend().refresh_indexes()
    assert titles(client) == {"Gwenyn agored"}
    assert not breaker.is_open()


def test_publishing_and_withdrawing_a_pair_reaches_the_engine_by_itself(
    elasticsearch, patient, commit, client, make_pair
):
    english, page = make_pair("Sanctuary", "Gwenyn")
    queue.flush()
    with commit():
        pairs.unpublish_pair(english)
    assert titles(client) == set()
    with commit():
        pairs.publish_pair(page)
    assert not IndexQueue.objects.exists()
    assert differences() == {}
    assert titles(client) == {"Gwenyn"}


@pytest.mark.parametrize("engine", ["elasticsearch", "database"])
def test_a_rebuild_beside_readers_and_editors_is_never_wrong(
    engine, node, use_engine, patient, settings, commit, client, make_pair, monkeypatch
):
    """After each step of the rebuild an editor publishes and a reader looks."""
    if engine == "elasticsearch":
        use_engine(node.url)
    else:
        settings.WAGTAILSEARCH_BACKENDS = {"default": DATABASE}
    made = [make_pair(f"Sanctuary {number}", f"Gwenyn {number}")[1] for number in range(6)]
    rebuild.rebuild_backend("default")
    expected = {page.title for page in made}
    steps = 0

    def interrupt():
        nonlocal steps
        steps += 1
        page = made[steps % len(made)]
        expected.discard(page.title)
        with commit():
            retitle(page, f"Gwenyn rhif {steps}")
        expected.add(page.title)
        look()

    def look():
        if engine == "elasticsearch":
            get_search_backend().refresh_indexes()
        assert titles(client) == expected

    in_chunks = rebuild._keys_in_chunks

    def interrupted(model):
        for chunk in in_chunks(model):
            yield chunk
            if model is StandardPage:
                interrupt()

    monkeypatch.setattr(rebuild, "AT_ONCE", 2)
    monkeypatch.setattr(rebuild, "_keys_in_chunks", interrupted)
    if engine == "elasticsearch":
        index_class = type(get_search_backend()).index_class
        move = index_class.put_alias

        def moved(self, name):
            look()
            move(self, name)
            look()

        monkeypatch.setattr(index_class, "put_alias", moved)
    rebuild.rebuild_backend("default")
    look()
    assert steps >= 6
    assert not breaker.is_open()
    if engine == "elasticsearch":
        assert differences() == {}


def test_an_index_that_was_not_finished_is_removed(elasticsearch, patient, monkeypatch):
    """At once when a rebuild fails, and by the next rebuild when its process was killed."""
    backend = get_search_backend()
    before = set(backend.es.indices.get(index="test_*"))

    def fail(*args):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(rebuild, "add_present", fail)
        with pytest.raises(ZeroDivisionError):
            rebuild.rebuild_backend("default")
    assert set(backend.es.indices.get(index="test_*")) == before
    orphan = backend.get_index_for_model(Page).name + "_abc1234"
    backend.es.indices.create(index=orphan)
    other = backend.get_index_for_model(Page).name + "_of_another_site"
    backend.es.indices.create(index=other)
    try:
        rebuild.rebuild_backend("default")
        left = set(backend.es.indices.get(index="test_*"))
    finally:
        backend.es.indices.delete(index=other)
    assert orphan not in left
    assert other in left
    assert len(left) == len(before) + 1
    assert differences() == {}


def test_the_state_of_search_is_told(use_engine, capsys, make_pair):
    assert search_status().is_well
    use_engine(closed_port())
    with pytest.raises(SystemExit):
        call_command("search_status")
    assert "DOES NOT ANSWER" in capsys.readouterr().out
    assert [line()[1] for line in health_lines if "Search" in line()[0]] == [False]


@pytest.mark.slow
def test_a_killed_server_is_not_noticed_and_a_new_one_is_filled(
    use_engine, commit, client, make_pair
):
    _english, page = make_pair("Sanctuary", "Gwenyn")
    reading, saving = usual(lambda: client.get(SEARCH)), usual_saving(page, commit)
    with running_elasticsearch() as first:
        use_engine(first.url)
        rebuild.rebuild_backend("default")
        first.kill()
        with at_most(READER_WAITS + 5 * reading):
            assert titles(client) == {"Gwenyn"}
        with at_most(EDITOR_WAITS + 5 * saving), commit():
            retitle(page, "Gwenyn wedi newid")
    with running_elasticsearch() as second:
        use_engine(second.url)
        begun = time.monotonic()
        rebuild.rebuild_backend("default")
        assert differences() == {}
    print(f"killed server: a new one equals the database after {time.monotonic() - begun:.1f} s")
