"""The clusters side by side."""

import re

import pytest

from clusters.enums import MembershipRole, Origin
from clusters.models import Membership
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
ADDRESS = "/en/clusters/compare/"


@pytest.fixture
def clusters():
    """Alpha has the larger grant, Beta the chairs."""
    alpha = factories.make_cluster(name="Alpha", city="Toulouse", public_grant=70_000_000)
    beta = factories.make_cluster(name="Beta", city="Nancy", public_grant=20_000_000)
    Membership.objects.create(cluster=alpha, institution=factories.make_institution(), role=MembershipRole.LEAD)
    factories.make_chair("active", cluster=beta)
    factories.make_chair("draft", cluster=beta)
    factories.make_chair("active", cluster=beta, origin=Origin.DEMONSTRATION)
    return alpha, beta


def order_of(page):
    return re.findall(r'<th scope="row"><a [^>]*>(\w+)</a>', page)


@pytest.mark.parametrize(
    ("sort", "order", "said"),
    [
        ("", ["Alpha", "Beta"], "ascending"),
        ("-name", ["Beta", "Alpha"], "descending"),
        ("city", ["Beta", "Alpha"], "ascending"),
        ("public_grant", ["Alpha", "Beta"], "descending"),
        ("-public_grant", ["Beta", "Alpha"], "ascending"),
        ("chairs", ["Beta", "Alpha"], "descending"),
    ],
)
def test_its_order_is_in_the_address_and_is_said(client, clusters, sort, order, said):
    page = client.get(ADDRESS, {"sort": sort} if sort else {}).text
    assert order_of(page) == order
    assert re.findall(r'aria-sort="(\w+)"', page) == [said]


def test_it_counts_what_the_public_sees_and_made_up_records_apart(client, clusters):
    page = client.get(ADDRESS).text
    row = page.partition(">Beta</a>")[2].partition("</tr>")[0]
    assert "phase=all&amp;cluster=" in row and ">1</a>" in row and "+ 1<" in row and "€20,000,000" in row
    assert "€90,000,000" in page and "2 clusters" in page


def test_an_order_that_it_does_not_have_is_said(client, clusters):
    page = client.get(ADDRESS, {"sort": "wealth"}).text
    assert order_of(page) == ["Alpha", "Beta"] and "no order “wealth”" in page
    assert "no order" not in client.get(ADDRESS).text


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_it_says_what_a_plus_stands_for_where_there_is_one(client, clusters, settings, is_demonstration):
    settings.DEMONSTRATION = is_demonstration
    page = client.get(ADDRESS).text
    assert ("A number with a + counts demonstration records" in page) is is_demonstration
