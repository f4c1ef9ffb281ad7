"""What a page has fetched already with its record."""


class Rows(list):
    """The rows of a relation, where they were fetched apart. They cannot be narrowed: that would be another query."""


def fetched(record, name: str):
    """Return the rows of a relation that came with the record (`prefetch_related`), or None where they did not."""
    return getattr(record, "_prefetched_objects_cache", {}).get(name)


def give(record, name: str, rows: list) -> None:
    """Give a record the rows of one of its relations, as `prefetch_related` does: `record.<name>.all()` has them."""
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = Rows(rows)
