"""Homes and sections in both languages."""

from django.db import migrations


def plant(apps, schema_editor):
    from home.trees import plant_trees

    plant_trees(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("case_studies", "0001_initial"),
        ("resources", "0001_initial"),
        ("core", "0002_terms"),
        ("wagtailcore", "__latest__"),
    ]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
