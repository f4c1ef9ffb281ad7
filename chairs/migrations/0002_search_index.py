from django.db import migrations

TABLE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE chairs_search USING fts5("
        "title_key_en UNINDEXED, title_key_fr UNINDEXED, words UNINDEXED, terms,"
        " tokenize = \"ascii tokenchars '_'\", detail = none)",
    ],
    "postgresql": [
        # rowid: the name that FTS5 gives to its key. "C" compares bytes, as SQLite does.
        'CREATE TABLE chairs_search (rowid bigint PRIMARY KEY, title_key_en text COLLATE "C" NOT NULL,'
        ' title_key_fr text COLLATE "C" NOT NULL, words text NOT NULL, terms tsvector NOT NULL)',
        "CREATE INDEX chairs_search_terms ON chairs_search USING gin (terms)",
        # Always by the index: PostgreSQL's planner does not count what it costs to fetch ten thousand long vectors, and
        # takes a hundred times longer when it reads them one after the other.
        "CREATE FUNCTION chairs_search_entries(question tsquery) RETURNS SETOF bigint"
        " LANGUAGE sql STABLE PARALLEL SAFE ROWS 500 SET enable_seqscan = off"
        " AS 'SELECT rowid FROM chairs_search WHERE terms @@ question'",
    ],
}


def create(apps, schema_editor):
    for statement in TABLE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION chairs_search_entries(tsquery)")
    schema_editor.execute("DROP TABLE chairs_search")


class Migration(migrations.Migration):
    """The search index: each database's own kind of table. It is filled when every migration has run."""

    dependencies = [("chairs", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
