from django.db import migrations

POSTGRESQL = [
    "DROP INDEX chairs_search_terms",
    "ALTER TABLE chairs_search ALTER COLUMN terms TYPE text USING array_to_string(tsvector_to_array(terms), ' ')",
    # Every question looks through what waits to be put into its place, so little may wait.
    "CREATE INDEX chairs_search_terms ON chairs_search USING gin ((terms::tsvector)) WITH (gin_pending_list_limit = 64)",
    "CREATE OR REPLACE FUNCTION chairs_search_entries(question tsquery) RETURNS SETOF bigint"
    " LANGUAGE sql STABLE PARALLEL SAFE ROWS 500 SET enable_seqscan = off SET jit = off"
    " AS 'SELECT rowid FROM chairs_search WHERE terms::tsvector @@ question'",
    "CREATE OR REPLACE FUNCTION chairs_search_answers(questions tsquery[]) RETURNS TABLE (place bigint, pks bytea)"
    " LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off SET jit = off"
    " AS $$BEGIN RETURN QUERY SELECT number,"
    " (SELECT string_agg(bytes, '') FROM chairs_search WHERE terms::tsvector @@ question)"
    " FROM unnest(questions) WITH ORDINALITY AS asked (question, number); END$$",
]


def keep_as_text(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    """PostgreSQL does not compress a tsvector. The index is made of one all the same, and the table keeps its text."""

    dependencies = [("chairs", "0004_search_index_once_a_term")]

    operations = [migrations.RunPython(keep_as_text, migrations.RunPython.noop)]
