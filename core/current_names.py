"""Rows that store the name of the record that they are about, and show how it is called now.

The stored name is in the language of whoever wrote the row, and is as old as the row. It is shown only if the record is
gone.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.utils.functional import cached_property


class NamesRecord:
    """Mixin of a model that stores a record's label, key and name. `label_in` is the field with the label."""

    label_in = "kind"
    record: Any
    name: Any

    @property
    def label(self) -> str:
        label: str = getattr(self, self.label_in)
        return label

    @cached_property
    def current(self) -> Any:
        """The record as it is now; None if it is gone."""
        return apps.get_model(self.label)._base_manager.filter(pk=self.record).first()

    @property
    def present_name(self) -> str:
        """The record's name in the reader's language; the stored one if the record is gone."""
        return str(self.current or self.name)


def fetch_current(rows: Iterable[Any], joined: Any = lambda model: ()) -> None:
    """Fetch the records of these rows, one query for each kind. `joined` returns the relations that a kind's name needs.

    Rows that name no record are left alone.
    """
    by_label = defaultdict(list)
    for row in rows:
        if isinstance(row, NamesRecord):
            by_label[row.label].append(row)
    for label, some in by_label.items():
        model = apps.get_model(label)
        found = model._base_manager.select_related(*joined(model)).in_bulk([row.record for row in some])
        for row in some:
            row.current = found.get(row.record)
