"""Publishers see who has booked, and confirm or delete a booking."""

from django.db import migrations


def change(apps, schema_editor):
    from home.roles import plant

    plant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0011_checks_and_own_groups"),
        ("events", "0003_approval_and_mail"),
    ]
    operations = [migrations.RunPython(change, migrations.RunPython.noop)]
