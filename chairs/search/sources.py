"""Says which records the entries of lists and the search index are made of, and which of their columns.

A change of anything else concerns no chair: some records are shared by thousands. Whatever an entry or the index begins to
show must be named here.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Model, Q
from django.db.models.expressions import RawSQL

from chairs.models import (
    Activity,
    Appointment,
    Chair,
    ChairKind,
    CompositionRule,
    Discipline,
    StatedPartner,
    TeachingElement,
)
from chairs.search.documents import LANGUAGES
from clusters.models import Cluster, Director, Institution, InstitutionAlias, Person, Phase, Theme

# What belongs to one chair, and what many chairs share (with the way from the chair to it).
PARTS = (Appointment, Activity, StatedPartner, TeachingElement)
SHARED: dict[type[Model], list[str]] = {
    # A chair's themes stand in the order of their clusters, which are mostly its own.
    Cluster: ["cluster", "themes__cluster"],
    Phase: ["phase"],
    ChairKind: ["kind"],
    CompositionRule: ["rule"],
    Theme: ["themes"],
    Person: ["appointments__person", "cluster__directors__person"],
    Discipline: ["appointments__discipline"],
    Institution: ["appointments__affiliation", "appointments__other_affiliation"],
}
# What chairs show of the records that they share, in each language where it is translated.
SHOWN: dict[type[Model], list[str]] = {
    Cluster: ["name", "acronym", "city", "slug"],
    Phase: ["name"],
    ChairKind: ["name", "acronym"],
    CompositionRule: ["is_open_to_partners"],
    Theme: ["name", "name_key", "cluster_id"],
    Person: ["name", "is_hidden"],
    Discipline: ["name"],
    Institution: ["name", "acronym"],
}
# What only the page of a chair shows of it and of its parts, or no page.
NOT_SHOWN: dict[type[Model], set[str]] = {
    Chair: {
        *("website", "sources", "notes", "conflicts", "public_grant", "public_grant_source", "public_grant_on"),
        *("stated_funding", "registered_by_id", "registered_at", "updated_at", "submitted_at", "changes_requested_at"),
        *("approved_at", "activated_at", "suspended_at", "closed_at", "declined_at", "withdrawn_at"),
        "non_conforming_since",
    },
    Appointment: {"seniority", "starts_on"},
    Activity: {"posted_by_id", "posted_at"},
    StatedPartner: {"kind", "pays"},
    TeachingElement: {
        *("kind", "level", "institution_id", "programme_id", "year", "hours_etd", "hours_owed", "hours_discharged"),
    },
}
# What belongs to a shared record: whose it is, by which column, and what chairs are found by.
OF_SHARED: dict[type[Model], tuple[type[Model], str, str]] = {
    InstitutionAlias: (Institution, "institution_id", "name"),
    Director: (Cluster, "cluster_id", "person_id"),
}


@dataclass(frozen=True)
class Source:
    """A table of which a change makes chairs stale: `key` names the record that is marked, in the table `marked`."""

    table: str
    marked: str
    key: str
    columns: tuple[str, ...]
    # Whether a new row, or one less, concerns a chair: nothing shows a shared record that it does not name.
    is_part: bool = True


def sources() -> Iterator[Source]:
    """Yield each table that entries and the index are made of."""
    chairs = Chair._meta.db_table
    yield Source(chairs, chairs, "id", tuple(_all_but(Chair)))
    for part in PARTS:
        yield Source(part._meta.db_table, chairs, "chair_id", tuple(_all_but(part)))
    yield Source(Chair.themes.through._meta.db_table, chairs, "chair_id", ("chair_id", "theme_id"))
    for model in SHARED:
        table = model._meta.db_table
        yield Source(table, table, "id", tuple(shown_columns(model)), is_part=False)
    for model, (owner, key, shown) in OF_SHARED.items():
        yield Source(model._meta.db_table, owner._meta.db_table, key, (key, shown))


def _all_but(model: type[Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if field.attname not in NOT_SHOWN[model]:
            yield field.attname


def shown_columns(model: type[Model]) -> Iterator[str]:
    """Yield the columns of a shared record that chairs show."""
    columns = {field.attname for field in model._meta.concrete_fields}
    for name in SHOWN[model]:
        yield from sorted({f"{name}_{language}" for language in LANGUAGES} & columns) or [name]


def chairs_of(record: Model) -> set[int]:
    """Return the chairs whose text this record is part of."""
    if isinstance(record, Chair):
        return {record.pk}
    if isinstance(record, PARTS):
        return {record.chair_id}
    if owner := owner_of(record):
        return chairs_sharing(*owner)
    return chairs_sharing(type(record), [record.pk])


def owner_of(record: Model) -> tuple[type[Model], list[int]] | None:
    """Return the model and the key of the shared record to which this one belongs, if it belongs to one."""
    if type(record) not in OF_SHARED:
        return None
    owner, key, _shown = OF_SHARED[type(record)]
    return owner, [getattr(record, key)]


def chairs_sharing(model: type[Model], pks: Collection[int] | RawSQL) -> set[int]:
    """Return the chairs that show any of these shared records."""
    either_way = reduce(or_, (Q(**{f"{way}__in": pks}) for way in SHARED[model]))
    return set(Chair.objects.filter(either_way).values_list("pk", flat=True))


def marks_of(record: Model) -> list[tuple[str, int]]:
    """Return the table and the key under which a change of this record is marked, where chairs share it."""
    if owner := owner_of(record):
        model, (pk,) = owner
        return [(model._meta.db_table, pk)]
    return [(record._meta.db_table, record.pk)] if type(record) in SHARED else []
