from decimal import Decimal

import pytest

from chairs.enums import ChairStatus
from clusters.enums import MembershipRole
from clusters.models import Cluster, Membership
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
ENGLISH, FRENCH = "/en/clusters/", "/fr/clusters/"


def make_led_cluster(**overrides) -> Cluster:
    cluster = factories.make_cluster(**overrides)
    Membership.objects.create(cluster=cluster, institution=factories.make_institution(), role=MembershipRole.LEAD)
    return cluster


def test_the_sum_is_added_up_from_the_grants(client):
    factories.make_cluster(public_grant=Decimal("75000000"))
    factories.make_cluster(public_grant=Decimal("285000000.50"))
    assert "€360,000,000.50" in client.get(ENGLISH).text
    assert "360\u202f000\u202f000,50\u00a0€" in client.get(FRENCH).text


def test_the_sum_links_to_the_sources_of_the_grants(client):
    factories.make_cluster(public_grant_source="https://press.example.org/split")
    assert 'href="https://press.example.org/split"' in client.get(ENGLISH).text


def test_a_cluster_shows_its_city_lead_and_duration(client):
    cluster = make_led_cluster(city="Nancy", duration_years=5)
    page = client.get(ENGLISH).text
    assert "Nancy" in page and "5 years" in page
    assert cluster.memberships.get().institution.name in page


def test_only_published_chairs_are_counted(client):
    cluster = factories.make_cluster()
    factories.make_chair(ChairStatus.ACTIVE, cluster=cluster)
    factories.make_chair(ChairStatus.DRAFT, cluster=cluster)
    assert "1 chair<" in client.get(ENGLISH).text


def test_names_are_in_order_whatever_their_capitals(client):
    factories.make_cluster(name="PRAIRIE")
    factories.make_cluster(name="PostGenAI@Paris")
    page = client.get(ENGLISH).text
    assert page.index("PostGenAI@Paris") < page.index("PRAIRIE")


def test_it_stands_without_a_single_cluster(client):
    page = client.get(ENGLISH)
    assert page.status_code == 200 and "<h1" in page.text
