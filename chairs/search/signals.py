"""Signal receivers that keep the search index current: saving any part of a chair's public text rewrites its line.

They run in the transaction of the save, so the index always agrees with the records. Bulk updates and SQL send no
signal: triggers mark their chairs, and the next reader indexes them (chairs/search/freshness.py).
"""

from collections.abc import Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_migrate,
    pre_save,
)

from chairs.models import Chair, ChairCard, SearchEntry
from chairs.search import index, mark_triggers
from chairs.search.sources import OF_SHARED, PARTS, SHARED, chairs_of, marks_of, shown_columns
from core import data_triggers

DISPATCH_UID = "search"


def before_shared_save(sender, instance, raw=False, **kwargs):
    names = list(shown_columns(sender))
    before = None if raw or instance.pk is None else sender._base_manager.filter(pk=instance.pk).values(*names).first()
    instance._shows_the_same = before == {name: getattr(instance, name) for name in names}


def after_save(sender, instance, raw=False, created=False, **kwargs):
    if not raw and not getattr(instance, "_shows_the_same", False):  # a fixture's records come in any order
        is_new_alone = created and sender in SHARED  # no chair shows it yet, and nothing is marked
        index.reindex(chairs_of(instance), [] if is_new_alone else marks_of(instance))


def before_delete(sender, instance, **kwargs):
    instance._chairs_to_index = chairs_of(instance)


def after_delete(sender, instance, **kwargs):
    index.reindex(instance._chairs_to_index, marks_of(instance))


def after_chair_deleted(sender, instance, **kwargs):
    index.forget(instance.pk)


def after_themes_changed(sender, instance, action, reverse, pk_set, **kwargs):
    """Index the chairs concerned. `reverse` is true if a theme's chairs changed, not a chair's themes."""
    if action == "pre_clear" and reverse:
        instance._chairs_to_index = chairs_of(instance)
    elif action == "post_clear" and reverse:
        index.reindex(instance._chairs_to_index)
    elif action.startswith("post_"):
        index.reindex(pk_set if reverse else {instance.pk})


def fill_again(**kwargs):
    """Fill an index that a migration left empty, after the last migration: filling reads all tables."""
    if _is_made() and index.is_missing() and not _migrations_left():
        index.rebuild()


def _is_made() -> bool:
    made = connection.introspection.table_names()
    return {model._meta.db_table for model in (Chair, SearchEntry, ChairCard)} <= set(made)


def _migrations_left() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def receivers() -> Iterator[tuple]:
    """Yield the signal, receiver and model of each connection that keeps the index current."""
    for model in SHARED:
        yield pre_save, before_shared_save, model
    for model in (Chair, *PARTS, *SHARED, *OF_SHARED):
        yield post_save, after_save, model
    for model in (*PARTS, *SHARED, *OF_SHARED):
        yield pre_delete, before_delete, model
        yield post_delete, after_delete, model
    yield post_delete, after_chair_deleted, Chair
    yield m2m_changed, after_themes_changed, Chair.themes.through


def connect(app) -> None:
    data_triggers.others.append(mark_triggers.triggers)
    pre_migrate.connect(mark_triggers.remove_before_columns_change, sender=app, dispatch_uid=DISPATCH_UID)
    post_migrate.connect(fill_again, sender=app, dispatch_uid=DISPATCH_UID)
    for signal, receiver, sender in receivers():
        signal.connect(receiver, sender=sender, dispatch_uid=DISPATCH_UID)
