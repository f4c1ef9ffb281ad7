"""Doing something to see what it would leave."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Do what follows, and undo it: to look at what it would have left."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
