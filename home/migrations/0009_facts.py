"""The section of facts gets the page type of its room."""

from django.db import migrations


def change(apps, schema_editor):
    from home.roles import plant
    from home.trees import change_section_type

    change_section_type(apps, "facts", "facts.FactIndexPage")
    plant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0008_registers"),
        ("facts", "0001_facts"),
    ]
    operations = [migrations.RunPython(change, migrations.RunPython.noop)]
