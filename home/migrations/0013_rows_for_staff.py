"""Publishers answer letters, see bookings, approve reports and set the urgent banner."""

from django.db import migrations


def change(apps, schema_editor):
    from home.roles import plant, release_what_no_workflow_holds

    plant(apps)
    release_what_no_workflow_holds(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0012_bookings"),
        ("core", "0004_urgent_banner"),
        ("resources", "0003_made_files"),
    ]
    operations = [migrations.RunPython(change, migrations.RunPython.noop)]
