"""Schemas shared by the responses. Their docstrings and descriptions appear in the OpenAPI document."""

import datetime
from typing import Any

from ninja import Field, Schema

# Typed as text: the library would cut moments to milliseconds.
DATE_TIME = {"format": "date-time"}


class Text(Schema):
    """A text in each language in which somebody wrote it."""

    en: str | None = Field(None, description="In English; null where nobody wrote it.")
    fr: str | None = Field(None, description="In French; null where nobody wrote it.")


class Named(Schema):
    """Another record, and its name."""

    id: int
    slug: str
    name: str


class Titled(Schema):
    """Another record, and its name in both languages."""

    id: int
    slug: str
    name: Text


class Links(Schema):
    """Where the record stands: here, and its page on the site in each language. These addresses last."""

    self: str = Field(description="Its address in the API.")
    en: str | None = Field(None, description="Its page in English.")
    fr: str | None = Field(None, description="Its page in French.")


class Record(Schema):
    """What every record has."""

    id: int = Field(description="Its number in this resource, which is never given to another record.")
    links: Links
    demonstration: bool = Field(description="True for a record made up for a demonstration; a real site has none.")


class AsOfRecord(Record):
    """A record that can be asked for as it stood on a day (`on`)."""

    on: datetime.date | None = Field(None, description="As it stood on which day; null today.")


class Withdrawn(Schema):
    """A record that was public and is not any more. It says nothing else of it."""

    id: int
    withdrawn_at: str = Field(description="When the site noticed.", json_schema_extra=DATE_TIME)
    reason: str = Field(
        description="withdrawn: it is not published any more; hidden: the person asked not to be shown; closed: it takes "
        "no more proposals; removed: there is no such record any more, or it is part of another to which its address leads."
    )


class Page(Schema):
    """A part of a list. Records come in the order of their ids, unless `sort` asks for another."""

    total: int = Field(description="How many records the question finds.")
    as_of: str = Field(
        description="Give it as `updated_since` the next time, from the first page of a walk.",
        json_schema_extra=DATE_TIME,
    )
    next: str | None = Field(description="The address of the next page; null on the last.")
    withdrawn: list[Withdrawn] = Field(
        description="With `updated_since`: what has been withdrawn since, whatever the filters."
    )


def text(record: Any, name: str) -> dict[str, str | None]:
    """Return a translated field in each language."""
    return {code: getattr(record, f"{name}_{code}") or None for code in ("en", "fr")}


def named(record: Any) -> dict[str, Any] | None:
    """Return a reference to a record with one name for both languages."""
    return None if record is None else {"id": record.pk, "slug": record.slug, "name": str(record)}


def titled(record: Any, name: str = "name") -> dict[str, Any] | None:
    """Return a reference to a record with a name in each language."""
    return None if record is None else {"id": record.pk, "slug": record.slug, "name": text(record, name)}
