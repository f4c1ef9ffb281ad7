"""Sums under the lists of chairs and activities: of all that the reader filtered."""

import re
from decimal import Decimal

import pytest

from tests import factories
from tests.personas import EDITOR

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def editor(client, cast):
    client.force_login(cast[EDITOR])


def sums(client, address) -> dict:
    text = client.get(address).content.decode()
    return dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", text))


def test_somebody_with_two_chairs_is_one_person(client, cast):
    person = cast.chair.appointments.get().person
    factories.make_appointment(factories.make_chair(cluster=cast.cluster, with_pi=False), person=person)
    factories.make_chair("active", cluster=cast.elsewhere)
    expected = {"Chairs": "2", "Principal investigators today": "1", "Chairs that break their rule": "0"}
    assert sums(client, "/admin/chairs/chair/") == expected
    assert sums(client, "/admin/chairs/chair/?status=draft")["Chairs"] == "1"


def test_targets_are_summed_and_those_still_open_apart(client, cast):
    factories.make_activity(cast.chair, target=Decimal(100000))
    factories.make_activity(cast.chair, target=Decimal(50000), deadline="2020-01-01")
    expected = {"Targets": "€150,000", "Targets of what is open to sponsors": "€100,000"}
    assert sums(client, "/admin/chairs/activity/") == expected
    assert sums(client, "/admin/chairs/activity/?q=nothing+of+the+kind")["Targets"] == "€0"
