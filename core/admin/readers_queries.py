"""Queries that the panel's readers make at every visit: built once per reader, and then only executed.

A query contains what its reader may see, so Django takes several times longer to build it than the database to answer.
It is cached per reader (`CathedraAdminSite.reads_as`: the user, their roles, the day), so a changed role makes a new
query. The function that builds it may depend on nothing else that changes.

Counts, sums and the choices of filters are cached as values, until the version of
the data moves (core/data_version.py).
"""

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from copy import copy
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from core import data_version
from core.prepared import Prepared, plan_kept, with_values
from core.tables_read import all_move_the_version, tables_read

# Per process: the queries of some twenty readers, and the values of some ten. A query, or a form class, takes about 40 kB.
MAX_KEPT, MAX_KNOWN = 600, 200

Build = Callable[[], QuerySet[Any, Any]]
Question = tuple[str, list[Any]]
Kept = TypeVar("Kept")

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_known: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
_lock = threading.Lock()


def ask(reader: Hashable, name: Hashable, build: Build, **values: Any) -> list[Any]:
    """Return the rows that the reader's query of this name finds now, with these values for its arguments."""
    return keep((reader, name), lambda: Prepared(build))(**values)


def count(reader: Hashable, name: Hashable, builds: Sequence[Build]) -> list[int]:
    """Return the number of rows of each of several queries, in one statement if its parameters fit."""
    questions = keep((reader, name, _most()), lambda: _counting(builds))
    with plan_kept(connection) as is_kept:
        if is_kept:
            asked = questions
            questions = keep(
                (reader, name, "planned"), lambda: [with_values(*question, connection) for question in asked]
            )
        return _numbers(questions, len(builds))


def count_once(builds: Sequence[Build]) -> list[int]:
    """Return the number of rows of each of several queries, as `count` does, but without caching the statements."""
    return _numbers(_counting(builds), len(builds))


def _numbers(questions: list[Question], places: int) -> list[int]:
    numbers = [0] * places
    with connection.cursor() as cursor:
        for sql, params in questions:
            cursor.execute(sql, params)
            for place, number in cursor.fetchall():
                numbers[place] = number
    return numbers


def _most() -> int:
    """Return the maximal number of parameters of a statement."""
    return connection.features.max_query_params or sys.maxsize


def _counting(builds: Sequence[Build]) -> list[Question]:
    """Return the statements that count the rows of all these queries. Queries that are always empty are left out.

    A user with roles in many clusters has all their keys in most queries, and SQLite limits the number of parameters.
    What does not fit into one statement goes into the next.
    """
    statements: list[tuple[list[str], list[Any]]] = []
    for place, build in enumerate(builds):
        try:
            sql, values = build().order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        if not statements or len(statements[-1][1]) + len(values) > _most():
            statements.append(([], []))
        parts, params = statements[-1]
        parts.append(f"SELECT {place}, COUNT(*) FROM ({sql}) found_{place}")
        params.extend(values)
    return [(" UNION ALL ".join(parts), params) for parts, params in statements]


def known(request: HttpRequest, reader: Hashable, name: Hashable, find: Callable[[], Kept]) -> Kept:
    """Return `find()`, cached until the data changes, provided that all tables it reads move the version.

    `find` may depend only on the reader, their language, the name and the data.
    """
    version = _version_of(request)
    if version is None:
        return find()
    key = (reader, get_language(), name)
    with _lock:
        kept = _known.get(key)
        if kept is not None:
            _known.move_to_end(key)
    if kept is None or kept[0] != version:
        with tables_read() as tables:
            kept = version, find()
        if all_move_the_version(tables):
            _put(_known, key, kept, MAX_KNOWN)
    value: Kept = kept[1]
    return value


def _version_of(request: HttpRequest) -> int | None:
    """Return the version of the data, read once per request before anything else; None inside a transaction."""
    if not data_version.is_settled():
        return None
    asked: Any = request
    if not hasattr(asked, "_data_version"):
        asked._data_version = data_version.current()
    version: int = asked._data_version
    return version


def only_asks(request: HttpRequest) -> HttpRequest:
    """Return a new GET request with only the user, for building what is cached beyond the original request."""
    asking = HttpRequest()
    asking.method, asking.user = "GET", copy(request.user)
    return asking


def keep(key: Hashable, make: Callable[[], Kept]) -> Kept:
    """Return the cached value of this key, made by `make` if there is none. The least recently used value is dropped first."""
    with _lock:
        known = _kept.get(key)
        if known is not None:
            _kept.move_to_end(key)
    if known is None:
        known = make()
        _put(_kept, key, known, MAX_KEPT)
    kept: Kept = known
    return kept


def _put(into: OrderedDict[Hashable, Any], key: Hashable, value: object, at_most: int) -> None:
    with _lock:
        into[key] = value
        into.move_to_end(key)
        while len(into) > at_most:
            into.popitem(last=False)
