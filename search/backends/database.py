"""Search in the site's own database, whichever it is."""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend of the database this process uses."""
    if connection.vendor == "postgresql":
        from search.backends import postgresql as engine
    else:
        from search.backends import sqlite as engine  # type: ignore[no-redef]
    return engine.SearchBackend(params)
