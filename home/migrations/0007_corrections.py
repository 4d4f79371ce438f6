"""The public log of corrections in both trees."""

from django.db import migrations


def plant(apps, schema_editor):
    from home.trees import plant_corrections

    plant_corrections(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0006_network"),
        ("evidence", "0002_changes_corrections_watch"),
    ]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
