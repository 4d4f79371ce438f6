"""Databases for tests: migrated once in a run, then copied for whoever needs one."""

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]


def migrated_database(run: Path) -> str:
    """The address of a migrated database of the kind under test, made by the first who asks.

    `run` is a folder that all processes of one test run share. Nobody connects to this database:
    it is only copied.
    """
    known = run / "migrated.url"
    with (run / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            address = _empty_database(run)
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT, env={**os.environ, "DATABASE_URL": address}, check=True,
            )  # fmt: skip
            known.write_text(address)
    return known.read_text()


def copy_of(address: str, folder: Path) -> str:
    """The address of a fresh copy; of SQLite a file in the folder."""
    if is_postgres(address):
        return _empty_database(folder, template=name_of(address))
    copy = folder / f"{secrets.token_hex(4)}.sqlite3"
    shutil.copyfile(name_of(address), copy)
    return f"sqlite:///{copy}"


def is_postgres(address: str) -> bool:
    return address.startswith("postgres")


def name_of(address: str) -> str:
    """What Django calls NAME: a path for SQLite."""
    return urlsplit(address).path.removeprefix("/")


def _empty_database(folder: Path, template: str = "template1") -> str:
    name = f"noddfa_{secrets.token_hex(4)}"
    address = os.environ.get("DATABASE_URL", "")
    if not is_postgres(address):
        return f"sqlite:///{folder / name}.sqlite3"
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
