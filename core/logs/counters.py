"""Counts requests of all web processes together, in shared memory.

The server imports this before it forks the workers. Each worker writes to its own slot, so that none waits for another
and a killed worker leaves no lock behind. Reading adds up the slots.
"""

import mmap
import threading
from bisect import bisect_left
from collections.abc import Iterator

# More than the number of workers at any time. A new worker may reuse the slot of one that ended long ago, and adds to it.
SLOTS = 512
METHODS = ("GET", "HEAD", "POST")
OTHER = "other"
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
# Upper bounds of the histogram, in seconds until the response began.
BUCKETS = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_LABELS = [(method, status) for method in (*METHODS, OTHER) for status in CLASSES]
_PLACES = {labels: place for place, labels in enumerate(_LABELS)}
_FIRST_BUCKET = len(_LABELS)
# One bucket more, for anything slower than the last bound.
_SECONDS = _FIRST_BUCKET + len(BUCKETS) + 1
_CELLS = _SECONDS + 1

_cells = memoryview(mmap.mmap(-1, SLOTS * _CELLS * 8)).cast("d")
_lock = threading.Lock()
_first = 0


def use_slot(number: int) -> None:
    """Count in this slot from now on. Each worker calls it when it starts."""
    global _first
    _first = number % SLOTS * _CELLS


def count(method: str, status: int, seconds: float) -> None:
    labels = (method if method in METHODS else OTHER, CLASSES[min(max(status // 100, 1), 5) - 1])
    bucket = _FIRST_BUCKET + bisect_left(BUCKETS, seconds)
    with _lock:
        _cells[_first + _PLACES[labels]] += 1
        _cells[_first + bucket] += 1
        _cells[_first + _SECONDS] += seconds


def requests() -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the number of requests per (method, class of status)."""
    for labels, place in _PLACES.items():
        yield labels, int(_total(place))


def durations() -> tuple[list[int], float]:
    """Return the number of requests per bucket, not cumulated, with a last one for slower ones; and the sum of seconds."""
    return [int(_total(_FIRST_BUCKET + place)) for place in range(len(BUCKETS) + 1)], _total(_SECONDS)


def _total(place: int) -> float:
    return sum(_cells[place::_CELLS])
