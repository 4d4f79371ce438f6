"""The section of the network gets the page type of its room, its counties and its A–Z."""

from django.db import migrations


def plant(apps, schema_editor):
    from home.trees import change_section_type, plant_network

    change_section_type(apps, "near-you", "network.NearYouPage")
    plant_network(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_roles"),
        ("network", "0001_network"),
    ]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
