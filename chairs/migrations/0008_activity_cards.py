import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the list of opportunities shows of an activity. It is filled when every migration has run, with the index."""

    dependencies = [("chairs", "0007_panel_indexes")]

    operations = [
        migrations.CreateModel(
            name="ActivityCard",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="chairs.activity",
                    ),
                ),
                ("html_en", models.TextField(editable=False)),
                ("html_fr", models.TextField(editable=False)),
            ],
            options={"db_table": "chairs_activity_card", "default_permissions": ()},
        ),
    ]
