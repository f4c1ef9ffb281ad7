"""Tells temporary outages from programming errors: the database, shared cache or file storage does not respond."""

from django.db import InterfaceError, OperationalError


def _path(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


# By path, because the task queue stores the failure's class as a path, and a site without such a cache does not load
# its client. Django's other database errors are programming errors.
OUTAGES = {
    *map(_path, (OperationalError, InterfaceError)),
    "redis.exceptions.ConnectionError",
    "redis.exceptions.TimeoutError",
    "core.storage.StorageUnreachable",
}


def is_outage(error: BaseException | None) -> bool:
    """Return whether the error is an outage, so that trying again shortly may succeed."""
    return any(_path(kind) in OUTAGES for kind in type(error).__mro__)
