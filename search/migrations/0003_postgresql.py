"""The inverted index that search in PostgreSQL uses (`search.backends.postgresql`).

PostgreSQL thinks that joining two vectors costs nothing, and would rather read and join every
stored text than use an index on `title || body`. The function says what it costs. It is not
"parallel safe" on purpose: starting workers takes longer than such a query.
"""

from typing import Any

from django.db import migrations

CREATE = """
CREATE FUNCTION search_vector(title tsvector, body tsvector) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT COST 1000
    AS 'BEGIN RETURN title || body; END';
CREATE INDEX search_title_body ON wagtailsearch_indexentry
    USING gin (search_vector(title, body));
"""
DROP = """
DROP INDEX search_title_body;
DROP FUNCTION search_vector(tsvector, tsvector);
"""


def create(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_index_queue"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [migrations.RunPython(create, drop)]
