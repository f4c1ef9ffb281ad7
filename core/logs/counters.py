"""Counts requests for all web processes together, in memory that they share.

The server loads this before it makes its workers. Each of them has a slot to itself, so that none waits for another, and a
worker that is killed leaves nothing locked; whoever is asked adds the slots up.
"""

import mmap
import threading
from bisect import bisect_left
from collections.abc import Iterator

# More than there are workers at any moment: a new one may take the slot of one that is long gone, and counts on.
SLOTS = 512
METHODS = ("GET", "HEAD", "POST")
OTHER = "other"
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
# Seconds until the answer began.
BUCKETS = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_LABELS = [(method, status) for method in (*METHODS, OTHER) for status in CLASSES]
_PLACES = {labels: place for place, labels in enumerate(_LABELS)}
_FIRST_BUCKET = len(_LABELS)
# One more: for what takes longer than the last.
_SECONDS = _FIRST_BUCKET + len(BUCKETS) + 1
_CELLS = _SECONDS + 1

_cells = memoryview(mmap.mmap(-1, SLOTS * _CELLS * 8)).cast("d")
_lock = threading.Lock()
_first = 0


def use_slot(number: int) -> None:
    """Count in this slot from now on: called in each worker as it begins."""
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
    """Yield how many requests of each method got each class of status."""
    for labels, place in _PLACES.items():
        yield labels, int(_total(place))


def durations() -> tuple[list[int], float]:
    """Return how many answers took up to each of BUCKETS, and longer, each counted once; and the seconds of all."""
    return [int(_total(_FIRST_BUCKET + place)) for place in range(len(BUCKETS) + 1)], _total(_SECONDS)


def _total(place: int) -> float:
    return sum(_cells[place::_CELLS])
