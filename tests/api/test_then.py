"""A chair and a cluster as they stood on a day that is over, as programs ask."""

import datetime

import pytest

from clusters.models import Figure
from tests.api.test_shapes import tool
from tests.factories import make_appointment, make_chair, make_person
from tests.figures.money import entered, silent_sponsorship

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


def test_a_chair_has_its_money_of_today_and_of_the_day(api, chair):
    stated = {"public_grant": 500_000, "public_grant_source": "https://example.org/", "public_grant_on": "2025-06-01"}
    type(chair).objects.filter(pk=chair.pk).update(**stated)
    chair.stated_partners.create(name="Stated & Sons")
    told = silent_sponsorship(chair=chair, confidentiality="public")
    entered(told, "agreed", "7000.00", "2025-05-02")
    entered(silent_sponsorship(chair=chair, confidentiality="anonymous"), "agreed", "90.00", "2025-01-02")
    money = api.get(f"chairs/{chair.pk}/money")
    assert money["public_grant"] == {"amount": 500_000, "source": "https://example.org/", "stated_on": "2025-06-01"}
    [sponsor] = money["sponsors"]
    assert (sponsor["partner"]["id"], sponsor["amounts"]["cash"]) == (told.partner.pk, 7000)
    assert money["stated_partners"] == [{"name": "Stated & Sons", "unit": "", "pays": None}]
    then = api.get(f"chairs/{chair.pk}/money?on=2025-05-01")
    assert (then["on"], then["public_grant"], then["sponsors"]) == ("2025-05-01", None, [])
    assert len(api.get(f"chairs/{chair.pk}/money?on=2025-05-02")["sponsors"]) == 1
    assert api.get(f"chairs/{chair.pk}/money?on=2024-05-01", 404) and api.get("chairs/99999/money", 404)
    assert api.get(f"chairs/{chair.pk}/money?on=yesterday", 400)["errors"][0]["parameter"] == "on"
    told = tool(api, "get_chair", id=chair.pk)["structuredContent"]
    assert told["money"]["public_grant"] == money["public_grant"]


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
