"""Trying something and rolling it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Run the block in a transaction and roll it back, to see what it would have written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
