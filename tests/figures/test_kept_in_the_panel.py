"""Staff's figures are kept for their reader and their address, and are never older than what was last committed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusters.enums import Role
from clusters.models import StaffRole
from sponsorships.models import Instalment
from tests.factories import make_cluster, make_running, make_staff
from tests.figures.money import day, entered, shared_chair, silent_sponsorship
from tests.verbs import perform

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_index", "field_history")]
# The session, the person, the second factor, the roles, the clusters, the closed years.
MAX_QUERIES = 6


@pytest.fixture
def lead():
    return make_cluster(slug="lead")


@pytest.fixture
def one(lead):
    sponsorship = silent_sponsorship(chair=shared_chair("60", "40", lead=lead)[0])
    entered(sponsorship, "agreed", "100.01", "2026-01-01")
    return sponsorship


def read(client, cluster, **query) -> str:
    response = client.get(reverse("panel_figures:cluster", args=[cluster.slug]), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
def test_figures_that_stand_ask_nothing_and_show_what_is_written_next(lead, one, django_assert_max_num_queries):
    client = Client()
    client.force_login(make_staff(lead, Role.MANAGER))
    assert "€60.01" in read(client, lead)
    with django_assert_max_num_queries(MAX_QUERIES):
        assert "€60.01" in read(client, lead)
    entered(one, "agreed", "50", "2026-01-02")
    assert "€90.01" in read(client, lead)
    # Nothing was shared then.
    for _time in range(2):
        assert "€100.01" in read(client, lead, on="2026-01-01")
    assert "€90.01" in read(client, lead)


@pytest.mark.exhaustive(counted=True)
def test_each_reader_has_their_own_and_a_role_that_is_lost_takes_its_links_along(lead):
    of_both, (chair, (_lead, partner)) = make_staff(lead, Role.MANAGER), shared_chair("60", "40", lead=lead)
    running = make_running(by=of_both, parts=[20_000], chair=chair)
    late = perform(running.instalments.get(), "fall_due", by=of_both)
    perform(late, "invoice", by=of_both, details={"number": "F-1", "payable_on": timezone.localdate()})
    Instalment.objects.update(payable_on=day("2026-01-01"))
    link = reverse("admin:sponsorships_sponsorship_change", args=[running.pk])
    own, other = Client(), Client()
    StaffRole.objects.create(user=of_both, cluster=partner, role=Role.READER)
    own.force_login(of_both)
    other.force_login(make_staff(partner, Role.MANAGER))
    assert link in read(own, partner)
    assert link not in read(other, partner)
    StaffRole.objects.filter(user=of_both, cluster=lead).delete()
    assert link not in read(own, partner)
