"""What waits is asked by queries that were built once for a reader: they still see what has changed since."""

from collections import OrderedDict

import pytest

from clusters.enums import Role
from core.admin import readers_queries
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
ONE, TWO = "1 chair is waiting for your decision", "2 chairs are waiting for your decision"


@pytest.fixture
def manager(client):
    user = factories.make_staff(factories.make_cluster())
    client.force_login(user)
    return user


def submitted(cluster):
    return factories.make_chair("submitted", cluster=cluster)


def front_page(client) -> str:
    return client.get("/admin/").content.decode()


def test_the_next_visit_shows_what_came_and_went(client, manager):
    cluster = manager.staff_roles.get().cluster
    assert "Nothing is waiting for you" in front_page(client)
    first = submitted(cluster)
    assert ONE in front_page(client)
    submitted(cluster)
    assert TWO in front_page(client)
    type(first).objects.filter(pk=first.pk).delete()
    assert ONE in front_page(client)


@pytest.mark.exhaustive(counted=True)
def test_a_role_more_or_less_is_another_question(client, manager):
    here, there = manager.staff_roles.get().cluster, factories.make_cluster()
    submitted(here), submitted(there)
    assert ONE in front_page(client)
    manager.staff_roles.create(cluster=there, role=Role.MANAGER)
    assert TWO in front_page(client)
    manager.staff_roles.filter(cluster=here).update(role=Role.READER)
    assert ONE in front_page(client)


def test_two_managers_ask_each_their_own(client, manager):
    submitted(manager.staff_roles.get().cluster)
    assert ONE in front_page(client)
    client.force_login(factories.make_staff(factories.make_cluster()))
    assert "waiting for your decision" not in front_page(client)


@pytest.mark.exhaustive(counted=True)
def test_no_more_is_kept_than_a_number_of_queries(client, manager, monkeypatch):
    monkeypatch.setattr(readers_queries, "MAX_KEPT", 2)
    monkeypatch.setattr(readers_queries, "_kept", OrderedDict())
    submitted(manager.staff_roles.get().cluster)
    assert ONE in front_page(client)
    assert len(readers_queries._kept) <= 2
    assert ONE in front_page(client)
