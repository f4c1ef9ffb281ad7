"""A chair's page, as the public meets it."""

import pytest

from chairs.enums import PUBLIC_STATUSES, ChairStatus
from clusters.enums import Origin, Role
from tests.chairs.chair_page import make_robots, page_of
from tests.factories import (
    make_activity,
    make_appointment,
    make_chair,
    make_cluster,
    make_institution,
    make_staff,
    make_teaching,
    make_theme,
    make_training,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    return make_robots()


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


def test_a_demonstration_is_marked(client, chair):
    assert "origin-demonstration" not in page_of(client, chair)
    chair.origin = Origin.DEMONSTRATION
    chair.save()
    assert "origin-demonstration" in page_of(client, chair)


def test_teaching_says_its_programme_its_year_and_what_is_owed(client, chair):
    programme = make_training(name_en="Trustworthy AI")
    make_teaching(chair, programme=programme, year=2025, hours_owed=24)
    page = page_of(client, chair)
    assert f'<a href="{programme.get_absolute_url()}">Trustworthy AI</a>' in page and "2025–2026" in page
    assert "owed: 24 h ETD" in page and "discharged: not decided" in page
    programme.is_published = False
    programme.save()
    assert "Trustworthy AI" not in page_of(client, chair)


@pytest.mark.exhaustive
def test_the_page_costs_the_same_queries_however_much_it_shows(client, chair, django_assert_max_num_queries):
    for _number in range(6):
        make_appointment(chair)
        make_activity(chair)
        make_teaching(chair, institution=make_institution(), programme=make_training())
        chair.themes.add(make_theme(chair.cluster))
    with django_assert_max_num_queries(17):
        page_of(client, chair)
