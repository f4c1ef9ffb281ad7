"""Create and fill the table of *floor* in the database at DATABASE_URL, unless it exists."""

import django
from django.db import connection

RECORDS, GROUPS = 10_000, 100

if __name__ == "__main__":
    django.setup()
    from bench.floor.models import Record

    if Record._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Record)
        Record.objects.bulk_create(
            Record(group=place % GROUPS, name=f"Record {place}", text=f"What record {place} says. " * 4)
            for place in range(RECORDS)
        )
