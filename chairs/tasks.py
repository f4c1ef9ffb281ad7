"""What the worker does for chairs every night. docs/composition.md says how it keeps itself going."""

from django_tasks import task

from chairs.conformity import review_all
from clusters import nightly


@task()
def review_compositions() -> int:
    """Review every chair, and come back tomorrow. Return how many chairs changed.

    The next visit is queued first: a review that fails, or whose worker dies, is followed by tomorrow's.
    """
    come_back()
    return len(review_all())


def come_back() -> bool:
    """Queue the next visit unless one is waiting. Return whether it was queued."""
    return nightly.come_back(review_compositions)
