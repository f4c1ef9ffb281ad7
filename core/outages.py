"""Tells an outage, which passes, from a mistake of ours: the database, the shared cache or the store of files does not answer."""

from django.db import InterfaceError, OperationalError


def _path(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


# By their paths: a task's failure is kept by it, and only a site that has such a cache loads its client. Django's other errors
# of a database are mistakes of ours.
OUTAGES = {
    *map(_path, (OperationalError, InterfaceError)),
    "redis.exceptions.ConnectionError",
    "redis.exceptions.TimeoutError",
    "core.storage.StorageUnreachable",
}


def is_outage(error: BaseException | None) -> bool:
    """Return whether to ask again in a moment."""
    return any(_path(kind) in OUTAGES for kind in type(error).__mro__)
