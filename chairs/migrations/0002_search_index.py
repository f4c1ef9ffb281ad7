from django.db import migrations

STATEMENTS = {
    "sqlite": [
        "CREATE TABLE chairs_search (rowid integer PRIMARY KEY, terms blob NOT NULL)",
        # Without a copy of its text, without positions: it only says which chairs have a term.
        "CREATE VIRTUAL TABLE chairs_search_terms USING fts5("
        "terms, content = '', columnsize = 0, detail = none, tokenize = \"ascii tokenchars '_'\")",
    ],
    "postgresql": [
        # rowid: the name that SQLite gives to a key. The terms stand as text, which is compressed, where a tsvector is not;
        # the long ones stand apart, so that reading many keys reads few pages; a key stands there as bytes too, because
        # keys are handed over as such.
        "CREATE TABLE chairs_search (rowid bigint PRIMARY KEY, terms text NOT NULL,"
        " bytes bytea GENERATED ALWAYS AS (int4send(rowid::integer)) STORED) WITH (toast_tuple_target = 128)",
        # Every question looks through what waits to be put into its place, so little may wait.
        "CREATE INDEX chairs_search_terms ON chairs_search USING gin ((terms::tsvector)) WITH (gin_pending_list_limit = 64)",
        # Always by the index: PostgreSQL's planner does not count what it costs to fetch ten thousand long vectors, and
        # takes a hundred times longer when it reads them one after the other.
        "CREATE FUNCTION chairs_search_entries(question tsquery) RETURNS SETOF bigint"
        " LANGUAGE sql STABLE PARALLEL SAFE ROWS 500 SET enable_seqscan = off SET jit = off"
        " AS 'SELECT rowid FROM chairs_search WHERE terms::tsvector @@ question'",
        # In PL/pgSQL, which plans it once a connection.
        "CREATE FUNCTION chairs_search_answers(questions tsquery[]) RETURNS TABLE (place bigint, pks bytea)"
        " LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off SET jit = off"
        " AS $$BEGIN RETURN QUERY SELECT number,"
        " (SELECT string_agg(bytes, '') FROM chairs_search WHERE terms::tsvector @@ question)"
        " FROM unnest(questions) WITH ORDINALITY AS asked (question, number); END$$",
        # Titles are compared by bytes, as SQLite does.
        'ALTER TABLE chairs_card ALTER COLUMN title_key_en TYPE text COLLATE "C",'
        ' ALTER COLUMN title_key_fr TYPE text COLLATE "C"',
    ],
}
UNDONE = {
    "sqlite": ["DROP TABLE chairs_search_terms", "DROP TABLE chairs_search"],
    "postgresql": [
        "DROP FUNCTION chairs_search_answers(tsquery[])",
        "DROP FUNCTION chairs_search_entries(tsquery)",
        "DROP TABLE chairs_search",
    ],
}


def create(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in UNDONE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The search index: each database's own kind of table. It is filled when every migration has run."""

    dependencies = [("chairs", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
