"""The groups of `home.roles`, with their rights on the trees planted before."""

from django.db import migrations

from home.roles import plant


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_message_about_a_page"),
        ("wagtailadmin", "0002_admin"),
        ("resources", "0001_initial"),
        ("files", "0001_initial"),
        ("accounts", "0001_initial"),
    ]
    operations = [migrations.RunPython(lambda apps, editor: plant(apps), migrations.RunPython.noop)]
