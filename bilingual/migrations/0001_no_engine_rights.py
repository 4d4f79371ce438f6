"""The engine gives its own right to Editors and Moderators; nobody needs it here.

With that right alone a person could publish Welsh without the right to publish.
"""

from django.db import migrations


def take_right_away(apps, schema_editor):
    permission = apps.get_model("auth", "Permission")
    for row in permission.objects.filter(
        content_type__app_label="wagtail_localize", codename="submit_translation"
    ):
        row.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(take_right_away, migrations.RunPython.noop)]
