"""Sections whose type was changed: their history, workflow and translation records follow."""

from django.db import migrations


def mend(apps, schema_editor):
    from home.trees import mend_records_of_sections

    mend_records_of_sections(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0013_rows_for_staff"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
