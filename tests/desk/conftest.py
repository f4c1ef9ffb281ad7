"""A cluster, two of its staff, and a delegation under which the one stands in for the other from today."""

import datetime

import pytest

from clusters.enums import Role
from clusters.models import Delegation
from tests import factories
from tests.days import TODAY


@pytest.fixture
def cluster():
    return factories.make_cluster(slug="here")


@pytest.fixture
def away(cluster):
    return factories.make_staff(cluster, Role.MANAGER, name="Anna Away")


@pytest.fixture
def stand_in(cluster):
    return factories.make_staff(cluster, Role.EDITOR, name="Bela Between")


@pytest.fixture
def delegation(cluster, away, stand_in):
    last = TODAY() + datetime.timedelta(days=5)
    return Delegation.objects.create(
        cluster=cluster, delegator=away, stand_in=stand_in, starts_on=TODAY(), ends_on=last
    )
