"""The section of events gets the page type of its room."""

from django.db import migrations


def change(apps, schema_editor):
    from home.trees import change_section_type

    change_section_type(apps, "events", "events.EventIndexPage")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0009_facts"),
        ("events", "0001_events"),
    ]
    operations = [migrations.RunPython(change, migrations.RunPython.noop)]
