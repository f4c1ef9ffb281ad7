"""The lists below staff's figures cost the same queries, whatever is in them."""

import pytest
from django.test import Client

from chairs.models import Activity
from clusters.enums import Role
from tests.factories import make_cluster, make_staff
from tests.figures.money import entered, shared_chair, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database]
# Of the page; and what is not counted yet is made up for.
MAX_QUERIES, UNCOUNTED = 16, 4


def funded(chair) -> None:
    """Enter money of an activity of the chair, that counts today and later."""
    activity = Activity.objects.create(chair=chair, title_en="Sea ice", target="1000")
    one = silent_sponsorship(chair=chair, activity=activity)
    entered(one, "agreed", "100.01", "2026-01-01", activity=activity.pk)
    entered(one, "agreed", "50", "2099-01-01", activity=activity.pk)


@pytest.mark.parametrize("is_of_the_nation", [True, False])
def test_a_page_of_staffs_figures_asks_few_queries(is_of_the_nation, django_assert_max_num_queries):
    lead, client = make_cluster(), Client()
    cluster = None if is_of_the_nation else lead
    client.force_login(make_staff(cluster, Role.COORDINATOR if is_of_the_nation else Role.MANAGER))
    there = "/admin/figures/" if is_of_the_nation else f"/admin/figures/{lead.slug}/"
    for _time in range(2):
        funded(shared_chair("60", "40", lead=lead)[0])
        client.get(there)
        with django_assert_max_num_queries(MAX_QUERIES + UNCOUNTED):
            page = client.get(there).content.decode()
    # The part of each of two entries of 100.01, the cents that do not divide staying with the lead.
    assert ("€200.02" if is_of_the_nation else "€120.02") in page
