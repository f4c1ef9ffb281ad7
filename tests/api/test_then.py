"""A chair and a cluster as they stood on a day that is over, as programs ask."""

import datetime

import pytest

from clusters.models import Figure
from tests.api.test_shapes import tool
from tests.factories import make_appointment, make_chair, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]


@pytest.fixture
def chair():
    chair = make_chair("active", with_pi=False, starts_on=datetime.date(2024, 9, 1))
    chair.cluster.selected_on = datetime.date(2024, 5, 10)
    chair.cluster.save()
    make_appointment(chair, person=make_person(name="Ada Left"), ends_on=datetime.date(2025, 12, 31))
    make_appointment(chair, person=make_person(name="Bea Came"), starts_on=datetime.date(2026, 1, 1))
    return chair


def names(record):
    return [post["person"]["name"] for post in record["people"]]


def test_a_chair_has_the_people_of_the_day(api, chair):
    then = api.get(f"chairs/{chair.pk}?on=2025-04-07")
    assert (then["on"], names(then), then["status"]) == ("2025-04-07", ["Ada Left"], "active")
    assert then["links"]["self"].endswith(f"/chairs/{chair.pk}?on=2025-04-07")
    today = api.get(f"chairs/{chair.pk}")
    assert today["on"] is None and names(today) == ["Ada Left", "Bea Came"]
    told = tool(api, "get_chair", id=chair.pk, on="2025-04-07")["structuredContent"]
    assert told["on"] == "2025-04-07" and names(told) == ["Ada Left"] and told["address"]
    hidden = chair.appointments.get(person__name="Ada Left").person
    hidden.is_hidden = True
    hidden.save()
    assert names(api.get(f"chairs/{chair.pk}?on=2025-04-07")) == []


def test_a_cluster_has_what_sources_had_stated(api, chair):
    source = {"value": 12, "unit": "people", "source": "https://example.org/", "cluster": chair.cluster}
    Figure.objects.create(label_en="Early", as_of="2024", **source)
    Figure.objects.create(label_en="Late", as_of="2025-05", **source)
    then = api.get(f"clusters/{chair.cluster.pk}?on=2025-04-07")
    assert [one["label"]["en"] for one in then["figures"]] == ["Early"]
    assert len(api.get(f"clusters/{chair.cluster.pk}")["figures"]) == 2


def test_what_cannot_be_asked_is_said(api, chair):
    there = f"chairs/{chair.pk}"
    for day in ("yesterday", "2090-01-01"):
        assert api.get(f"{there}?on={day}", 400)["errors"][0]["parameter"] == "on"
    assert "was not public on 1 May 2024" in api.get(f"{there}?on=2024-05-01", 404)["detail"]
    assert "selected" in api.get(f"clusters/{chair.cluster.pk}?on=2024-05-09", 404)["detail"]
    assert api.get("chairs?on=2025-04-07", 400)["errors"][0]["parameter"] == "on"
