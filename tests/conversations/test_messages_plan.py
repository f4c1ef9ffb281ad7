"""The messages of a sponsorship are found by it: no table of all sponsorships is read to show one's."""

import pytest

from conversations.models import Message
from tests import factories
from tests.config.test_dashboard_plan import is_walk, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize("role", ["manager", "finance"])
def test_the_messages_of_a_sponsorship_are_found_by_indexes(role):
    sponsorship = factories.make_sponsorship("in_review")
    staff = factories.make_staff(sponsorship.chair.cluster, role)
    factories.make_message(sponsorship, sponsorship.created_by)
    found = Message.objects.visible_to(staff).filter(sponsorship=sponsorship)
    assert len(found) == 1
    plan = plan_of(*found.query.sql_with_params())
    assert not [line for line in plan.splitlines() if is_walk(line)], plan
