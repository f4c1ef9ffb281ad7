"""Addresses of the panel that nobody types: each is answered, by a list or by “bad request” with a sentence."""

from itertools import product

import pytest

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]
HUGE = "9" * 24
VALUES = ["%00", HUGE, "x" * 5000, "%ff%fe", "'"]
PARAMETERS = ["q", "p", "o", "status__exact", "cluster__id__exact", "cluster", "kind", "occasion", "e"]
LISTS = ["chairs/chair", "clusters/theme", "clusters/institution", "sponsorships/sponsorship", "core/outgoingmail"]


@pytest.fixture
def coordinator(client):
    client.force_login(factories.make_staff(None, "coordinator"))
    return client


@pytest.mark.parametrize("page", LISTS)
def test_a_list_stands_whatever_its_address_says(coordinator, page):
    answers = {
        (name, value): coordinator.get(f"/admin/{page}/?{name}={value}").status_code
        for name, value in product(PARAMETERS, VALUES)
    }
    assert {asked: status for asked, status in answers.items() if status not in (200, 400)} == {}
    assert {answers["q", value] for value in VALUES if value != "%00"} == {200}


@pytest.mark.parametrize("field", ["%2B", "%00", "password", "user__password", HUGE])
def test_a_form_for_another_record_answers_no_unknown_field(coordinator, field):
    assert coordinator.get(f"/admin/clusters/person/?_popup=1&_to_field={field}").status_code == 400
    assert coordinator.get(f"/admin/chairs/discipline/add/?_popup=1&_to_field={field}").status_code == 400
    assert coordinator.get("/admin/clusters/person/?_popup=1&_to_field=id").status_code == 200


@pytest.mark.parametrize("pk", ["0", "-1", HUGE, "x", "%00", "1_00"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_record_that_cannot_be_is_not_found(coordinator, pk, page):
    assert coordinator.get(f"/admin/chairs/chair/{pk}/{page}/").status_code == 404
    there = factories.make_chair().pk
    assert coordinator.get(f"/admin/chairs/chair/{there}/{page}/").status_code == (403 if page == "delete" else 200)


def test_no_pair_is_made_of_what_is_no_key(coordinator):
    person, twin = factories.make_person(), factories.make_person()
    pair = {"record": [person.pk, twin.pk]}
    assert coordinator.post("/admin/clusters/person/duplicates/", pair).status_code == 302
    for keys in ([HUGE, str(person.pk)], ["9" * 5000, "1"], [str(2**63), str(2**63 + 1)]):
        assert coordinator.post("/admin/clusters/person/duplicates/", {"record": keys}).status_code == 404


def test_a_form_that_saw_no_version_is_shown_again(coordinator):
    person = factories.make_person()
    page = coordinator.post(f"/admin/clusters/person/{person.pk}/change/", {"name": "Ada", "seen": "9" * 5000})
    assert page.status_code == 200 and "Somebody changed this record" in page.text


@pytest.mark.parametrize("value", ["x", HUGE, "1,x,,", "'"])
def test_a_form_is_not_upset_by_what_an_address_fills_in(client, value):
    client.force_login(factories.make_staff(factories.make_cluster(), "manager"))
    for page, names in {
        "chairs/chair": ["cluster", "kind", "phase", "themes", "starts_on", "slug"],
        "sponsorships/sponsorship": ["partner", "chair", "activity", "signatory", "cash_amount", "starts_on"],
        "clusters/person": ["registered_in", "orcid", "user", "slug"],
    }.items():
        assert client.get(f"/admin/{page}/add/", dict.fromkeys(names, value)).status_code == 200
