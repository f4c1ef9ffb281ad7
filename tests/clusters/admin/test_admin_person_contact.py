"""A person's private address: who reads it, who changes it, and where it never appears."""

import pytest

from clusters.models import Person
from tests import factories
from tests.personas import COORDINATOR, EDITOR, MANAGER, OTHER_MANAGER, READER

pytestmark = pytest.mark.django_db
ADDRESS = "private.address@example.org"


@pytest.fixture
def person(cast):
    person = factories.make_person(name="Ada Private", registered_in=cast.cluster, contact_email=ADDRESS)
    factories.make_appointment(cast.chair, person=person)
    return person


def page(client, user, address):
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_staff_who_registered_the_person_read_it_and_others_do_not(client, cast, person):
    change = f"/admin/clusters/person/{person.pk}/change/"
    for role in (READER, EDITOR, MANAGER, COORDINATOR):
        assert ADDRESS in page(client, cast[role], change), role
    Person.objects.update(origin="sourced")
    there = page(client, cast[OTHER_MANAGER], change)
    assert "Ada Private" in there and ADDRESS not in there


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("status", ["draft", "submitted", "active"])
def test_a_place_in_a_chair_of_ones_own_does_not_open_it(client, cast, person, status):
    """Whom a source names may be put into any cluster's draft: neither record, nor log, nor invitation tells more."""
    Person.objects.filter(pk=person.pk).update(origin="sourced")
    chair = factories.make_chair(status, cluster=cast.elsewhere, with_pi=False)
    post = factories.make_appointment(chair, person=Person.objects.get(pk=person.pk), consent_given_on=None)
    invite = f"/admin/chairs/chair/{chair.pk}/people/{post.pk}/invite/"
    for account in (None, factories.make_user("ada.account@example.org")):
        Person.objects.filter(pk=person.pk).update(user=account)
        for where in (
            f"/admin/clusters/person/{person.pk}/change/",
            f"/admin/chairs/chair/{chair.pk}/change/?step=all",
            invite,
        ):
            there = page(client, cast[OTHER_MANAGER], where)
            assert "Ada Private" in there, where
            assert ADDRESS not in there and "ada.account@example.org" not in there, where
        assert "only the cluster that registered them reads" in there
    assert ADDRESS in page(client, cast[COORDINATOR], f"/admin/clusters/person/{person.pk}/change/")


def test_the_public_page_is_offered_where_there_is_one(client, cast, person):
    change, public = f"/admin/clusters/person/{person.pk}/change/", f"/en/people/{person.slug}/"
    assert public in page(client, cast[READER], change)
    person.appointments.update(consent_given_on=None)
    assert public not in page(client, cast[READER], change)
    assert client.get(public).status_code == 404


def test_an_editor_changes_it_and_no_history_keeps_the_old_one(client, cast, person):
    client.force_login(cast[EDITOR])
    values = {
        "name": person.name,
        "slug": person.slug,
        "registered_in": cast.cluster.pk,
        "contact_email": "new@example.org",
        "contact_language": "en",
        "appointments-TOTAL_FORMS": 0,
    }
    assert client.post(f"/admin/clusters/person/{person.pk}/change/", values).status_code == 302
    person.refresh_from_db()
    assert (person.contact_email, person.contact_language) == ("new@example.org", "en")
    assert ADDRESS not in page(client, cast[EDITOR], f"/admin/clusters/person/{person.pk}/history/")
    assert not hasattr(person.history.first(), "contact_email")


def test_the_lists_and_the_search_of_the_panel_do_not_show_it(client, cast, person):
    listed = page(client, cast[MANAGER], "/admin/clusters/person/")
    assert "Ada Private" in listed and ADDRESS not in listed
    found = "?q=private.address"
    assert "Ada Private" not in page(client, cast[MANAGER], "/admin/clusters/person/" + found)


@pytest.mark.usefixtures("search_index")
def test_no_public_page_shows_it(client, person):
    chair = person.appointments.get().chair
    for address in (chair.get_absolute_url(), person.get_absolute_url(), "/en/people/", "/en/chairs/"):
        text = client.get(address).content.decode()
        assert "Ada Private" in text and ADDRESS not in text


def test_the_account_comes_before_the_address(cast):
    account = factories.make_user()
    person = factories.make_person(contact_email=ADDRESS, user=account)
    assert person.correspondent == account
    account.is_active = False
    assert person.correspondent.email == ADDRESS
    assert factories.make_person().correspondent is None


def test_the_history_of_a_person_names_their_chairs(client, cast, person):
    chair = factories.make_appointment(cast.chair, person=person).chair
    assert f"Added · Appointment “{chair}”" in page(
        client, cast[EDITOR], f"/admin/clusters/person/{person.pk}/history/"
    )
