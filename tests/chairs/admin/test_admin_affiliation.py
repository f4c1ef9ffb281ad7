"""An appointment is filled in with who employs the person: as their latest chair says, for whoever may know of it."""

import pytest

from chairs.models import Chair
from tests import factories
from tests.chairs.admin.forms import ADD, cap_data, investigator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def person(cluster):
    return factories.make_person(name="Ada Employed", registered_in=cluster)


def employ(person, cluster, status="active", **overrides):
    chair = factories.make_chair(status, with_pi=False, cluster=cluster)
    return factories.make_appointment(chair, person=person, **overrides).affiliation


def found(client) -> dict:
    query = {"app_label": "chairs", "model_name": "appointment", "field_name": "person", "term": "ada employed"}
    [line] = client.get("/admin/autocomplete/", query).json()["results"]
    return line


def test_a_row_without_an_affiliation_takes_the_latest_one(client, editor, cluster, kind, person):
    employ(person, cluster, starts_on="2020-01-01")
    latest = employ(person, cluster, starts_on="2024-01-01")
    chosen = factories.make_institution()
    employer = {"id": str(latest.pk), "text": str(latest)}
    assert found(client)["affiliation"] == employer
    people = [investigator(person=person.pk, affiliation=""), investigator(affiliation=chosen.pk)]
    assert client.post(ADD, cap_data(cluster, kind, people)).status_code == 302
    chair = Chair.objects.latest("pk")
    assert [post.affiliation for post in chair.appointments.order_by("pk")] == [latest, chosen]


def test_another_clusters_draft_says_nothing(client, editor, cluster, kind, person):
    elsewhere = factories.make_cluster()
    employ(person, elsewhere, "draft")
    assert "affiliation" not in found(client)
    public = employ(person, elsewhere)
    assert found(client)["affiliation"]["id"] == str(public.pk)


def test_who_was_taken_over_is_the_institution_of_today(client, editor, cluster, person):
    today = factories.make_institution(name="University of today")
    employ(person, cluster, affiliation=factories.make_institution(successor=today))
    assert found(client)["affiliation"] == {"id": str(today.pk), "text": "University of today"}
