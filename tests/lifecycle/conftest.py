import copy

import pytest
from django.db import transaction

from tests.personas import Cast, make_cast


@pytest.fixture(scope="module")
def whole_cast(django_db_setup, django_db_blocker):
    """Everybody, once for all tests of a module: making them takes longer than what most of these tests try."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture
def cast(whole_cast, db) -> Cast:
    """A copy of everybody: what a person may do is read once and kept on the user object."""
    return copy.deepcopy(whole_cast)
