"""The references to a record, found in the registry of models, for showing and for moving them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db.models import CharField, Field, ForeignKey, IntegerField, Model, QuerySet, UniqueConstraint
from simple_history.models import HistoricalChanges

from core.models import PastAddress


@dataclass
class References:
    """The rows of one model that refer to a record by one field."""

    model: type[Model]
    field: ForeignKey
    rows: list[Any]
    # Rows that cannot move, because the other record has one already: by key, the row that stays, or None for a self-reference.
    in_the_way: dict[Any, Any] = field(default_factory=dict)

    @property
    def to_move(self) -> list[Any]:
        return [row for row in self.rows if row.pk not in self.in_the_way]

    @property
    def to_set_aside(self) -> list[Any]:
        return [row for row in self.rows if row.pk in self.in_the_way]

    @property
    def is_history(self) -> bool:
        return issubclass(self.model, HistoricalChanges)


def fields_to(model: type[Model]) -> Iterator[tuple[type[Model], Any]]:
    """Yield (model, field) for each foreign key to a model, including those of many-to-many tables."""
    for owner in apps.get_models(include_auto_created=True):
        if not owner._meta.managed or owner._meta.proxy:
            continue
        for one in owner._meta.local_concrete_fields:
            if isinstance(one, ForeignKey) and one.remote_field.model is model:
                yield owner, one


def references_to(gone: Model, kept: Model) -> list[References]:
    """Return all references to the record that goes, with the rows that conflict with rows of the other record."""
    found = []
    for model, one in fields_to(type(gone)):
        rows = list(_rows(model).filter(**{one.attname: gone.pk}).order_by("pk"))
        if rows:
            found.append(References(model, one, rows, _in_the_way(model, one, rows, kept)))
    return found


def plain_references_to(gone: Model) -> Iterator[tuple[type[Model], list[Any]]]:
    """Yield (model, keys) of the rows that refer to the record by kind and key, without a foreign key.

    Past addresses are left out: the merge itself handles them.
    """
    kind = gone._meta.label_lower
    for model in apps.get_models():
        fields = {one.name: one for one in model._meta.local_concrete_fields}
        named = next((name for name in ("kind", "list_of") if isinstance(fields.get(name), CharField)), None)
        if named is None or model is PastAddress or not isinstance(fields.get("record"), IntegerField):
            continue
        keys = (
            model._base_manager.filter(**{named: kind, "record": gone.pk}).order_by("pk").values_list("pk", flat=True)
        )
        if keys := list(keys):
            yield model, keys


def _rows(model: type[Model]) -> QuerySet[Any]:
    return model._base_manager.all()


def _in_the_way(model: type[Model], one: ForeignKey, rows: list[Any], kept: Model) -> dict[Any, Any]:
    found = {}
    for row in rows:
        if _would_point_to_itself(row, one, kept):
            found[row.pk] = None
        elif (standing := _standing(model, one, row, kept)) is not None:
            found[row.pk] = standing
    return found


def _would_point_to_itself(row: Any, moved: ForeignKey, kept: Model) -> bool:
    """Return whether moving a many-to-many row would relate the record to itself."""
    if not row._meta.auto_created:
        return False
    others = [one for one in row._meta.local_concrete_fields if isinstance(one, ForeignKey) and one is not moved]
    same = [one for one in others if one.remote_field.model is type(kept)]
    return any(getattr(row, one.attname) == kept.pk for one in same)


def _standing(model: type[Model], one: ForeignKey, row: Any, kept: Model) -> Any:
    """Return the other record's row that makes moving this row violate a unique constraint, or None."""
    for fields, condition in _unique_sets(model, one):
        values = {name: getattr(row, model._meta.get_field(name).attname) for name in fields if name != one.name}
        if None in values.values():
            continue
        narrowed = _rows(model) if condition is None else _rows(model).filter(condition)
        if condition is not None and not narrowed.filter(pk=row.pk).exists():
            continue
        if standing := narrowed.filter(**values, **{one.attname: kept.pk}).first():
            return standing
    return None


def _unique_sets(model: type[Model], one: Field) -> Iterator[tuple[tuple[str, ...], Any]]:
    if one.unique:
        yield (one.name,), None
    for names in model._meta.unique_together:
        if one.name in names:
            yield tuple(names), None
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and one.name in constraint.fields:
            yield tuple(constraint.fields), constraint.condition


def snapshot(record: Model) -> dict[str, Any]:
    """Return a record's fields as serialised data, for JSON."""
    [line] = serializers.serialize("python", [record])
    return line


def restored(line: dict[str, Any]) -> Any:
    """Return the record of a snapshot, not saved yet."""
    [found] = serializers.deserialize("python", [line])
    return found.object
