"""Sums under the lists of chairs and activities: of all that the reader filtered."""

import re
from decimal import Decimal

import pytest

from tests import factories
from tests.personas import EDITOR

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("whole_cast")]


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


def test_a_long_list_is_added_up_when_somebody_asks(client, cast, monkeypatch):
    monkeypatch.setattr("core.admin.sums.MAX_SUMMED", 1)
    factories.make_chair(cluster=cast.cluster)
    page = client.get("/admin/chairs/chair/?status=draft&o=-1")
    assert sums(client, "/admin/chairs/chair/") == {} != sums(client, "/admin/chairs/chair/?sums=1")
    assert "Add up the whole list" not in client.get("/admin/chairs/chair/?sums=1").content.decode()
    assert sums(client, "/admin/chairs/chair/?status=draft")["Chairs"] == "1" == str(page.context["cl"].result_count)


def test_a_chair_of_several_themes_is_listed_once(client, cast):
    first, second = (factories.make_theme(cast.cluster) for _time in range(2))
    cast.chair.themes.add(first, second)
    page = client.get(f"/admin/chairs/chair/?themes__id__exact={first.pk}")
    assert list(page.context["cl"].result_list) == [cast.chair]
    both = client.get(f"/admin/chairs/chair/?themes__id__exact={first.pk}&themes__id__exact={second.pk}")
    assert list(both.context["cl"].result_list) == [cast.chair]
