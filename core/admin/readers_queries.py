"""What readers of the panel ask on every visit, in the same words: built once for each reader, then only asked.

What somebody may see is part of such a query, and takes Django several times longer to write than the database to
answer. A query is kept for a reader under what it depends on (`CathedraAdminSite.reads_as`: who they are, their roles,
the day); whoever gets or loses a role asks another one. So what builds it may read nothing else that changes.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from core.prepared import Prepared

# In each process: the visits of some fifty readers.
MAX_KEPT = 1000

Build = Callable[[], QuerySet[Any, Any]]
Kept = TypeVar("Kept")

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def ask(reader: Hashable, name: Hashable, build: Build) -> list[Any]:
    """Return what the reader's query of this name finds now."""
    return _keep((reader, name), lambda: Prepared(build))()


def count(reader: Hashable, name: Hashable, builds: Sequence[Build]) -> list[int]:
    """Return how many records each of several queries finds now, in one question."""
    sql, params = _keep((reader, name), lambda: _counting(builds))
    numbers = [0] * len(builds)
    if sql:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            for place, number in cursor.fetchall():
                numbers[place] = number
    return numbers


def _counting(builds: Sequence[Build]) -> tuple[str, list[Any]]:
    """Return one question that counts what each finds. What cannot be (the clusters of who has none) is not asked."""
    parts: list[str] = []
    params: list[Any] = []
    for place, build in enumerate(builds):
        try:
            sql, values = build().order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {place}, COUNT(*) FROM ({sql}) found_{place}")
        params.extend(values)
    return " UNION ALL ".join(parts), params


def _keep(key: Hashable, make: Callable[[], Kept]) -> Kept:
    with _lock:
        known = _kept.get(key)
        if known is not None:
            _kept.move_to_end(key)
    if known is None:
        known = make()
        with _lock:
            _kept[key] = known
            while len(_kept) > MAX_KEPT:
                _kept.popitem(last=False)
    kept: Kept = known
    return kept
