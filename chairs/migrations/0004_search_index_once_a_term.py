from django.db import migrations

DROP = {
    "sqlite": ["DROP TABLE chairs_search"],
    "postgresql": ["DROP FUNCTION chairs_search_entries(tsquery)", "DROP TABLE chairs_search"],
}
CREATE = {
    "sqlite": [
        "CREATE TABLE chairs_search (rowid integer PRIMARY KEY, terms blob NOT NULL)",
        # Without a copy of its text, without positions: it only says which chairs have a term.
        "CREATE VIRTUAL TABLE chairs_search_terms USING fts5("
        "terms, content = '', columnsize = 0, detail = none, tokenize = \"ascii tokenchars '_'\")",
    ],
    "postgresql": [
        # rowid: the name that SQLite gives to a key. The long vectors stand apart, so that reading many keys reads few
        # pages; a key stands there as bytes too, because keys are handed over as such.
        "CREATE TABLE chairs_search (rowid bigint PRIMARY KEY, terms tsvector NOT NULL,"
        " bytes bytea GENERATED ALWAYS AS (int4send(rowid::integer)) STORED) WITH (toast_tuple_target = 128)",
        "CREATE INDEX chairs_search_terms ON chairs_search USING gin (terms)",
        # Always by the index: PostgreSQL's planner does not count what it costs to fetch ten thousand long vectors, and
        # takes a hundred times longer when it reads them one after the other.
        "CREATE FUNCTION chairs_search_entries(question tsquery) RETURNS SETOF bigint"
        " LANGUAGE sql STABLE PARALLEL SAFE ROWS 500 SET enable_seqscan = off SET jit = off"
        " AS 'SELECT rowid FROM chairs_search WHERE terms @@ question'",
        # In PL/pgSQL, which plans it once a connection.
        "CREATE FUNCTION chairs_search_answers(questions tsquery[]) RETURNS TABLE (place bigint, pks bytea)"
        " LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off SET jit = off"
        " AS $$BEGIN RETURN QUERY SELECT number,"
        " (SELECT string_agg(bytes, '') FROM chairs_search WHERE terms @@ question)"
        " FROM unnest(questions) WITH ORDINALITY AS asked (question, number); END$$",
    ],
}


def create_anew(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor] + CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_what_is_new(apps, schema_editor):
    """Drop what the table before did not have beside it; the table itself goes with the migration before."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION chairs_search_answers(tsquery[])")
    else:
        schema_editor.execute("DROP TABLE chairs_search_terms")


class Migration(migrations.Migration):
    """Each term of a chair stands once in the index, not three times. It is filled when every migration has run."""

    dependencies = [("chairs", "0003_chair_cards")]

    operations = [
        migrations.RemoveField(model_name="searchentry", name="words"),
        migrations.RemoveField(model_name="searchentry", name="title_key_en"),
        migrations.RemoveField(model_name="searchentry", name="title_key_fr"),
        migrations.RunPython(create_anew, drop_what_is_new),
    ]
