"""What an end of a chair has to look at in the apps above: they lend it here, so that no import runs upwards."""

from collections.abc import Callable

# Sentences that keep the chair from its end, and what is locked before the chair's own row.
OBSTACLES: list[Callable] = []
LOCKS: list[Callable] = []
# Verbs that stop the chair, for good or for a time.
ENDING_VERBS = frozenset({"close", "withdraw", "suspend"})


def ending_obstacles(chair) -> list[str]:
    """Return everything that keeps a chair from being closed or withdrawn."""
    return [sentence for obstacles in OBSTACLES for sentence in obstacles(chair)]


def lock_before_end(chair, verb: str) -> None:
    """Take the locks of what ends with the chair, in the order of those who act on it: theirs first, then the chair's."""
    if verb in ENDING_VERBS:
        for lock in LOCKS:
            lock(chair)
