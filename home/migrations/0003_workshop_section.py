"""The section of workshops gets the page type of its room."""

from django.db import migrations


def change(apps, schema_editor):
    from home.trees import change_section_type

    change_section_type(apps, "workshops", "resources.WorkshopIndexPage")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_trees"),
        ("resources", "0002_library"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(change, migrations.RunPython.noop)]
