"""The cost of nightly commands: processor time and statements; and the size of the search index compared with its text.

Prints JSON. Run by bench/__main__.py in the environment of the site.
"""

import io
import json
import sys
import time

import django

from bench.records import counted

COMMANDS = ("check_composition", "check_ledger", "rebuild_search_index")
# The tables of the index; on PostgreSQL their size includes indexes and TOAST.
INDEX_TABLES = "chairs_search%"


def perform(command: str) -> dict[str, float]:
    from django.core.management import call_command

    with counted() as statements:
        before = time.process_time()
        call_command(command, stdout=io.StringIO())
        spent = time.process_time() - before
    return {"seconds": spent, "queries": len(statements)}


def size_of_index() -> int:
    from django.db import connection

    queries = {
        "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE %s AND name NOT LIKE 'sqlite%%'",
        "postgresql": (
            "SELECT SUM(pg_total_relation_size(oid)) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname LIKE %s"
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[connection.vendor], [INDEX_TABLES])
        return int(cursor.fetchone()[0] or 0)


def size_of_text() -> int:
    """Return the size in bytes of the translated texts of all chairs."""
    from chairs.models import Chair

    fields = [f"{name}_{language}" for name in ("title", "summary", "description") for language in ("en", "fr")]
    rows = Chair.objects.values_list(*fields).order_by().iterator()
    return sum(len(text.encode()) for row in rows for text in row if text)


def main(command: str) -> dict:
    if command == "sizes":
        return {"index": size_of_index(), "text": size_of_text()}
    return perform(command)


if __name__ == "__main__":
    django.setup()
    json.dump(main(sys.argv[1]), sys.stdout)
