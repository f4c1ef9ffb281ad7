"""Whoever is in a chair, whatever their role, is asked whether they agree to be named, answers, and changes their mind."""

import pytest

from chairs.enums import AppointmentRole
from core.models.mail import OutgoingMail
from tests.chairs.consent import link_in, story
from tests.factories import make_appointment, make_chair, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]


@pytest.mark.parametrize("role", [role for role in AppointmentRole if role != AppointmentRole.PI])
def test_everybody_in_a_chair_is_asked_answers_and_takes_it_back(client, role):
    chair = make_chair("active")
    person = make_person(name="Ada Invited", contact_email="ada@example.org", contact_language="en")
    post = make_appointment(chair, person=person, role=role, consent_given_on=None)
    mail = OutgoingMail.objects.get(occasion="consents/invitation")
    assert str(role.label) in " ".join(mail.text.split())
    link = link_in(mail)
    assert "Ada Invited" not in client.get(chair.get_absolute_url()).text
    assert client.post(link, {"answer": "accepted"}).status_code == 302
    assert "Ada Invited" in client.get(chair.get_absolute_url()).text
    assert client.get(person.get_absolute_url()).status_code == 200
    assert client.post(link, {"answer": "withdrawn"}).status_code == 302
    assert "Ada Invited" not in client.get(chair.get_absolute_url()).text
    assert client.get(person.get_absolute_url()).status_code == 410
    assert story(post) == ["invited", "accepted", "withdrawn"]
