"""Form classes are kept from page to page: each page shows what there is now, and what its own reader may choose."""

import pytest
from django.test import Client
from django.urls import reverse

from clusters.enums import Role
from clusters.models import StaffRole
from tests.factories import make_chair, make_cluster, make_discipline, make_staff, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def url_of(chair):
    return reverse("admin:chairs_chair_change", args=[chair.pk], query={"step": "all"})


@pytest.fixture
def chair(cluster):
    return make_chair("draft", cluster=cluster)


def test_what_was_added_since_is_offered_and_what_is_gone_is_not(client, editor, chair):
    discipline, theme = make_discipline(name_en="Optics"), make_theme(chair.cluster, name_en="Photonics")
    page = client.get(url_of(chair)).text
    assert "Optics" in page and "Photonics" in page
    discipline.delete(), theme.delete()
    make_discipline(name_en="Acoustics"), make_theme(chair.cluster, name_en="Phononics")
    page = client.get(url_of(chair)).text
    assert "Optics" not in page and "Photonics" not in page
    assert "Acoustics" in page and "Phononics" in page


def test_a_person_is_called_by_the_name_of_today(client, editor, chair):
    person = chair.appointments.first().person
    assert f"{person.name}</option>" in client.get(url_of(chair)).text
    type(person).objects.filter(pk=person.pk).update(name="Ada Byron")
    assert "Ada Byron</option>" in client.get(url_of(chair)).text


@pytest.mark.exhaustive(counted=True)
def test_each_chair_offers_the_themes_of_its_cluster(client, editor, chair):
    other = make_chair("draft", cluster=make_cluster())
    StaffRole.objects.create(user=editor, cluster=other.cluster, role=Role.EDITOR)
    here, there = make_theme(chair.cluster, name_en="Photonics"), make_theme(other.cluster, name_en="Robotics")
    for _time in range(2):
        pages = [client.get(url_of(one)).text for one in (chair, other)]
        assert [here.name_en in page for page in pages] == [True, False]
        assert [there.name_en in page for page in pages] == [False, True]


def test_two_readers_of_one_record_have_forms_of_their_own(client, editor, chair):
    reader = Client()
    reader.force_login(make_staff(chair.cluster, Role.READER))
    for _time in range(2):
        assert 'name="_save"' in client.get(url_of(chair)).text
        page = reader.get(url_of(chair)).text
        assert 'name="_save"' not in page and 'name="title_en"' not in page


def test_who_loses_a_role_finds_the_record_no_more(client, editor, chair):
    assert client.get(url_of(chair)).status_code == 200
    StaffRole.objects.create(user=editor, cluster=make_cluster(), role=Role.EDITOR)
    StaffRole.objects.filter(user=editor, cluster=chair.cluster).delete()
    assert client.get(url_of(chair)).status_code in {302, 404}


def test_a_record_that_was_deleted_is_not_found(client, editor, chair):
    assert client.get(url_of(chair)).status_code == 200
    chair.appointments.all().delete()
    chair.delete()
    assert client.get(url_of(chair)).status_code in {302, 404}
