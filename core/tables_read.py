"""Records which tables a cached value was built from: it is valid until one of them is written."""

import re
from collections.abc import Iterator, Set
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from core.data_version import watched

# More than the distinct statements of all cached values.
STATEMENTS = 500


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """Collect the tables named by the statements executed inside, and those given to `made_of`."""
    tables: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        tables.update(_tables_in(sql))
        return execute(sql, params, many, context)

    token = _collecting.set((*_collecting.get(), tables))
    try:
        with connection.execute_wrapper(note):
            yield tables
    finally:
        _collecting.reset(token)


_collecting: ContextVar[tuple[set[str], ...]] = ContextVar("collecting", default=())


def made_of(*tables: str) -> None:
    """Add these tables to those being collected: the value uses data cached from them, without a statement of its own."""
    for collected in _collecting.get():
        collected.update(tables)


def tables_of(records: "QuerySet[Any, Any]") -> frozenset[str]:
    """Return the tables that a query reads; none if it is always empty."""
    try:
        return _tables_in(records.query.sql_with_params()[0])
    except EmptyResultSet:
        return frozenset()


def all_move_the_version(tables: Set[str]) -> bool:
    """Return whether writing any of these tables moves the version. Cached sums, for example, do not."""
    return tables <= watched.keys()


@lru_cache(STATEMENTS)
def _tables_in(sql: str) -> frozenset[str]:
    return _known_tables().intersection(re.findall(r"\w+", sql))


@cache
def _known_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))
