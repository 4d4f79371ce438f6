"""The PostgreSQL that the tests bring along."""

import subprocess
import sys
from pathlib import Path

import psycopg

from tests.postgres import running_postgres

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.postgres", *command], cwd=ROOT, capture_output=True, text=True
    )


def test_a_real_postgresql_answers_and_is_gone_afterwards():
    with running_postgres() as url:
        with psycopg.connect(url) as connection:
            version = connection.execute("show server_version_num").fetchone()
        folder = Path(url.split("host=")[1])
        assert folder.exists()
    assert int(version[0]) >= 180000
    assert not folder.parent.exists()


def test_the_command_gets_the_address_and_its_exit_code_is_handed_on():
    result = run(
        "--", sys.executable, "-c", "import os, sys; sys.exit(os.environ['DATABASE_URL'][:10])"
    )
    assert result.returncode == 1
    assert "postgresql" in result.stderr
    assert run().returncode == 2
