"""Prepared queries: built once, then executed often.

Django takes several times longer to build a query than the database to answer it.

A prepared query is written like any other, with an `Argument` for each value that differs between executions:

    drafts = Prepared(lambda: Sponsorship.objects.filter(partner__in=..., created_by=Argument("user")))
    drafts(user=request.user.pk)

It is for queries that a page always makes in the same form. The builder may read the language and the day, and is
called anew for each. Everything else that changes (a person, a moment) has to be an argument.
"""

import datetime
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from copy import copy
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import BigIntegerField, Expression, Field, QuerySet
from django.utils import timezone
from django.utils.translation import get_language


class Argument(Expression):
    """A placeholder in a prepared query for a value given at execution: an integer, unless `field` says otherwise."""

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def written(self, value: Any) -> Any:
        """Return the value converted for the database."""
        return self.output_field.get_db_prep_value(value, connection)


class Keys(Field[Any, Any]):
    """The field of an argument that is a list of keys for `any_of`: Argument("pks", Keys())."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> str:
        return json.dumps(list(value))


class Prepared:
    """A query whose SQL is compiled at its first execution on a day, per language, and shared by all threads.

    PostgreSQL keeps its plan too, unless a good plan depends on the arguments (`keeps_plan`).
    """

    def __init__(self, build: Callable[[], "QuerySet[Any, Any]"], *, keeps_plan: bool = True) -> None:
        self._build, self._keeps_plan = build, keeps_plan
        self._kept: dict[str | None, _Asked] = {}

    def __call__(self, **values: Any) -> list[Any]:
        """Return all rows for these values: instances, or what `values()` and `values_list()` ask for."""
        return self._asked().ask(values)

    def _asked(self) -> "_Asked":
        language, today = get_language(), timezone.localdate()
        asked = self._kept.get(language)
        if asked is None or asked.day != today:
            asked = self._kept[language] = _Asked(self._build(), today, self._keeps_plan)
        return asked


# The compiler of the execution running in this thread.
_asking = threading.local()


class _Asked:
    """A queryset with its compiled SQL. An execution changes nothing in it, so threads share it.

    It takes some 20 kB; one per thread would take a tenth of a worker's memory.
    """

    def __init__(self, queryset: "QuerySet[Any, Any]", day: datetime.date, keeps_plan: bool) -> None:
        # A copy, because the builder may use its queryset elsewhere, while this one always has the same SQL.
        self.queryset, self.day = queryset.all(), day
        self.compiler: Any = self.queryset.query.get_compiler(self.queryset.db)
        self.is_empty, self.keeps_plan = False, keeps_plan
        # The SQL and arguments for which PostgreSQL keeps a plan.
        self.planned: Any = None
        try:
            self.sql, self.parameters = self.compiler.as_sql()
        except EmptyResultSet:  # such as the clusters of a user who has none
            self.is_empty = True
            return
        # The querysets' iterators get their compiler here: from now on they find everything compiled.
        query: Any = self.queryset.query
        query.get_compiler = lambda *args, **kwargs: _asking.compiler
        columns = [column for column, _sql, _alias in self.compiler.select]
        converters = self.compiler.get_converters(columns)
        self.compiler.get_converters = lambda expressions: converters

    def ask(self, values: dict[str, Any]) -> list[Any]:
        if self.is_empty:
            return []
        compiler = copy(self.compiler)
        # The calling thread's: a thread with an event loop, such as a browser's in tests, has its own connection.
        own = compiler.connection = connections[self.queryset.db]
        rows: Any = self.queryset._iterable_class
        with plan_kept(own) if self.keeps_plan else nullcontext(False) as is_kept:
            if is_kept and not self.planned:
                self.planned = with_values(self.sql, self.parameters, own)
            sql, parameters = self.planned if is_kept else (self.sql, self.parameters)
            filled = tuple(one.written(values[one.name]) if isinstance(one, Argument) else one for one in parameters)
            compiler.as_sql = lambda *args, **kwargs: (sql, filled)
            _asking.compiler = compiler
            return list(rows(self.queryset))


@contextmanager
def plan_kept(own: Any) -> Iterator[bool]:
    """Make PostgreSQL keep the plans of queries executed inside: planning joins takes longer than executing them.

    This needs server-side parameters, while Django writes values into the SQL. SQLite's driver caches
    statements by itself. It is off while queries are logged, because the driver does not report the SQL of
    prepared statements. Yield whether plans are kept.
    """
    if own.vendor != "postgresql" or own.queries_logged:
        yield False
        return
    from django.db.backends.postgresql.base import ServerBindingCursor  # imported late: on SQLite psycopg is not loaded

    own.ensure_connection()
    driver = own.connection
    before = driver.cursor_factory
    driver.cursor_factory, driver.prepare_threshold = ServerBindingCursor, 0
    try:
        yield True
    finally:
        driver.cursor_factory = before


def with_values(sql: str, parameters: Sequence[Any], own: Any) -> tuple[str, list[Argument]]:
    """Return the SQL with all values except the arguments written into it: the plan, made once, then considers their frequency."""
    from psycopg.sql import Literal  # imported late: as above

    left = iter(parameters)
    arguments: list[Argument] = []

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        value = next(left)
        if isinstance(value, Argument):
            arguments.append(value)
            return "%s"
        return Literal(value).as_string(own.connection).replace("%", "%%")

    return re.sub("%[%s]", written, sql), arguments
