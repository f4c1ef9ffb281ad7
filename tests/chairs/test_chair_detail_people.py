"""Whom a chair's page names."""

import datetime

import pytest
from django.utils import timezone

from chairs.enums import AppointmentRole
from tests.chairs.chair_page import make_robots, make_sourced, page_of
from tests.factories import make_appointment, make_institution, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    return make_robots()


def test_people_are_named_announced_or_gone(client, chair):
    make_appointment(chair, person=make_person(name="Ada Present"))
    hidden = make_institution(name="Inria")
    make_appointment(chair, person=make_person(name="Eve Hidden"), affiliation=hidden, consent_given_on=None)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    make_appointment(chair, person=make_person(name="Bob Past"), ends_on=yesterday)
    make_appointment(chair, person=make_person(name="Dan Forgotten"), ends_on=yesterday, consent_given_on=None)
    page = page_of(client, chair)
    assert page.index("Ada Present") < page.index("To be announced") < page.index("Formerly") < page.index("Bob Past")
    assert "Inria" in page
    assert "Hidden" not in page and "Forgotten" not in page


def test_a_source_names_people_without_their_consent(client):
    chair = make_sourced()
    make_appointment(
        chair, person=make_person(name="Ada Sourced"), consent_given_on=None, role=AppointmentRole.UNSTATED
    )
    page = page_of(client, chair)
    assert "Ada Sourced" in page and "Role not stated" in page and "To be announced" not in page
