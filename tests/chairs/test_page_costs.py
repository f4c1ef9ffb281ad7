"""What each public page costs: queries and bytes, the same however many records there are. Times are measured by `make bench`."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chairs.search.index import rebuilt_afterwards
from clusters.enums import MembershipRole
from clusters.models import Membership
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]

# Queries at most, and kilobytes before they are compressed: a page of a list is as long as it gets.
# Each page here reads the directory anew, as it does in a transaction: elsewhere that is one short query.
CHAIR, CLUSTER, LIST, HOME = (22, 16), (20, 24), (8, 16), (8, 20)
# Each of fifty people has a picture or initials.
PEOPLE = (8, 18)


@pytest.fixture
def cluster():
    return factories.make_cluster(slug="here", name="Here")


def fill(cluster, number: int) -> None:
    """Make chairs of one theme and one institution, each with people of its own and something to fund."""
    theme, employer = factories.make_theme(cluster), factories.make_institution(slug=f"employer-{number}")
    Membership.objects.create(cluster=cluster, institution=employer, role=MembershipRole.LEAD)
    deadline = datetime.date(2099, 1, 1)
    with rebuilt_afterwards():
        for _one in range(number):
            chair = factories.make_chair("active", cluster=cluster)
            chair.themes.add(theme)
            factories.make_appointment(chair, affiliation=employer)
            factories.make_activity(chair, deadline=deadline)


def cost(client, address: str) -> tuple[int, int]:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured), len(response.content) // 1000


def assert_within(found: tuple[int, int], most: tuple[int, int]) -> None:
    assert found[0] <= most[0] and found[1] <= most[1], found


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/en/", HOME),
        ("/en/clusters/", LIST),
        ("/en/clusters/here/", CLUSTER),
        ("/en/people/", PEOPLE),
        ("/en/institutions/", LIST),
    ],
)
def test_a_page_costs_the_same_with_many_records(client, cluster, address, most):
    fill(cluster, 2)
    few = cost(client, address)
    fill(cluster, 30)
    many = cost(client, address)
    assert_within(many, most)
    assert many[0] <= few[0] + 1  # one more where a page has a second part


@pytest.mark.exhaustive
def test_a_chairs_page_costs_the_same_beside_many_others(client, cluster):
    fill(cluster, 2)
    address = cluster.chairs.order_by("pk").first().get_absolute_url()
    few = cost(client, address)
    fill(cluster, 30)
    many = cost(client, address)
    assert_within(many, CHAIR)
    assert many[0] <= few[0]


def test_a_chair_of_which_little_is_known_asks_little(client, cluster):
    chair = factories.make_chair("active", cluster=cluster, with_pi=False)
    # One of them asks whether it takes part in a collaboration.
    assert_within(cost(client, chair.get_absolute_url()), (7, 10))


@pytest.mark.exhaustive
def test_an_institution_with_many_chairs_shows_them_in_pages(client, cluster):
    fill(cluster, 60)
    first = client.get("/en/institutions/employer-60/").text
    assert first.count("<h3>") == 1 + 50 and 'href="?page=2"' in first
    assert client.get("/en/institutions/employer-60/?page=2").text.count("<h3>") == 1 + 10
    assert_within(cost(client, "/en/institutions/employer-60/"), (9, 40))
