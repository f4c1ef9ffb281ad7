from django.core.management.base import BaseCommand
from django.db import connection, transaction

# Rows of an index that are looked at: enough to tell rare values from common ones, in an instant at any size.
ROWS_LOOKED_AT = 1000


class Command(BaseCommand):
    help = (
        "Update SQLite's statistics on table sizes and rare values, so that it chooses the right indexes. PostgreSQL "
        "does this by itself."
    )

    def handle(self, **options):
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
