"""Records that are two of one thing, and some that were made one: who merges them is asked of everybody."""

from core.merging import merge
from tests import factories
from tests.personas import COORDINATOR


def make_twins(world) -> None:
    world.twins, world.merges = {}, {}
    for kind, make in {"person": people(world), "institution": institutions, "partner": partners(world)}.items():
        world.twins[kind] = (make(), make())
        world.merges[kind] = merge(kept=make(), gone=make(), chosen={}, by=world.cast[COORDINATOR])


def people(world):
    return lambda: factories.make_person(name="Iris Twin of the cast", registered_in=world.cluster)


def institutions():
    return factories.make_institution()


def partners(world):
    def make():
        partner = factories.make_partner()
        # Nobody signs for it yet: a merge adds nobody who does.
        contact = factories.make_contact(partner, is_signatory=False)
        factories.make_sponsorship("submitted", contact, chair=world.chair)
        return partner

    return make
