"""The records that a line may name, read once for all lines: found by an identifier, or by their exact name."""

from collections import defaultdict
from typing import Any

from core.similar_names import BEGINNING, are_alike
from core.text import name_key


class Known:
    """The records of one kind, including those that earlier lines have created."""

    def __init__(self, kind: Any, records: Any):
        self.kind = kind
        self.by_key: dict[str, list[Any]] = defaultdict(list)
        self.by_name: dict[str, list[Any]] = defaultdict(list)
        self.by_beginning: dict[str, list[Any]] = defaultdict(list)
        for record in records:
            self.add(record)

    def add(self, record: Any) -> None:
        """Make a record known to the following lines."""
        for key in filter(None, self.kind.keys_of(record)):
            self.by_key[key.lower()].append(record)
        for name in {name_key(name) for name in self.kind.names_of(record) if name}:
            self.by_name[name].append(record)
            for word in name.split():
                self.by_beginning[word[:BEGINNING]].append(record)

    def find(self, text: str) -> list[Any]:
        """Return the records that a text names: by identifier or slug, or else by name."""
        return self.find_by_key(text) or _once(self.by_name.get(name_key(text), []))

    def find_by_key(self, text: str) -> list[Any]:
        """Return the records with this identifier or slug."""
        for key in self.kind.shapes_of(text):
            if found := self.by_key.get(key.lower()):
                return _once(found)
        return []

    def alike(self, name: str, **how: Any) -> list[Any]:
        """Return the records with a similar name."""
        near = [one for word in name_key(name).split() for one in self.by_beginning.get(word[:BEGINNING], ())]
        return [record for record in _once(near) if are_alike(record.name, name, **how)]


def _once(records: list[Any]) -> list[Any]:
    return list({record.pk: record for record in records}.values())
