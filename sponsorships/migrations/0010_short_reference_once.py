from django.db import migrations, models


def let_go_of_triggers(apps, schema_editor):
    """SQLite remakes the table, and does not while triggers of other tables name it. They are put back after `migrate`."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%%sponsorships_sponsorship%%'", [])
        for [name] in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


class Migration(migrations.Migration):

    dependencies = [("sponsorships", "0009_references_of_sponsorships")]

    operations = [
        migrations.RunPython(let_go_of_triggers, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="sponsorship",
            name="short_reference",
            field=models.CharField(editable=False, max_length=20, unique=True, verbose_name="reference"),
        ),
    ]
