from django.db import migrations

TABLE = "chairs_searchword"


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in _for_beginnings(schema_editor.connection):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def make_again(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        model = apps.get_model("chairs", "SearchWord")
        schema_editor.execute(schema_editor._create_like_index_sql(model, model._meta.pk))


def _for_beginnings(connection):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, TABLE)
    return [name for name in found if name.endswith("_like")]


class Migration(migrations.Migration):
    """Django gives a text that is a key a second index on PostgreSQL, for LIKE: no query asks for words by their beginning."""

    dependencies = [("chairs", "0006_acts_on_behalf")]

    operations = [migrations.RunPython(drop, make_again)]
