"""How the lists of collaborations grow (see lists.py)."""

from decimal import Decimal

from tests import factories
from tests.collaboration_factory import make_collaboration, make_participant


def collaboration(world):
    """One more collaboration of the cluster, the chair and a new cluster, with two that pay."""
    made = make_collaboration(
        world.cluster, factories.make_cluster(), chairs=[world.chair], countries=["DE", "FR"], funding=Decimal("10.00")
    )
    make_participant(made, "50", institution=factories.make_institution())
    make_participant(made, "50", cluster=world.cluster)


def participant(world):
    """One more participant on record and one more cluster that pays, and one more chair, in the same collaboration."""
    make_participant(world.collaboration, institution=factories.make_institution())
    make_participant(world.collaboration, cluster=factories.make_cluster())
    world.collaboration.chairs.add(factories.make_chair("active"))
