"""The first controlled terms."""

from django.db import migrations

from core.vocabulary import COUNTIES, TERMS
from welsh.alphabet import english_sort_key, sort_key


def add_terms(apps, schema_editor):
    Term = apps.get_model("core", "Term")
    rows = [(kind, key, en, cy, "", "") for kind, key, en, cy in TERMS]
    rows += [("county", *row) for row in COUNTIES]
    Term.objects.bulk_create(
        Term(
            kind=kind, key=key, name_en=en, name_cy=cy, in_en=in_en, in_cy=in_cy,
            sort_en=english_sort_key(en), sort_cy=sort_key(cy),
        )
        for kind, key, en, cy, in_en, in_cy in rows
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(add_terms, migrations.RunPython.noop)]
