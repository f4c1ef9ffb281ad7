"""Rows of a relation that were fetched together with their record."""


class Rows(list):
    """Prefetched rows of a relation. As a list, they have no `filter`, which would cost another query."""


def fetched(record, name: str):
    """Return the prefetched rows of a record's relation, or None if it was not prefetched."""
    return getattr(record, "_prefetched_objects_cache", {}).get(name)


def give(record, name: str, rows: list) -> None:
    """Store rows as the prefetched rows of a record's relation, so that `record.<name>.all()` returns them."""
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = Rows(rows)
