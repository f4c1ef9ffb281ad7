"""What a page has fetched already with its record."""


def fetched(record, name: str):
    """Return the rows of a relation that came with the record (`prefetch_related`), or None where they did not."""
    return getattr(record, "_prefetched_objects_cache", {}).get(name)
