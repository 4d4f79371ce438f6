"""Search measured on word pairs and place names, through the public page.

Our own pairs are the quick gate. `make proof` takes the pairs of a larger file, named by
WELSH_PAIRS or lying beside the checkout, where there is one; such a file is never copied into this
repository.
"""

import os
import subprocess
import sys
from contextlib import nullcontext
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bilingual import door
from core.vocabulary import COUNTIES, TERMS
from home.models import StandardPage
from operations.search_evaluation import (
    ALL,
    SECTION,
    WordPair,
    answers_to,
    below_the_gates,
    documents_of,
    found_of_each,
    numbers_found,
    publish,
    read_pairs,
    summary,
)
from search import queue, rebuild
from search.queue import IndexQueue
from tests.search.engines import DATABASE
from tests.welsh.test_words import PLACES
from welsh.mutations import mutated_forms

pytestmark = pytest.mark.django_db
OWN = Path(__file__).parents[1] / "welsh" / "pairs.tsv"
BESIDE = Path(__file__).parents[3] / "shared" / "data" / "welsh" / "welsh-dev.tsv"
HEADER = "query\tdocument\tsame_lemma\tcategory\n"


@pytest.fixture
def without_limit(monkeypatch):
    monkeypatch.setattr("search.views.SEARCHES_A_MINUTE", 10**9)
    monkeypatch.setattr("search.in_vain.MOST_AN_HOUR", 0)


def larger_file() -> Path:
    """The file of pairs for the long measure. One that is named and missing is an error."""
    named = os.environ.get("WELSH_PAIRS")
    if named:
        return Path(named)
    return BESIDE if BESIDE.exists() else OWN


def test_our_own_pairs_and_places_are_many_and_pass_the_gates(client, site_trees, commit):
    pairs = read_pairs(OWN)
    assert len(pairs) >= 300
    assert len(set(PLACES)) >= 200
    with commit():
        publish(documents_of(pairs))
    figures = found_of_each(pairs, answers_to(client, [pair.query for pair in pairs]))
    print("\n" + summary("our own Welsh pairs", pairs, figures))
    assert below_the_gates(pairs, figures) == []


@pytest.mark.slow
@pytest.mark.xdist_group("elasticsearch")
def test_all_pairs_pass_the_gates_and_the_engines_agree_on_each(
    client, site_trees, node, use_engine, patient, settings, commit
):
    path = larger_file()
    pairs = read_pairs(path)
    queries = [pair.query for pair in pairs]
    use_engine(node.url)
    rebuild.rebuild_backend("default")
    with commit():
        publish(documents_of(pairs))
    queue.flush()  # after a commit only so many are sent at once
    rebuild.rebuild_backend("database")  # PostgreSQL has no statistics yet of so many new pages
    assert not IndexQueue.objects.exists()
    by_engine = {"Elasticsearch": answers_to(client, queries)}
    settings.WAGTAILSEARCH_BACKENDS = {"default": DATABASE}
    database = connection.vendor
    by_engine[database] = answers_to(client, queries)
    print()
    for engine, answers in by_engine.items():
        figures = found_of_each(pairs, answers)
        print(summary(f"{path.name}, {engine}", pairs, figures))
        assert below_the_gates(pairs, figures) == []
    same = sum(
        by_engine["Elasticsearch"][query] == by_engine[database][query] for query in set(queries)
    )
    print(f"same pages on Elasticsearch and {database}: {same} of {len(set(queries))} queries")
    assert by_engine["Elasticsearch"] == by_engine[database]


@pytest.mark.slow
def test_places_are_found_in_every_mutation_through_the_page(
    client, site_trees, without_limit, commit
):
    names = {name.split()[0] for name in [*(row[2] for row in COUNTIES), *PLACES]} - {"Sir"}
    forms_of = {name: (name, *_mutated(name)) for name in sorted(names)}
    with commit():
        publish([f"gwaith {form}" for forms in forms_of.values() for form in forms])
    number = tried = found = 0
    for forms in forms_of.values():
        own = set(range(number, number + len(forms)))
        number += len(forms)
        for form in forms:
            tried += len(own)
            found += len(own & numbers_found(client, form))
    print(f"\n{len(names)} Welsh places in all mutations, through the page: "
          f"{100 * found / tried:.1f} % found")  # fmt: skip
    assert found >= 0.98 * tried


