"""Python's garbage collector, during work that makes and keeps many objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_by_hand() -> Iterator[None]:
    """Switch the collector off; the work collects what is new after each of its parts, by `collect_new`.

    By itself the collector looks again and again at all that is kept, which takes a third of a rebuild's time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collect_new() -> None:
    """Free the records of a part that refer to each other. Nothing may hold them any more: what is kept is never looked at again."""
    gc.collect(0)
