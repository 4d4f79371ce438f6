"""Publishers may write in the registers of sources, figures and the network."""

from django.db import migrations

from home.roles import plant


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0007_corrections"),
        ("evidence", "0002_changes_corrections_watch"),
        ("network", "0001_network"),
    ]
    operations = [migrations.RunPython(lambda apps, editor: plant(apps), migrations.RunPython.noop)]
