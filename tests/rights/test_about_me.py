"""By their signed link, a person reads what is shown about them and why, has it corrected, and hides it."""

import pytest
from django.test import Client

from core.models import OutgoingMail
from rights.links import token_of
from rights.models import CorrectionRequest, PersonalAct
from tests import factories
from tests.personas import EDITOR, OTHER_MANAGER, READER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast", "field_history", "search_index")]


@pytest.fixture
def person(cast):
    person = factories.make_person(
        name="Iris Exemple", slug="iris", registered_in=cast.cluster, contact_email="iris@example.org"
    )
    factories.make_appointment(cast.chair, person=person)
    return person


@pytest.mark.exhaustive(counted=True)
def test_a_person_reads_corrects_and_hides(client, cast, person):
    client.force_login(cast[EDITOR])
    record = client.get(f"/admin/clusters/person/{person.pk}/change/").text
    assert f"/admin/people/{person.pk}/link/" in record and f"/admin/people/{person.pk}/file/" not in record
    assert client.post(f"/admin/people/{person.pk}/link/").status_code == 302
    mail = OutgoingMail.objects.get(occasion="rights/about_you")
    link = f"/en/about-me/{token_of(person, 'iris@example.org')}/"
    assert mail.to == "iris@example.org" and "/about-me/" in mail.text
    assert "a few minutes ago" in client.post(f"/admin/people/{person.pk}/link/").text

    visitor = Client()
    page = visitor.get(link).text
    assert str(cast.chair) in page and "You agreed to be named." in page
    assert "Say what is wrong" in visitor.post(link, {"act": "correct", "text": ""}).text
    visitor.post(link, {"act": "correct", "text": "My laboratory has moved."})
    asked = CorrectionRequest.objects.get()
    assert "Iris Exemple" in client.get("/admin/").text
    assert (
        client.post(f"/admin/rights/correctionrequest/{asked.pk}/answer/", {"note": "It is mended."}).status_code == 302
    )
    assert "It is mended." in visitor.get(link).text

    assert Client().get("/en/people/iris/").status_code == 200
    visitor.post(link, {"act": "hide"})
    assert Client().get("/en/people/iris/").status_code == 410
    assert "Iris Exemple" not in Client().get(cast.chair.get_absolute_url()).text
    assert "You are hidden" in visitor.get(link).text
    assert PersonalAct.objects.filter(what="hidden", record=person.pk, by=None).exists()
    client.post(f"/admin/people/{person.pk}/hide/")
    assert "Iris Exemple" in Client().get(cast.chair.get_absolute_url()).text


def test_a_link_is_good_for_one_address_and_not_altered(client, cast, person):
    token = token_of(person, "iris@example.org")
    assert client.get(f"/en/about-me/{token}/").status_code == 200
    assert client.get(f"/en/about-me/{token[:-2]}/").status_code == 404
    assert client.post(f"/en/about-me/{token}/", {"act": "explode"}).status_code == 400
    person.contact_email = "other@example.org"
    person.save()
    assert client.get(f"/en/about-me/{token}/").status_code == 410


def test_only_who_names_somebody_answers_for_them(client, cast, person):
    asked = CorrectionRequest.objects.create(person=person, text="Wrong.")
    there = f"/admin/rights/correctionrequest/{asked.pk}/answer/"
    client.force_login(cast[READER])
    assert client.get(there).status_code == 403 and client.post(f"/admin/people/{person.pk}/hide/").status_code == 403
    client.force_login(cast[OTHER_MANAGER])
    assert client.get(there).status_code == 404 and client.get(f"/admin/people/{person.pk}/hide/").status_code == 404
