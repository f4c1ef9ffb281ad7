"""An address that somebody wrote down leads on, for ever and in each language, and tells nothing of what is private."""

import pytest

from chairs.models import Chair
from core.models import PastAddress
from sponsorships.enums import SponsorshipStatus
from tests.factories import (
    make_appointment,
    make_chair,
    make_cluster,
    make_contact,
    make_discipline,
    make_institution,
    make_partner,
    make_person,
    make_sponsorship,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


def make_public_person(slug):
    person = make_person(slug=slug)
    make_appointment(make_chair("active", with_pi=False), person=person)
    return person


def make_public_partner(slug):
    contact = make_contact(make_partner(slug=slug))
    make_sponsorship(SponsorshipStatus.ACCEPTED, contact=contact)
    return contact.partner


RECORDS = {
    "people/{}/": make_public_person,
    "institutions/{}/": lambda slug: make_institution(slug=slug),
    "clusters/{}/": lambda slug: make_cluster(slug=slug),
    "chairs/here/{}/": lambda slug: make_chair("active", slug=slug, cluster=make_cluster(slug="here")),
    "partners/{}/": make_public_partner,
}


def move(record, slug):
    """Give a record another address, as any form, command or load does."""
    record = type(record).objects.get(pk=record.pk)
    record.slug = slug
    record.save()
    return record


@pytest.mark.parametrize(("address", "make"), RECORDS.items(), ids=RECORDS)
def test_a_changed_address_leads_on_in_each_language(client, address, make):
    record = make("first")
    assert client.get(f"/en/{address.format('first')}").status_code == 200
    record = move(record, "second")
    record = move(record, "third")
    for language in ("en", "fr"):
        for past in ("first", "second"):
            response = client.get(f"/{language}/{address.format(past)}?on=2026-01-01&q=%C3%A9")
            assert response.status_code == 301
            assert response["Location"] == f"/{language}/{address.format('third')}?on=2026-01-01&q=%C3%A9"
    assert client.head(f"/en/{address.format('first')}").status_code == 301
    assert client.get(f"/en/{address.format('third')}").status_code == 200
    assert client.get(f"/en/{address.format('never')}").status_code == 404


@pytest.mark.parametrize(("address", "make"), RECORDS.items(), ids=RECORDS)
def test_a_record_that_takes_a_freed_address_has_it(client, address, make):
    if "here" in address:
        cluster = make_cluster(slug="here")
        first, second = (make_chair("active", slug=slug, cluster=cluster) for slug in ("one", "other"))
    else:
        first, second = make("one"), make("other")
    move(first, "elsewhere")
    move(second, "one")
    response = client.get(f"/en/{address.format('one')}")
    assert response.status_code == 200 and str(second) in response.text
    assert client.get(f"/en/{address.format('other')}")["Location"] == f"/en/{address.format('one')}"


def test_a_chair_is_found_though_its_cluster_moved(client):
    chair = make_chair("active", slug="robots", cluster=make_cluster(slug="before"))
    move(chair.cluster, "after")
    assert client.get("/en/chairs/before/robots/")["Location"] == "/en/chairs/after/robots/"
    move(chair, "machines")
    assert client.get("/fr/chairs/before/robots/")["Location"] == "/fr/chairs/after/machines/"
    assert client.get("/fr/chairs/after/robots/")["Location"] == "/fr/chairs/after/machines/"


def test_a_chair_that_changes_cluster_leads_on(client):
    chair = make_chair("active", slug="robots", cluster=make_cluster(slug="one"))
    chair = Chair.objects.get(pk=chair.pk)
    chair.cluster = make_cluster(slug="two")
    chair.save()
    assert client.get("/en/chairs/one/robots/")["Location"] == "/en/chairs/two/robots/"


def test_what_is_private_leaves_no_address(client):
    draft, hidden = make_chair("draft", slug="secret", cluster=make_cluster(slug="here")), make_partner(slug="quiet")
    move(draft, "open"), move(hidden, "loud")
    assert client.get("/en/chairs/here/secret/").status_code == client.get("/en/partners/quiet/").status_code == 404
    Chair.objects.filter(pk=draft.pk).update(status="sourced", origin="sourced")
    assert client.get("/en/chairs/here/open/").status_code == 200
    assert client.get("/en/chairs/here/secret/").status_code == 404  # that name was never public


def test_who_acts_for_a_partner_is_led_on_before_it_is_public(client):
    contact = make_contact(make_partner(slug="quiet"))
    move(contact.partner, "loud")
    client.force_login(contact.user)
    assert client.get("/en/my/partners/quiet/")["Location"] == "/en/my/partners/loud/"
    assert client.get("/en/my/partners/quiet/details/")["Location"] == "/en/my/partners/loud/details/"
    assert client.post("/en/my/partners/quiet/details/").status_code == 308
    client.force_login(make_contact().user)
    assert client.get("/en/my/partners/quiet/").status_code == 404


def test_a_filter_with_an_earlier_address_still_filters(client):
    cluster, institution = make_cluster(slug="before"), make_institution(slug="old")
    theme = make_theme(cluster, slug="was")
    found = make_chair("active", cluster=cluster, with_pi=False)
    make_appointment(found, affiliation=institution)
    found.themes.add(theme)
    make_chair("active")
    move(cluster, "after"), move(institution, "new"), move(theme, "now")
    for query in ("cluster=before", "institution=old", "theme=before/was", "theme=was", "theme=after/was"):
        page = client.get(f"/en/chairs/?{query}")
        assert [entry.pk for entry in page.context["page_obj"]] == [found.pk], query
        assert not page.context["listing"].ignored


def test_a_save_that_keeps_the_address_writes_nothing():
    institution = make_institution()
    institution.city = "Lille"
    institution.save()
    assert not PastAddress.objects.exists()
    move(institution, "elsewhere")
    assert PastAddress.objects.exists()


def test_kinds_and_disciplines_lead_on_in_filters(client):
    chair = make_chair("active")
    kind, discipline = move(chair.kind, "new-kind"), make_discipline(slug="old-field")
    appointment = chair.appointments.get()
    appointment.discipline = discipline
    appointment.save()
    move(discipline, "new-field")
    make_chair("active")
    for query in (f"kind={chair.kind.slug}", "discipline=old-field", f"kind={kind.slug}"):
        page = client.get(f"/en/chairs/?{query}")
        assert [entry.pk for entry in page.context["page_obj"]] == [chair.pk], query
