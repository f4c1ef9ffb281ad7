from django.db import migrations, models


class Migration(migrations.Migration):
    """Where triggers say which chairs lists and search may show as they were. The triggers are made after `migrate`."""

    dependencies = [("chairs", "0009_programme")]

    operations = [
        migrations.CreateModel(
            name="StaleMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(editable=False, max_length=40)),
                ("record", models.BigIntegerField(editable=False)),
            ],
            options={
                "db_table": "chairs_stale",
                "default_permissions": (),
                "indexes": [models.Index(fields=["source", "record"], name="chairs_stale_record")],
            },
        ),
    ]
