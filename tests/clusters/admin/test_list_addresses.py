"""The addresses of a list's people: for who may write to them, of those only whom they may write to, and logged."""

import pytest

from clusters.enums import Role
from core.models import ListExport
from tests import factories
from tests.cluster_factories import make_cluster, make_staff, make_user
from tests.output_factory import make_output
from tests.yearly.factories import make_chair_year

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def cluster():
    return make_cluster()


def addresses(client, there) -> list[str]:
    answer = client.post(f"/admin/lists/{there}", {"format": "shown"})
    assert answer.status_code == 200
    return (answer.context["shown"] or "").split()


def held_by(cluster, email):
    chair = factories.make_chair("active", cluster=cluster, with_pi=False)
    person = factories.make_person(user=make_user(email), registered_in=cluster)
    factories.make_appointment(chair, person=person)
    return chair


def test_investigators_of_ones_own_chairs_as_the_list_is_narrowed(client, cluster):
    ours, elsewhere = held_by(cluster, "ours@example.org"), held_by(make_cluster(), "elsewhere@example.org")
    client.force_login(make_staff(cluster, Role.EDITOR))
    page = client.get("/admin/lists/chairs/chair/addresses/")
    assert "1 person of this list" in page.text and "ours@example.org" not in page.text
    assert not ListExport.objects.exists()
    assert addresses(client, "chairs/chair/addresses/") == ["ours@example.org"]
    assert addresses(client, "chairs/chair/addresses/?status=closed") == []
    assert [(one.format, one.rows) for one in ListExport.objects.order_by("pk")] == [("addresses", 1), ("addresses", 0)]
    assert addresses(client, "clusters/person/addresses/") == ["ours@example.org"]
    client.force_login(make_staff(None, Role.COORDINATOR, email="coordinator@example.org"))
    assert set(addresses(client, "chairs/chair/addresses/")) == {"ours@example.org", "elsewhere@example.org"}
    assert ours.pk != elsewhere.pk


def test_investigators_of_what_belongs_to_a_chair(client, cluster):
    ours, elsewhere = held_by(cluster, "ours@example.org"), held_by(make_cluster(), "elsewhere@example.org")
    for chair in (ours, elsewhere):
        factories.make_activity(chair)
        make_output(chair)
        factories.make_report(factories.make_running(chair=chair, parts=[10_000]), "submitted")
        make_chair_year(chair, "submitted")
    lists = ("chairs/activity", "chairs/output", "progress/progressreport", "yearly/chairyearreport")
    client.force_login(make_staff(cluster, Role.EDITOR))
    for there in lists:
        assert addresses(client, f"{there}/addresses/") == ["ours@example.org"], there
        assert f"{there}/addresses/" in client.get(f"/admin/{there}/").text, there
    client.force_login(make_staff(None, Role.COORDINATOR, email="coordinator@example.org"))
    for there in lists:
        assert set(addresses(client, f"{there}/addresses/")) == {"ours@example.org", "elsewhere@example.org"}, there


def test_contacts_of_the_partners_of_a_list(client, cluster):
    contact = factories.make_contact(user=make_user("contact@example.org"))
    chair = factories.make_chair("active", cluster=cluster)
    factories.make_sponsorship("submitted", contact=contact, chair=chair)
    factories.make_contact(contact.partner, user=make_user("asks@example.org"), state="requested", is_primary=False)
    factories.make_sponsorship("submitted", contact=factories.make_contact(user=make_user("other@example.org")))
    client.force_login(make_staff(cluster, Role.MANAGER))
    for there in ("sponsorships/sponsorship", "partners/partner", "partners/contact"):
        assert addresses(client, f"{there}/addresses/") == ["contact@example.org"], there
    text = client.post("/admin/lists/partners/partner/addresses/", {"format": "csv"}).getvalue().decode("utf-8-sig")
    assert f"contact@example.org,{contact.partner.name}" in text and "other@example.org" not in text


def test_people_whom_the_office_knows_at_a_partner_for_that_office_alone(client, cluster):
    known = {"name": "Grace Hopper", "email": "grace@example.org"}
    partner = factories.make_partner(registered_in=cluster)
    partner.office_contacts.create(cluster=cluster, **known)
    partner.office_contacts.create(cluster=cluster, name="Without an address")
    partner.office_contacts.create(cluster=make_cluster(), name="Of another office", email="other@example.org")
    chair = factories.make_chair("active", cluster=cluster)
    factories.make_running(chair=chair, contact=factories.make_contact(partner, make_user("contact@example.org")))
    lists = ("partners/partner", *(f"sponsorships/{name}" for name in ("sponsorship", "agreement", "instalment")))
    client.force_login(make_staff(cluster, Role.EDITOR))
    for there in lists:
        assert sorted(addresses(client, f"{there}/addresses/")) == ["contact@example.org", "grace@example.org"], there
    client.force_login(make_staff(cluster, Role.FINANCE, email="finance@example.org"))
    assert "grace@example.org" in addresses(client, "sponsorships/instalment/addresses/")
    client.force_login(make_staff(None, Role.COORDINATOR, email="coordinator@example.org"))
    assert "other@example.org" in addresses(client, "partners/partner/addresses/")


def test_who_only_reads_or_audits_takes_no_addresses(client, cluster):
    for who in (make_staff(cluster, Role.READER), make_staff(None, Role.AUDITOR, email="auditor@example.org")):
        client.force_login(who)
        assert client.get("/admin/lists/partners/contact/addresses/").status_code == 403
        assert client.get("/admin/lists/partners/contact/export/").status_code == 200