def _mutated(name: str) -> list[str]:
    return [form.capitalize() for form in mutated_forms(name.lower())]


def test_the_pages_of_the_terms_are_found_from_the_other_language(client, make_pair, without_limit):
    """Cross-language search on pairs made from the site's own vocabulary."""
    names = {(row[1], row[2]) for row in COUNTIES} | {(row[2], row[3]) for row in TERMS}
    pairs = {english: make_pair(english, welsh) for english, welsh in sorted(names)[::5]}
    tried = found = 0
    for english, welsh in pairs.values():
        for asked, wanted, address in (
            (english, welsh, "/cy/chwilio/"),
            (welsh, english, "/en/search/"),
        ):
            tried += 1
            html = "".join(
                client.get(address, {"q": asked.title, "page": page}).content.decode()
                for page in (1, 2)
            )
            found += f'href="{wanted.url}"' in html
    print(f"\nFound from the other language: {100 * found / tried:.1f} %")
    assert found >= 0.98 * tried


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no pair"),
        (HEADER, "no pair"),
        ("word\tdocument\n", "Line 1"),
        (HEADER + "croeso\tgroeso\t1\n", "Line 2"),
        (HEADER + "# a comment\n\ncroeso\t\t1\tmutation\n", "Line 4"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(tmp_path, text, told):
    (tmp_path / "pairs.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=told):
        call_command("evaluate_search", str(tmp_path / "pairs.tsv"))


def test_what_cannot_be_measured_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate_search", str(tmp_path / "nothing.tsv"))
    (tmp_path / "latin.tsv").write_bytes(b"t\xfb")
    with pytest.raises(CommandError, match="utf-8"):
        call_command("evaluate_search", str(tmp_path / "latin.tsv"))
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("evaluate_search", str(OWN), engine="elasticsearch")


@pytest.fixture
def in_this_database(monkeypatch, site_trees, commit):
    """The command measures in the database of the test, which is thrown away as well."""
    monkeypatch.setattr("operations.search_evaluation.publish", commit()(publish))
    monkeypatch.setattr(
        "operations.management.commands.evaluate_search.throw_away_site",
        lambda engine: nullcontext("this database"),
    )


def test_the_command_prints_figures_and_fails_below_the_gates(in_this_database, tmp_path):
    good, bad = tmp_path / "good.tsv", tmp_path / "bad.tsv"
    good.write_text(HEADER + "plant\tblant\t1\tmutation\nplant\tafon\t0\tneg-random\n", "utf-8")
    out = StringIO()
    call_command("evaluate_search", str(good), stdout=out)
    assert out.getvalue().splitlines()[-1] == (
        "this database: 1 scored pairs, found 100.0 %, least mutation 100.0 %, neg-random 0.0 %"
    )
    bad.write_text(HEADER + "plant\tafon\t1\tplural\nplant\tblant\t0\tneg-random\n", "utf-8")
    with door.opened():
        StandardPage.objects.get(slug=SECTION).delete()
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("evaluate_search", str(bad), stdout=StringIO(), stderr=err)
    assert ended.value.code == 1
    for part in ("scored pairs found", "plural: 0.0 %", "neg-random: 100.0 %"):
        assert part in err.getvalue()


def test_each_gate_closes():
    """A check that cannot fail would say nothing."""
    pairs = [
        WordPair("a", "b", category)
        for category in ("mutation", "neg-near", "neg-nonradical", "neg-random")
    ]
    fine = {ALL: 93.0, "mutation": 75.0, "neg-near": 4.0, "neg-nonradical": 5.0, "neg-random": 0.0}
    assert below_the_gates(pairs, fine) == []
    for name, worse in (
        (ALL, 92.9), ("mutation", 74.9), ("neg-near", 4.1), ("neg-nonradical", 5.1),
        ("neg-random", 0.1),
    ):  # fmt: skip
        assert len(below_the_gates(pairs, fine | {name: worse})) == 1


@pytest.mark.slow
def test_the_whole_command_runs_in_a_database_of_its_own(tmp_path, node):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "VAR_DIR": str(tmp_path),
        "ELASTICSEARCH_URL": node.url,
    }
    for engine in ("database", "elasticsearch"):
        done = subprocess.run(
            [sys.executable, "manage.py", "evaluate_search", str(OWN), "--engine", engine],
            cwd=OWN.parents[2], env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        print("\nevaluate_search, " + done.stdout.splitlines()[-1])
