"""Tells an outage, which passes, from a mistake of ours: the database or the shared cache does not answer."""

from django.db import InterfaceError, OperationalError

# By their names: only a site that has such a cache loads its client.
OF_THE_CACHE = {"redis.exceptions.ConnectionError", "redis.exceptions.TimeoutError"}


def is_outage(error: BaseException | None) -> bool:
    """Return whether to ask again in a moment. Django's other errors of a database are mistakes of ours."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    return any(f"{kind.__module__}.{kind.__qualname__}" in OF_THE_CACHE for kind in type(error).__mro__)
