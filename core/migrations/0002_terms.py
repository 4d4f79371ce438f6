"""The first controlled terms."""

from django.db import migrations

from core.vocabulary import plant_terms


def plant(apps, schema_editor):
    plant_terms(apps)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
