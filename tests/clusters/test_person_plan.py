"""To name one person, nobody else's appointments are read: a page of one record does not grow with the data."""

import pytest

from clusters.models import Person
from tests.personas import EDITOR

pytestmark = pytest.mark.django_db


# PostgreSQL chooses by the number of rows, which are few here.
@pytest.mark.only_on("sqlite")
def test_whether_a_person_is_seen_is_asked_of_their_own_appointments(cast):
    plan = Person.objects.visible_to(cast[EDITOR]).filter(pk=1).explain()
    assert "chairs_appointment" in plan
    assert "LIST SUBQUERY" not in plan
