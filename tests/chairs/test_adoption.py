"""A real chair, which a published source proves, is adopted by its cluster: it runs, and what the source says stays."""

import pytest
from django.urls import reverse

from chairs.models import Appointment, Chair
from clusters.enums import Role
from tests.factories import (
    make_appointment,
    make_chair,
    make_cluster,
    make_kind,
    make_person,
    make_sponsorship,
    make_staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]
SOURCE = "https://example.org/chairs/robots"


@pytest.fixture
def manager(client):
    cluster = make_cluster()
    user = make_staff(cluster)
    client.force_login(user)
    user.cluster = cluster
    return user


def sourced(manager, **overrides) -> Chair:
    values = {"origin": "sourced", "sources": [SOURCE], "with_pi": False, "title_en": "Robots at work", **overrides}
    chair = make_chair("sourced", cluster=manager.cluster, **values)
    Chair.objects.filter(pk=chair.pk).update(kind=None)
    make_appointment(chair, person=make_person(name="Ada Sourced"), consent_given_on=None)
    return Chair.objects.get(pk=chair.pk)


def adopt(client, chair, way="adopt", **data):
    return client.post(reverse("admin:chairs_chair_verb", args=[chair.pk, way]), data, follow=True).text


@pytest.mark.database
def test_an_adopted_chair_runs_and_keeps_its_sources_and_whom_they_name(client, manager):
    chair = sourced(manager)
    kind = make_kind()
    adopt(client, chair, kind=kind.pk)
    adopted = Chair.objects.get(pk=chair.pk)
    assert (adopted.status, adopted.origin, adopted.kind) == ("active", "registered", kind)
    assert adopted.rule is not None and adopted.is_fundable and adopted.adopted_at is not None
    page = client.get(adopted.get_absolute_url()).text
    assert SOURCE in page and "Ada Sourced" in page and "adopted by the cluster" in page
    panel = client.get(reverse("admin:chairs_chair_change", args=[chair.pk], query={"step": "sources"})).text
    assert SOURCE in panel and "From a published source, adopted by the cluster" in panel
    assert make_sponsorship("submitted", chair=adopted).chair == adopted


def test_a_rule_that_it_breaks_is_explained(client, manager):
    chair, kind = sourced(manager), make_kind({"min_pis": 2, "min_institutions": 2})
    refused = adopt(client, chair, kind=kind.pk)
    assert "say in the note why it is adopted all the same" in refused
    assert Chair.objects.get(pk=chair.pk).status == "sourced"
    adopt(client, chair, kind=kind.pk, note="One of its two investigators has left.")
    line = Chair.objects.get(pk=chair.pk).transitions.get()
    assert (line.verb, line.note) == ("adopt", "One of its two investigators has left.")


@pytest.mark.exhaustive(counted=True)
def test_whoever_joins_an_adopted_chair_is_named_once_they_agree(client, manager):
    chair = sourced(manager)
    adopt(client, chair, kind=make_kind().pk)
    chair = Chair.objects.get(pk=chair.pk)
    make_appointment(chair, person=make_person(name="Bob Joined"), consent_given_on=None)
    post = Appointment.objects.get(person__name="Ada Sourced")
    page = client.get(chair.get_absolute_url()).text
    assert "Ada Sourced" in page and "Bob Joined" not in page
    post.person = make_person(name="Eve Instead")
    post.save()
    page = client.get(chair.get_absolute_url()).text
    assert "Eve Instead" not in page and not Appointment.objects.named().filter(pk=post.pk).exists()


def test_only_a_manager_adopts_and_says_of_which_kind(client, manager):
    chair = sourced(manager)
    assert "This field is required." in adopt(client, chair, kind="")
    client.force_login(make_staff(manager.cluster, Role.EDITOR))
    address = reverse("admin:chairs_chair_verb", args=[chair.pk, "adopt"])
    assert client.post(address, {"kind": make_kind().pk}).status_code == 403
    client.force_login(make_staff(make_cluster()))
    assert client.get(address).status_code == 404
    assert Chair.objects.get(pk=chair.pk).status == "sourced"


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
def test_one_that_is_still_to_begin_is_adopted_as_approved(client, manager):
    chair, kind = sourced(manager, start_year=2020), make_kind()
    assert "It has begun already" in adopt(client, chair, "adopt_approved", kind=kind.pk)
    Chair.objects.filter(pk=chair.pk).update(start_year=None)
    assert "It has begun already" in adopt(client, chair, "adopt_approved", kind=kind.pk, starts_on="2024-01-01")
    assert Chair.objects.get(pk=chair.pk).status == "sourced"
    adopt(client, chair, "adopt_approved", kind=kind.pk, starts_on="2099-01-01")
    adopted = Chair.objects.get(pk=chair.pk)
    assert (adopted.status, adopted.origin, adopted.activated_at) == ("approved", "registered", None)
    assert adopted.rule is not None and adopted.is_fundable and adopted.is_from_a_source
    assert SOURCE in client.get(adopted.get_absolute_url()).text


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
def test_one_that_has_ended_is_adopted_as_closed(client, manager):
    chair, kind = sourced(manager), make_kind()
    assert "give its last day" in adopt(client, chair, "adopt_closed", kind=kind.pk)
    assert "Its end has not come yet" in adopt(client, chair, "adopt_closed", kind=kind.pk, ends_on="2099-01-01")
    assert Chair.objects.get(pk=chair.pk).status == "sourced"
    adopt(client, chair, "adopt_closed", kind=kind.pk, ends_on="2023-12-31")
    adopted = Chair.objects.get(pk=chair.pk)
    assert (adopted.status, str(adopted.ends_on), adopted.is_fundable) == ("closed", "2023-12-31", False)
    page = client.get(adopted.get_absolute_url()).text
    assert "Ada Sourced" in page and SOURCE in page
