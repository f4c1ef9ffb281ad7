"""The records and columns that cards and the search index are made of.

A change of anything else concerns no chair: some records are shared by thousands. Whatever a card or the index newly
shows must be added here.
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

# Models that belong to one chair, and models that many chairs share (with the paths from a chair).
PARTS = (Appointment, Activity, StatedPartner, TeachingElement)
SHARED: dict[type[Model], list[str]] = {
    # A chair's themes are sorted by cluster, so the clusters of its themes count too.
    Cluster: ["cluster", "themes__cluster"],
    Phase: ["phase"],
    ChairKind: ["kind"],
    CompositionRule: ["rule"],
    Theme: ["themes"],
    Person: ["appointments__person", "cluster__directors__person"],
    Discipline: ["appointments__discipline"],
    Institution: ["appointments__affiliation", "appointments__other_affiliation"],
}
# The columns of shared records that chairs show, in each language if translated.
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
# The columns of a chair and its rows that neither cards nor the index show.
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
# Models that belong to a shared record: its model, the foreign key, and the column that chairs are found by.
OF_SHARED: dict[type[Model], tuple[type[Model], str, str]] = {
    InstitutionAlias: (Institution, "institution_id", "name"),
    Director: (Cluster, "cluster_id", "person_id"),
}


@dataclass(frozen=True)
class Source:
    """A table whose changes make chairs stale: `key` is the column with the record to mark, `marked` the table to mark it in."""

    table: str
    marked: str
    key: str
    columns: tuple[str, ...]
    # Whether inserting or deleting a row concerns a chair; no chair shows a shared record that it does not reference.
    is_part: bool = True


def sources() -> Iterator[Source]:
    """Yield each table that cards and the index are made of."""
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
    """Return the chairs whose text includes this record."""
    if isinstance(record, Chair):
        return {record.pk}
    if isinstance(record, PARTS):
        return {record.chair_id}
    if owner := owner_of(record):
        return chairs_sharing(*owner)
    return chairs_sharing(type(record), [record.pk])


def owner_of(record: Model) -> tuple[type[Model], list[int]] | None:
    """Return the model and the key of the shared record to which this one belongs; None if there is none."""
    if type(record) not in OF_SHARED:
        return None
    owner, key, _shown = OF_SHARED[type(record)]
    return owner, [getattr(record, key)]


def chairs_sharing(model: type[Model], pks: Collection[int] | RawSQL) -> set[int]:
    """Return the chairs that show any of these shared records."""
    either_way = reduce(or_, (Q(**{f"{way}__in": pks}) for way in SHARED[model]))
    return set(Chair.objects.filter(either_way).values_list("pk", flat=True))


def marks_of(record: Model) -> list[tuple[str, int]]:
    """Return the table and the key of the mark for a change of this record; empty unless chairs share it."""
    if owner := owner_of(record):
        model, (pk,) = owner
        return [(model._meta.db_table, pk)]
    return [(record._meta.db_table, record.pk)] if type(record) in SHARED else []
