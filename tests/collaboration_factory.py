"""Collaborations for tests; apart from the other records (tests/factories.py), which are many."""

from decimal import Decimal

from collaborations.models import Collaboration, Participant
from tests.factories import numbers


def make_collaboration(*clusters, chairs=(), **overrides) -> Collaboration:
    """A collaboration of these clusters, kept by the first."""
    number = next(numbers)
    values = {
        "slug": f"collaboration-{number}",
        "title_en": f"Collaboration {number}",
        "title_fr": f"Collaboration n° {number}",
        "kind": "joint_research",
        "countries": ["FR"],
        "starts": "2024",
        "kept_by": clusters[0] if clusters else None,
        **overrides,
    }
    collaboration = Collaboration.objects.create(**values)
    collaboration.clusters.set(clusters)
    collaboration.chairs.set(chairs)
    return collaboration


def make_participant(collaboration, percent=None, **who) -> Participant:
    who = who or {"name": f"Participant {next(numbers)}", "kind": "institution"}
    share = None if percent is None else Decimal(percent)
    return Participant.objects.create(collaboration=collaboration, percent=share, **who)
