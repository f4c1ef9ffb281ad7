import pytest
from django.db import transaction

from tests.conftest import is_second_half
from tests.matrix.visits import cookies_of
from tests.matrix.world import make_world
from tests.personas import PERSONAS


@pytest.fixture(scope="session")
def who_tries(pytestconfig):
    """Return who of a row's personas goes there: everybody, or on the second database one for each outcome.

    Who may is the same on any database; what a page asks of it is not.
    """

    def who_tries(outcomes: dict) -> list:
        return list({outcome: who for who, outcome in outcomes.items()}.values() if is_second else outcomes)

    is_second = is_second_half(pytestconfig)
    return who_tries


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, search_index, field_history):
    """One world for all rows, and a signed-in browser for each persona: making them is slower than any page.

    Each test's own transaction, inside this one, undoes what its pages write.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        world.cookies = {persona: cookies_of(world, persona) for persona in PERSONAS}
        yield world
        transaction.set_rollback(True)
