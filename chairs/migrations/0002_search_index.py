import django.db.models.deletion
from django.db import migrations, models

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE chairs_search USING fts5("
        "title_key_en UNINDEXED, title_key_fr UNINDEXED, title_terms, body_terms, tokenize = ascii, detail = column)",
    ],
    "postgresql": [
        # rowid: the name that FTS5 gives to its key. "C" compares bytes, as SQLite does.
        'CREATE TABLE chairs_search (rowid bigint PRIMARY KEY, title_key_en text COLLATE "C" NOT NULL,'
        ' title_key_fr text COLLATE "C" NOT NULL, terms tsvector NOT NULL)',
        "CREATE INDEX chairs_search_terms ON chairs_search USING gin (terms)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE chairs_search")


class Migration(migrations.Migration):
    """The search index: each database's own kind of table. `rebuild_search_index` fills it."""

    dependencies = [("chairs", "0001_initial")]

    operations = [
        migrations.RunPython(create, drop),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "chair",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="chairs.chair",
                    ),
                ),
                ("title_key_en", models.TextField(editable=False)),
                ("title_key_fr", models.TextField(editable=False)),
            ],
            options={"db_table": "chairs_search", "managed": False, "default_permissions": ()},
        ),
    ]
