"""Queries that are built once and then only asked: Django takes several times longer to build one than the database to answer it.

A prepared query is written as any other, with an `Argument` wherever each asking has a value of its own:

    drafts = Prepared(lambda: Sponsorship.objects.filter(partner__in=..., created_by=Argument("user")))
    drafts(user=request.user.pk)

It is for what a page asks each time, in the same words. What the builder reads besides is the reader's language and the
day: it is called anew for each. All else that changes between two askings (a person, a moment) is an argument.
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
    """Stands in a prepared query for the value that is given when it is asked. A whole number, unless a field says what."""

    def __init__(self, name: str, field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def written(self, value: Any) -> Any:
        """Return the value as the database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


class Keys(Field[Any, Any]):
    """The field of an argument that is a list of keys, as `any_of` takes it: Argument("pks", Keys())."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> str:
        return json.dumps(list(value))


class Prepared:
    """A query whose SQL is made when it is first asked on a day, and kept for all threads: one for each language.

    PostgreSQL keeps its plan too, unless a good plan depends on the arguments (`keeps_plan`).
    """

    def __init__(self, build: Callable[[], "QuerySet[Any, Any]"], *, keeps_plan: bool = True) -> None:
        self._build, self._keeps_plan = build, keeps_plan
        self._kept: dict[str | None, _Asked] = {}

    def __call__(self, **values: Any) -> list[Any]:
        """Return what the query finds with these values, all at once: records, or rows where it asks for values."""
        return self._asked().ask(values)

    def _asked(self) -> "_Asked":
        language, today = get_language(), timezone.localdate()
        asked = self._kept.get(language)
        if asked is None or asked.day != today:
            asked = self._kept[language] = _Asked(self._build(), today, self._keeps_plan)
        return asked


# The compiler with which this thread is asking.
_asking = threading.local()


class _Asked:
    """A queryset with the compiler that has already written its SQL. Nothing of it changes when it is asked: threads share it.

    It takes some 20 kB; one for each thread would be a tenth of what a worker holds.
    """

    def __init__(self, queryset: "QuerySet[Any, Any]", day: datetime.date, keeps_plan: bool) -> None:
        # A copy: what builds the query may use the same one elsewhere, and this one is always asked in these words.
        self.queryset, self.day = queryset.all(), day
        self.compiler: Any = self.queryset.query.get_compiler(self.queryset.db)
        self.is_empty, self.keeps_plan = False, keeps_plan
        # The words and parameters of which PostgreSQL keeps a plan.
        self.planned: Any = None
        try:
            self.sql, self.parameters = self.compiler.as_sql()
        except EmptyResultSet:  # such as the clusters of somebody who has none
            self.is_empty = True
            return
        # The way in that the querysets' own iterators take: from here on they find everything written.
        query: Any = self.queryset.query
        query.get_compiler = lambda *args, **kwargs: _asking.compiler
        columns = [column for column, _sql, _alias in self.compiler.select]
        converters = self.compiler.get_converters(columns)
        self.compiler.get_converters = lambda expressions: converters

    def ask(self, values: dict[str, Any]) -> list[Any]:
        if self.is_empty:
            return []
        compiler = copy(self.compiler)
        # Of whoever asks: an event loop that runs in a thread, as a browser's does in tests, has one of its own too.
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
    """Have PostgreSQL, too, keep what it made of a query: to plan one of several joins takes it longer than to answer it.

    That asks for values that travel beside the words, which Django writes into them. SQLite's driver keeps statements by itself.
    Not where queries are recorded: the driver does not tell again the words of what is kept. Gives whether a plan is kept.
    """
    if own.vendor != "postgresql" or own.queries_logged:
        yield False
        return
    from django.db.backends.postgresql.base import ServerBindingCursor  # late: on SQLite psycopg is not loaded

    own.ensure_connection()
    driver = own.connection
    before = driver.cursor_factory
    driver.cursor_factory, driver.prepare_threshold = ServerBindingCursor, 0
    try:
        yield True
    finally:
        driver.cursor_factory = before


def with_values(sql: str, parameters: Sequence[Any], own: Any) -> tuple[str, list[Argument]]:
    """Return a query with all its values in its words, but the arguments: a plan is made once, and should know how rare they are."""
    from psycopg.sql import Literal  # late: as above

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
