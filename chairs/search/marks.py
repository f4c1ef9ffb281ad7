"""Marks of chairs that changed without being indexed, so that lists and search may show an old state.

Triggers (chairs/search/mark_triggers.py) mark a chair, or a record that chairs share, in the transaction that changes
what they show. Indexing a chair removes its marks before it reads the records: a change committed meanwhile keeps its
mark. Transactions never share a mark, so no writer waits for another.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from chairs.models import Chair, StaleMark
from chairs.search.sources import SHARED, chairs_sharing
from core.primary_keys import any_of

CHAIRS = Chair._meta.db_table
CLEAR = "DELETE FROM chairs_stale WHERE {}"
# A mark locked by another transaction is about to be processed by it: do not wait.
CLEAR_UNLOCKED = "DELETE FROM chairs_stale WHERE id IN (SELECT id FROM chairs_stale WHERE {} FOR UPDATE SKIP LOCKED)"
OF_CHAIRS = "(source = %s AND record IN ({}))"
OF_RECORD = "(source = %s AND record = %s)"


def clear(pks: Collection[int], shared: Collection[tuple[str, int]] = ()) -> None:
    """Remove the marks of these chairs, and those of the shared records."""
    keys = any_of(pks)
    which = [OF_CHAIRS.format(keys.sql)]
    values: list[Any] = [CHAIRS, *keys.params]
    for record in shared:
        which.append(OF_RECORD)
        values.extend(record)
    statement = CLEAR_UNLOCKED if connection.vendor == "postgresql" else CLEAR
    with connection.cursor() as cursor:
        cursor.execute(statement.format(" OR ".join(which)), values)


def clear_all() -> None:
    StaleMark.objects.all().delete()


def are_there() -> bool:
    return StaleMark.objects.exists()


def chairs() -> set[int]:
    """Return every chair that is marked, or that shows a marked shared record."""
    found: dict[str, set[int]] = {}
    for source, record in StaleMark.objects.values_list("source", "record"):
        found.setdefault(source, set()).add(record)
    return found.get(CHAIRS, set()).union(*(_sharing(table, pks) for table, pks in found.items()))


def spread() -> None:
    """Replace the marks of shared records by marks of their chairs, in one query per table.

    The chairs are looked up now, not when the record changed: chairs that got the record in a concurrent transaction
    are included.
    """
    if not StaleMark.objects.exclude(source=CHAIRS).exists():
        return
    with transaction.atomic():
        marks = list(StaleMark.objects.exclude(source=CHAIRS).order_by("pk").select_for_update())
        pks: set[int] = set()
        for table in {mark.source for mark in marks}:
            pks |= _sharing(table, {mark.record for mark in marks if mark.source == table})
        StaleMark.objects.filter(pk__in=any_of(mark.pk for mark in marks)).delete()
        StaleMark.objects.bulk_create(StaleMark(source=CHAIRS, record=pk) for pk in sorted(pks))


def first(number: int) -> set[int]:
    """Return up to `number` marked chairs; lock their marks until the transaction ends."""
    marks = StaleMark.objects.filter(source=CHAIRS).order_by("pk").select_for_update()
    return {mark.record for mark in marks[:number]}


def _sharing(table: str, pks: set[int]) -> set[int]:
    models = [model for model in SHARED if model._meta.db_table == table]
    return chairs_sharing(models[0], any_of(pks)) if models else set()
