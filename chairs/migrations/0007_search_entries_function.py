from django.db import migrations

# Always by the index: PostgreSQL's planner does not count what it costs to fetch ten thousand long vectors, and takes
# a hundred times longer when it reads them one after the other.
MAKE = (
    "CREATE FUNCTION chairs_search_entries(question tsquery) RETURNS SETOF bigint"
    " LANGUAGE sql STABLE PARALLEL SAFE ROWS 500 SET enable_seqscan = off"
    " AS 'SELECT rowid FROM chairs_search WHERE terms @@ question'"
)


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION chairs_search_entries(tsquery)")


class Migration(migrations.Migration):
    """What the search asks on PostgreSQL."""

    dependencies = [("chairs", "0006_activity_transitions")]

    operations = [migrations.RunPython(make, drop)]
