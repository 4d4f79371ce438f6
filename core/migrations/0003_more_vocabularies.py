"""Vocabularies of the training library, and their first terms."""

from django.db import migrations, models

from core.vocabulary import plant_terms


def plant(apps, schema_editor):
    plant_terms(apps)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_terms")]
    operations = [
        migrations.AlterField(
            model_name="term",
            name="kind",
            field=models.CharField(
                choices=[
                    ("topic", "Topic"),
                    ("county", "County"),
                    ("stream", "Stream"),
                    ("principle", "Principle"),
                    ("scale", "Scale"),
                    ("approach", "Approach"),
                    ("barrier", "Barrier"),
                    ("partner_sector", "Partner sector"),
                    ("setting", "Setting"),
                    ("audience", "Audience"),
                    ("programme", "Programme"),
                    ("delivery", "Way of running it"),
                ],
                max_length=20,
                verbose_name="Vocabulary",
            ),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
