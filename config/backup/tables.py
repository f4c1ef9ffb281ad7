"""The tables of a backup, written as lines of JSON and read again on either database.

Rows are copied column by column. No code of the models runs, so nothing is stamped, indexed, logged or mailed again.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Field, FileField, Model
from django.db.models.query import QuerySet

# Tables that are derived from others, or worthless elsewhere, each with the reason.
LEFT_OUT = {
    "sessions.Session": "whoever was signed in signs in again",
    "core.DataVersion": "counts the commits of one database",
    "core.DataChange": "is the journal of those commits",
    "chairs.SearchEntry": "is written with the search index",
    "chairs.ChairCard": "is written with the search index",
    "chairs.StaleMark": "marks what that index lacks; triggers leave the same marks when rows are loaded",
    "sponsorships.KeptSum": "is counted anew",
    "sponsorships.CountedSponsorship": "is counted anew",
    "sponsorships.UncountedChange": "is counted anew",
}
CHUNK = 2_000


class Encoder(DjangoJSONEncoder):
    """Django's encoder, with bytes as base64 and times to the microsecond."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes | memoryview):
            return base64.b64encode(bytes(o)).decode("ascii")
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


ENCODER = Encoder(ensure_ascii=False, separators=(",", ":"))


def models() -> list[type[Model]]:
    """Return the models whose rows a backup contains, including those of many-to-many tables."""
    every = apps.get_models(include_auto_created=True)
    return [one for one in every if one._meta.managed and not one._meta.proxy and one._meta.label not in LEFT_OUT]


def columns(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def rows(model: type[Model]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table by primary key. It uses a plain QuerySet, because the model's manager may hide rows."""
    names = [field.attname for field in columns(model)]
    return QuerySet(model).order_by("pk").values_list(*names).iterator(CHUNK)


def lines(model: type[Model]) -> Iterator[str]:
    """Yield a table as lines of JSON: its columns, then its rows."""
    yield ENCODER.encode([field.column for field in columns(model)]) + "\n"
    for row in rows(model):
        yield ENCODER.encode(row) + "\n"


def empty() -> None:
    """Delete the rows that migrations and their signals have put into a new database."""
    with connection.cursor() as cursor:
        for model in models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def load(model: type[Model], written: Iterable[bytes]) -> int:
    """Insert the lines of a table, in the caller's transaction. Return the number of rows."""
    read = iter(written)
    fields = {field.column: field for field in columns(model)}
    ordered = [fields[column] for column in json.loads(next(read))]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in ordered)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(ordered))})"
    number = 0
    with connection.cursor() as cursor:
        while chunk := [_values(ordered, line) for line in islice(read, CHUNK)]:
            cursor.executemany(statement, chunk)
            number += len(chunk)
    return number


def _values(fields: list[Field], line: bytes) -> list[Any]:
    said = zip(fields, json.loads(line), strict=True)
    return [field.get_db_prep_save(field.to_python(value), connection) for field, value in said]


def number_on() -> None:
    """Reset the sequences, so that new rows are numbered after the loaded ones."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)


def file_names() -> Iterator[str]:
    """Yield the name of each file that a record refers to, once."""
    seen = set()
    for model in models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                for name in (
                    QuerySet(model).exclude(**{field.name: ""}).values_list(field.name, flat=True).iterator(CHUNK)
                ):
                    if name and name not in seen:
                        seen.add(name)
                        yield name
