"""A chair's page, as the public meets it."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from chairs.enums import PUBLIC_STATUSES, AppointmentRole, ChairStatus
from chairs.models import StatedPartner
from clusters.enums import Origin, Role
from tests.factories import (
    make_activity,
    make_appointment,
    make_chair,
    make_cluster,
    make_institution,
    make_kind,
    make_person,
    make_staff,
    make_teaching,
    make_theme,
)

pytestmark = pytest.mark.django_db


def page_of(client, chair):
    response = client.get(chair.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def chair():
    return make_chair(ChairStatus.ACTIVE, with_pi=False, cluster=make_cluster(slug="here"), slug="robots")


def make_sourced(**overrides):
    return make_chair(ChairStatus.SOURCED, with_pi=False, origin=Origin.SOURCED, **overrides)


@pytest.mark.parametrize("status", ChairStatus)
def test_only_a_published_chair_has_a_page_whoever_asks(client, status):
    chair = make_chair(status, origin=Origin.SOURCED if status == ChairStatus.SOURCED else Origin.REGISTERED)
    expected = 200 if status in PUBLIC_STATUSES else 404
    assert client.get(chair.get_absolute_url()).status_code == expected
    client.force_login(make_staff(chair.cluster, Role.MANAGER))
    assert client.get(chair.get_absolute_url()).status_code == expected


def test_a_chair_is_found_under_its_own_cluster_only(client, chair):
    make_cluster(slug="there")
    assert client.get("/en/chairs/here/robots/").status_code == 200
    assert client.get("/en/chairs/there/robots/").status_code == 404


def test_people_are_named_announced_or_gone(client, chair):
    make_appointment(chair, person=make_person(name="Ada Present"))
    hidden = make_institution(name="Inria")
    make_appointment(chair, person=make_person(name="Eve Hidden"), affiliation=hidden, consent_given_on=None)
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
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


def test_what_is_not_stated_is_said_and_what_is_disputed_stands_beside(client):
    page = page_of(client, make_sourced(kind=None))
    assert "dates not stated" in page and "No source at hand says who holds this chair." in page
    conflicts = [
        {"field": "end_year", "value": 2024, "source": "https://example.org/other"},
        {"field": "axis", "value": "Another axis", "source": None},
        "nonsense",
    ]
    page = page_of(client, make_sourced(start_year=2019, end_year=2023, conflicts=conflicts))
    assert "2019–2023" in page and "Another source says until 2024." in page and "example.org" in page
    assert "Another axis" in page


def test_sources_notes_and_stated_partners_are_shown(client):
    chair = make_sourced(
        sources=["https://example.org/source", "javascript:alert(1)"],
        notes=["<b>A note.</b>"],
        axis="Ethics",
        programme="Acceptable AI",
    )
    StatedPartner.objects.create(chair=chair, name="Capgemini", unit="Sogeti")
    page = page_of(client, chair)
    assert 'href="https://example.org/source"' in page and 'href="javascript' not in page
    assert "&lt;b&gt;A note.&lt;/b&gt;" in page and "Ethics" in page and "Acceptable AI" in page
    assert "Capgemini" in page and "Sogeti" in page and "the source does not say whether it pays" in page


def test_themes_kind_teaching_and_summary_are_shown(client, chair):
    theme = make_theme(chair.cluster, name_en="Law", slug="law")
    chair.themes.add(theme)
    chair.kind.name_en = "Collaborative Acceleration Programme"
    chair.kind.save()
    chair.summary_en = "Plain words."
    chair.save()
    make_teaching(chair, title_en="Law and machines", hours_etd=Decimal("24"))
    make_teaching(chair, title_en="A seminar")
    page = page_of(client, chair)
    for text in ["Plain words.", "Collaborative Acceleration Programme", "Law and machines", "24 h ETD a year"]:
        assert text in page
    assert "hours not stated" in page and "?theme=here/law" in page
    assert page.index("Plain words.") < page.index('id="people"')


def test_text_in_the_other_language_is_marked_with_it(client, chair):
    chair.description_fr, chair.title_fr = "Le programme.", "Titre"
    chair.save()
    assert '<div class="prose" lang="fr"><p>Le programme.</p></div>' in page_of(client, chair)


def test_the_button_is_there_only_where_research_can_be_funded(client, chair):
    fund = reverse("sponsorship_new", args=["here", "robots"])
    assert fund in page_of(client, chair)
    closed = make_chair(ChairStatus.CLOSED, cluster=chair.cluster, slug="closed")
    gift_only = make_chair(
        ChairStatus.ACTIVE, cluster=chair.cluster, kind=make_kind(rule={"is_open_to_partners": False})
    )
    for other in [closed, gift_only, make_sourced(cluster=chair.cluster)]:
        assert "/fund/" not in page_of(client, other)


def test_open_activities_can_be_funded_and_past_ones_cannot(client, chair):
    activity = make_activity(
        chair, title_en="A thesis", counterparts_en="Reports.", deadline=datetime.date(2999, 6, 30)
    )
    past = make_activity(chair, title_en="A data set", deadline=datetime.date(2020, 1, 1))
    page = page_of(client, chair)
    assert page.index("A thesis") < page.index("No longer open") < page.index("A data set")
    assert "Reports." in page and "June 30, 2999" in page and "100,000" in page
    assert f"?activity={activity.pk}" in page and f"?activity={past.pk}" not in page


def test_a_demonstration_is_marked(client, chair):
    assert "origin-demonstration" not in page_of(client, chair)
    chair.origin = Origin.DEMONSTRATION
    chair.save()
    assert "origin-demonstration" in page_of(client, chair)


def test_the_page_costs_the_same_queries_however_much_it_shows(client, chair, django_assert_max_num_queries):
    for _number in range(6):
        make_appointment(chair)
        make_activity(chair)
        make_teaching(chair, institution=make_institution())
        chair.themes.add(make_theme(chair.cluster))
    with django_assert_max_num_queries(15):
        page_of(client, chair)
