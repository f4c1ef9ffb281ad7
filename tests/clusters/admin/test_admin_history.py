"""A history tells its reader what they may see anyway: rows of their chairs, names of records that they can open."""

import pytest
from django.contrib import admin

from clusters.enums import Origin
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]


@pytest.fixture
def here():
    return factories.make_cluster(name="Here")


@pytest.fixture
def elsewhere():
    return factories.make_cluster(name="Elsewhere")


@pytest.fixture
def sign_in(client):
    def enter(cluster, role="manager", **who):
        user = factories.make_staff(cluster, role, **who)
        client.force_login(user)
        return user

    return enter


def history_of(client, record) -> str:
    meta = record._meta
    return client.get(f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/history/").content.decode()


@pytest.fixture
def person(here, elsewhere):
    """Somebody of a published source, in a chair of each cluster; the other one is a draft."""
    person = factories.make_person(name="Ada Shared", origin=Origin.SOURCED, registered_in=here)
    for cluster, title in ((here, "Our own chair"), (elsewhere, "Their secret draft")):
        chair = factories.make_chair(cluster=cluster, title_en=title, with_pi=False)
        factories.make_appointment(chair, person=person)
    return person


@pytest.mark.parametrize("role", ["reader", "finance", "editor", "manager"])
def test_a_persons_history_names_no_draft_of_another_cluster(client, sign_in, here, elsewhere, person, role):
    sign_in(here, role)
    page = history_of(client, person)
    assert "Our own chair" in page
    assert "Their secret draft" not in page and page.count("Appointment") == 1
    sign_in(elsewhere, role)
    page = history_of(client, person)
    assert "Their secret draft" in page and "Our own chair" not in page


def test_the_nation_reads_all_of_it(client, sign_in, person):
    sign_in(None, "auditor")
    page = history_of(client, person)
    assert "Our own chair" in page and "Their secret draft" in page


def test_what_changed_elsewhere_is_neither_told_nor_in_the_way(here, elsewhere, person):
    """What a page has seen says nothing of rows that its reader does not see."""
    page, reader = admin.site.get_model_admin(type(person)), factories.make_staff(here, "editor")
    before = page.seen(person, reader)
    person.appointments.get(chair__cluster=elsewhere).delete()
    assert page.seen(person, reader) == before
    assert page.changed_meanwhile(person, before, reader) == []
    person.appointments.get(chair__cluster=here).delete()
    assert "Our own chair" in "".join(page.changed_meanwhile(person, before, reader))


def test_staff_of_another_cluster_stay_unnamed(client, sign_in, here, elsewhere):
    school = factories.make_institution(name="First name")
    for cluster, name in ((here, "Our Colleague"), (elsewhere, "Their Colleague")):
        school._history_user = factories.make_staff(cluster, "editor", name=name)
        school.city = name[:5]
        school.save()
    sign_in(here, "editor")
    page = history_of(client, school)
    assert "Our Colleague" in page and "another cluster’s staff" in page and "Their Colleague" not in page


def test_the_value_of_a_field_is_named_to_those_who_may_open_it(client, sign_in, here, elsewhere):
    person = factories.make_person(name="Only Theirs", registered_in=elsewhere)
    chair = factories.make_chair(cluster=here, with_pi=False)
    post = factories.make_appointment(chair, person=factories.make_person(name="Shown", registered_in=here))
    lines = post.history.model
    lines.objects.filter(id=post.pk).update(person_id=person.pk)
    sign_in(here, "editor")
    page = history_of(client, chair)
    assert "(not visible to you)" in page and "Only Theirs" not in page


def test_whether_somebody_has_an_account_is_not_told_of(client, sign_in, here, elsewhere, person):
    person.user = factories.make_user("ada.private@example.org", name="Ada Account")
    person.save()
    sign_in(elsewhere, "manager")
    assert "Ada Account" not in history_of(client, person)
    sign_in(here, "manager")
    assert "Ada Account" in history_of(client, person)


def test_a_cluster_that_helps_to_fund_a_chair_reads_its_people_and_no_private_address(client, sign_in, here, elsewhere):
    chair = factories.make_chair("submitted", cluster=here, title_en="Funded by both", with_pi=False)
    person = factories.make_person(name="Ada Asked", registered_in=here, contact_email="ada.private@example.org")
    factories.make_appointment(chair, person=person, consent_given_on=None)
    factories.make_share(chair, here, 60)
    factories.make_share(chair, elsewhere, 40)
    assert chair.consent_events.latest("pk").address == "ada.private@example.org"
    address = f"/admin/chairs/chair/{chair.pk}/change/"
    sign_in(here, "reader")
    assert "ada.private@example.org" in client.get(address).content.decode()
    sign_in(elsewhere, "manager")
    page = client.get(address).content.decode()
    assert "Ada Asked" in page and "ada.private@example.org" not in page
    assert "Ada Asked" in history_of(client, chair)
