"""The three checks of a pair, the safeguarding leads' group, and no stock groups any more."""

from django.db import migrations


def change(apps, schema_editor):
    from home.roles import dissolve_stock_groups, plant, plant_workflow

    plant(apps)
    plant_workflow(apps)
    dissolve_stock_groups(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0010_events"),
        ("bilingual", "0003_checks_of_a_pair"),
        ("case_studies", "0001_initial"),
    ]
    operations = [migrations.RunPython(change, migrations.RunPython.noop)]
