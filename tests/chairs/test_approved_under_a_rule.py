"""An approved chair has the version of the rule under which it was approved: the database holds to it."""

import pytest
from django.db import IntegrityError

from chairs.models import Chair
from core.exceptions import Refused
from tests import factories
from tests.verbs import perform

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["approved", "active", "suspended", "closed"])
def test_no_chair_is_approved_without_a_rule(status):
    chair = factories.make_chair(status)
    with pytest.raises(IntegrityError, match="chairs_chair_approved_under_a_rule"):
        Chair.objects.filter(pk=chair.pk).update(rule=None)


def test_a_kind_without_a_rule_in_force_is_refused_with_a_sentence():
    chair = factories.make_chair("submitted", kind=factories.make_kind(rule=False))
    with pytest.raises(Refused, match="rule"):
        perform(chair, "approve", by=factories.make_staff(chair.cluster))
