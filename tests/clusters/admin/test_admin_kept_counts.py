"""Counts, sums and choices of lists are kept until something changes; the next page shows what has."""

import re

import pytest
from django.db import connection
from django.test import Client

from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
CHAIRS = "/admin/chairs/chair/"
# The session, the account, its second factor and roles; the chairs with their people.
MAX_QUERIES = 7
COUNT = re.compile(r"SELECT COUNT\(\*\)|COUNT\(", re.IGNORECASE)


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def manager(cluster):
    client = Client()
    client.force_login(factories.make_staff(cluster))
    return client


def shown(client, there=CHAIRS) -> tuple[int, list[str]]:
    """Return how many records a list counts, and the statements that count or add up."""
    asked: list[str] = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = client.get(there)
    assert answer.status_code == 200
    return answer.context["cl"].result_count, [sql for sql in asked if COUNT.search(sql)]


def test_nothing_is_counted_again_while_nothing_has_changed(cluster, manager, django_assert_max_num_queries):
    factories.make_chair(cluster=cluster)
    number, counting = shown(manager)
    assert number == 1 and counting
    assert shown(manager) == (1, [])
    with django_assert_max_num_queries(MAX_QUERIES):
        manager.get(CHAIRS)


@pytest.mark.parametrize("there", [CHAIRS, f"{CHAIRS}?status=draft", f"{CHAIRS}?o=1"])
def test_the_next_list_counts_what_came_and_went(cluster, manager, there):
    before, _counting = shown(manager, there)
    first, second = (factories.make_chair(cluster=cluster) for _time in range(2))
    assert shown(manager, there)[0] == before + 2
    first.delete()
    assert shown(manager, there)[0] == before + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE chairs_chair SET cluster_id = %s WHERE id = %s", [factories.make_cluster().pk, second.pk]
        )
    assert shown(manager, there)[0] == before


def test_a_filter_offers_what_was_added(cluster, manager):
    kinds = [factories.make_kind(slug=f"kind-{number}", name_en=f"Kind {number}") for number in range(2)]
    assert "Kind 1" in manager.get(CHAIRS).content.decode()
    kinds[0].name_en = "Another kind"
    kinds[0].save()
    page = manager.get(CHAIRS).content.decode()
    assert "Another kind" in page and "Kind 0" not in page


def test_what_reads_contacts_is_counted_again_when_one_is_written(manager):
    """Which sponsorships a reader sees depends on the partners that they act for."""
    there = "/admin/sponsorships/sponsorship/"
    assert shown(manager, there)[1]
    assert not shown(manager, there)[1]
    factories.make_contact()
    assert shown(manager, there)[1]
