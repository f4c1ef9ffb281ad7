import django.db.models.deletion
from django.db import migrations, models

# As SQLite does it: by bytes.
TITLE_KEYS_IN_BYTES = (
    'ALTER TABLE chairs_card ALTER COLUMN title_key_en TYPE text COLLATE "C",'
    ' ALTER COLUMN title_key_fr TYPE text COLLATE "C"'
)


def compare_bytes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TITLE_KEYS_IN_BYTES)


class Migration(migrations.Migration):
    """What lists show of a published chair. It is filled when every migration has run, with the search index."""

    dependencies = [("chairs", "0002_search_index")]

    operations = [
        migrations.CreateModel(
            name="ChairCard",
            fields=[
                (
                    "chair",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="chairs.chair",
                    ),
                ),
                ("title_key_en", models.TextField(editable=False)),
                ("title_key_fr", models.TextField(editable=False)),
                ("start_order", models.IntegerField(editable=False)),
                ("end_order", models.IntegerField(editable=False)),
                ("facet_keys", models.TextField(editable=False)),
                ("html_en", models.TextField(editable=False)),
                ("html_fr", models.TextField(editable=False)),
                ("right_until", models.DateField(db_index=True, editable=False, null=True)),
            ],
            options={"db_table": "chairs_card", "default_permissions": ()},
        ),
        migrations.RunPython(compare_bytes, migrations.RunPython.noop),
    ]
