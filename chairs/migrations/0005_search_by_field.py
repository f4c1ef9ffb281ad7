from django.db import migrations, models

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE chairs_search USING fts5("
        "title_key_en UNINDEXED, title_key_fr UNINDEXED, words UNINDEXED, terms,"
        " tokenize = \"ascii tokenchars '_'\", detail = none)",
    ],
    "postgresql": [
        'CREATE TABLE chairs_search (rowid bigint PRIMARY KEY, title_key_en text COLLATE "C" NOT NULL,'
        ' title_key_fr text COLLATE "C" NOT NULL, words text NOT NULL, terms tsvector NOT NULL)',
        "CREATE INDEX chairs_search_terms ON chairs_search USING gin (terms)",
    ],
}
MADE_BEFORE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE chairs_search USING fts5("
        "title_key_en UNINDEXED, title_key_fr UNINDEXED, title_terms, body_terms, tokenize = ascii, detail = column)",
    ],
    "postgresql": [
        'CREATE TABLE chairs_search (rowid bigint PRIMARY KEY, title_key_en text COLLATE "C" NOT NULL,'
        ' title_key_fr text COLLATE "C" NOT NULL, terms tsvector NOT NULL)',
        "CREATE INDEX chairs_search_terms ON chairs_search USING gin (terms)",
    ],
}


def make(apps, schema_editor):
    remake(schema_editor, MAKE)


def make_as_before(apps, schema_editor):
    remake(schema_editor, MADE_BEFORE)


def remake(schema_editor, statements):
    for statement in ["DROP TABLE chairs_search", *statements[schema_editor.connection.vendor]]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Each word by its field, and the vocabulary. The index is filled again when every migration has run."""

    dependencies = [("chairs", "0004_consent_events")]

    operations = [
        migrations.RunPython(make, make_as_before),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ("written", models.CharField(editable=False, max_length=64)),
            ],
            options={"default_permissions": ()},
        ),
    ]
