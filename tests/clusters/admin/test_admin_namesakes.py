"""Records of one name: noticed before another is saved, and told apart where one is chosen."""

import pytest

from clusters.enums import Origin
from clusters.models import Institution, Person
from tests import factories
from tests.chairs.admin.forms import rows
from tests.clusters.admin.test_admin_reference import institution_data, person_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster(client):
    cluster = factories.make_cluster()
    client.force_login(factories.make_staff(cluster, "editor"))
    return cluster


def add(client, model, data):
    return client.post(f"/admin/clusters/{model}/add/", data)


def offered(client, field, term, model="appointment"):
    query = {"app_label": "chairs", "model_name": model, "field_name": field, "term": term}
    return [result["text"] for result in client.get("/admin/autocomplete/", query).json()["results"]]


@pytest.mark.parametrize("name", ["Gerard BIAU", "G. Biau", "Gérard M. Biau", "Biau Gérard", "Gérard Biaux"])
def test_a_like_name_of_a_person_is_noticed_before_it_is_saved(client, cluster, name):
    known = factories.make_person(name="Gérard Biau", origin=Origin.SOURCED)
    page = add(client, "person", person_data(cluster, name=name))
    assert page.status_code == 200 and "Gérard Biau" in page.text and f"/admin/clusters/person/{known.pk}/" in page.text
    assert "Use it instead, or tick it below as a different one." in page.text
    assert add(client, "person", person_data(cluster, name=name, different_from=[known.pk])).status_code == 302
    assert Person.objects.count() == 2


def test_another_namesake_than_the_one_ticked_is_noticed_too(client, cluster):
    first, _second = (factories.make_person(name="李晓明", origin=Origin.SOURCED) for _number in range(2))
    page = add(client, "person", person_data(cluster, name="李晓明", different_from=[first.pk]))
    assert page.status_code == 200 and "tick it below as a different one" in page.text


def test_two_orcid_ids_are_two_people_without_a_question(client, cluster):
    factories.make_person(name="Zoé Étoile", orcid="0000-0001-5109-3700", origin=Origin.SOURCED)
    assert add(client, "person", person_data(cluster, orcid="0000-0002-1825-0097")).status_code == 302


def test_people_whom_this_manager_does_not_see_are_not_told_of(client, cluster):
    factories.make_person(name="Zoé Étoile", registered_in=factories.make_cluster())
    assert add(client, "person", person_data(cluster)).status_code == 302


@pytest.mark.parametrize("name", ["Sorbonne University", "Sorbonne Univ.", "Université Sorbonne", "Sorbone Université"])
def test_a_like_name_of_an_institution_is_noticed(client, cluster, name):
    known = factories.make_institution(name="Sorbonne Université")
    page = add(client, "institution", institution_data(name=name))
    assert page.status_code == 200 and "“Sorbonne Université” has a very similar name." in page.text
    response = add(client, "institution", institution_data(name=name, different_from=[known.pk]))
    assert response.status_code == 302 and Institution.objects.count() == 2


def test_an_acronym_or_alias_that_another_goes_by_is_noticed(client, cluster):
    known = factories.make_institution(name="Université Côte du Sud", acronym="UCS")
    page = add(client, "institution", institution_data(name="Centre de sondages", acronym="ucs"))
    assert "“Université Côte du Sud” has this acronym too." in page.text
    values = institution_data(name="Centre de sondages", acronym="ucs", different_from=[known.pk])
    assert add(client, "institution", values).status_code == 302
    aliases = rows("aliases", [{"name": "universite cote du sud"}])
    assert "already goes by this name" in add(client, "institution", institution_data(name="Autre", **aliases)).text


def test_a_change_that_leaves_the_name_asks_nothing(client):
    client.force_login(factories.make_staff(None, "coordinator"))
    person, _other = (factories.make_person(name="Zoé Étoile", origin=Origin.SOURCED) for _number in range(2))
    data = person_data(factories.make_cluster(), name="Zoé Étoile", slug=person.slug, website="https://example.org/")
    response = client.post(f"/admin/clusters/person/{person.pk}/change/", data)
    assert response.status_code == 302, response.context["errors"]


def test_a_chooser_tells_homonyms_apart(client, cluster):
    one = factories.make_person(name="Marie Martin", orcid="0000-0002-1825-0097", origin=Origin.SOURCED)
    other = factories.make_person(name="Marie Martin", slug="marie-martin-2", origin=Origin.SOURCED)
    chair = factories.make_chair("active", with_pi=False)
    factories.make_appointment(chair, person=one, affiliation=factories.make_institution(name="Université A"))
    secret = factories.make_chair("draft", with_pi=False)
    factories.make_appointment(secret, person=other, affiliation=factories.make_institution(name="Université B"))
    assert offered(client, "person", "martin") == [
        "Marie Martin (Université A, 0000-0002-1825-0097)",
        "Marie Martin (marie-martin-2)",
    ]
    factories.make_institution(name="École du Sud", city="Nice", slug="sud")
    factories.make_institution(name="École du Sud", city="Pau", slug="sud-2")
    assert offered(client, "affiliation", "sud") == ["École du Sud (Nice, sud)", "École du Sud (Pau, sud-2)"]


def test_one_of_a_name_is_called_by_it_alone_though_another_is_hidden(client, cluster):
    factories.make_person(name="Marie Martin", origin=Origin.SOURCED)
    factories.make_person(name="Marie Martin", registered_in=factories.make_cluster())
    assert offered(client, "person", "martin") == ["Marie Martin"]


def test_staff_correct_a_family_name(client):
    client.force_login(factories.make_staff(None, "coordinator"))
    cluster = factories.make_cluster()
    add(client, "person", person_data(cluster, name="Ana Lopez Garcia", family_name="Lopez Garcia"))
    assert Person.objects.get().sort_key == "lopez garcia  ana"
    page = add(client, "person", person_data(cluster, name="Bob Durand", family_name="Dupont"))
    assert "“Dupont” is not part of the name." in page.text
