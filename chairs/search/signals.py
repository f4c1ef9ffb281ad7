"""Keeps the search index current: whatever of a chair's public text is saved, its line is written anew.

This happens in the transaction of the save, so that the index always agrees with the records. Bulk updates send no
signal: a command that makes them ends with `chairs.search.index.rebuild`.
"""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_delete, pre_save

from chairs.models import (
    Activity,
    Appointment,
    Chair,
    ChairCard,
    ChairKind,
    CompositionRule,
    Discipline,
    SearchEntry,
    StatedPartner,
)
from chairs.search import index
from chairs.search.documents import LANGUAGES
from clusters.models import Cluster, Institution, InstitutionAlias, Person, Phase, Theme

DISPATCH_UID = "search"
# What belongs to one chair, and what many chairs share (with the way from the chair to it).
PARTS = (Appointment, Activity, StatedPartner)
SHARED = {
    Cluster: ["cluster"],
    Phase: ["phase"],
    ChairKind: ["kind"],
    CompositionRule: ["rule"],
    Theme: ["themes"],
    Person: ["appointments__person"],
    Discipline: ["appointments__discipline"],
    Institution: ["appointments__affiliation", "appointments__other_affiliation"],
}
# What chairs show of the records that they share, in each language where it is translated. A save that changes nothing
# of it concerns no chair: some have thousands.
SHOWN = {
    Cluster: ["name", "acronym", "city", "slug"],
    Phase: ["name"],
    ChairKind: ["name", "acronym"],
    CompositionRule: ["is_open_to_partners"],
    Theme: ["name"],
    Person: ["name"],
    Discipline: ["name"],
    Institution: ["name", "acronym"],
}


def chairs_of(record) -> set[int]:
    """Return the chairs whose text this record is part of."""
    if isinstance(record, Chair):
        return {record.pk}
    if isinstance(record, PARTS):
        return {record.chair_id}
    if isinstance(record, InstitutionAlias):
        record = record.institution
    either_way = reduce(or_, (Q(**{way: record}) for way in SHARED[type(record)]))
    return set(Chair.objects.filter(either_way).values_list("pk", flat=True))


def before_shared_save(sender, instance, raw=False, **kwargs):
    names = list(_shown_columns(sender))
    before = None if raw or instance.pk is None else sender._base_manager.filter(pk=instance.pk).values(*names).first()
    instance._shows_the_same = before == {name: getattr(instance, name) for name in names}


def _shown_columns(model) -> Iterator[str]:
    columns = {field.name for field in model._meta.concrete_fields}
    for name in SHOWN[model]:
        yield from {f"{name}_{language}" for language in LANGUAGES} & columns or {name}


def after_save(sender, instance, raw=False, **kwargs):
    if not raw and not getattr(instance, "_shows_the_same", False):  # a fixture's records come in any order
        index.reindex(chairs_of(instance))


def before_delete(sender, instance, **kwargs):
    instance._chairs_to_index = chairs_of(instance)


def after_delete(sender, instance, **kwargs):
    index.reindex(instance._chairs_to_index)


def after_chair_deleted(sender, instance, **kwargs):
    index.forget(instance.pk)


def after_themes_changed(sender, instance, action, reverse, pk_set, **kwargs):
    """`reverse` is set where the chairs of a theme were changed, rather than the themes of a chair."""
    if action == "pre_clear" and reverse:
        instance._chairs_to_index = chairs_of(instance)
    elif action == "post_clear" and reverse:
        index.reindex(instance._chairs_to_index)
    elif action.startswith("post_"):
        index.reindex(pk_set if reverse else {instance.pk})


def fill_again(**kwargs):
    """Fill the index that a migration left empty, once the last one has made all that filling it reads."""
    if _is_made() and index.is_missing() and not _migrations_left():
        index.rebuild()


def _is_made() -> bool:
    made = connection.introspection.table_names()
    return {model._meta.db_table for model in (Chair, SearchEntry, ChairCard)} <= set(made)


def _migrations_left() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def receivers() -> Iterator[tuple]:
    """Return who listens to which signal of which model, to keep the index current."""
    for model in SHARED:
        yield pre_save, before_shared_save, model
    for model in (Chair, *PARTS, *SHARED, InstitutionAlias):
        yield post_save, after_save, model
    for model in (*PARTS, *SHARED, InstitutionAlias):
        yield pre_delete, before_delete, model
        yield post_delete, after_delete, model
    yield post_delete, after_chair_deleted, Chair
    yield m2m_changed, after_themes_changed, Chair.themes.through


def connect(app) -> None:
    post_migrate.connect(fill_again, sender=app, dispatch_uid=DISPATCH_UID)
    for signal, receiver, sender in receivers():
        signal.connect(receiver, sender=sender, dispatch_uid=DISPATCH_UID)
