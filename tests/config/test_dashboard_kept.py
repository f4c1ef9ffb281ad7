"""What waits is kept for its reader until something is written, by SQL too; what private tables say is asked each time."""

import pytest
from django.db import connection

from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("search_index")]
# The session, the person, the second factor, the roles, and one question for what waits by private tables.
MAX_QUERIES = 4


def front_page(client) -> str:
    return client.get("/admin/").content.decode()


def test_what_waits_is_not_asked_again_until_something_is_written(client, django_assert_max_num_queries):
    cluster = factories.make_cluster()
    chair = factories.make_chair("submitted", cluster=cluster, title_en="Amber", title_fr="Ambre")
    factories.make_sponsorship("submitted", chair=factories.make_chair("active", cluster=cluster))
    client.force_login(factories.make_staff(cluster))
    assert "Amber" in front_page(client)
    with django_assert_max_num_queries(MAX_QUERIES):
        page = front_page(client)
    assert "Amber" in page and "1 sponsorship is waiting for an answer" in page
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chairs_chair SET title_en = 'Beryl', title = 'Beryl' WHERE id = %s", [chair.pk])
    page = front_page(client)
    assert "Beryl" in page and "Amber" not in page


def test_what_moves_no_version_is_asked_each_time(client):
    contact = factories.make_contact()
    cluster = factories.make_cluster()
    chair = factories.make_chair("active", cluster=cluster)
    sponsorship = factories.make_sponsorship("in_review", chair=chair, contact=contact)
    client.force_login(factories.make_staff(cluster))
    assert "that nobody of the office has read" not in front_page(client)
    factories.make_message(sponsorship, contact.user)
    assert "that nobody of the office has read" in front_page(client)


def test_who_becomes_a_contact_no_longer_writes_on_the_partners_behalf(client):
    cluster, contact = factories.make_cluster(), factories.make_contact()
    manager = factories.make_staff(cluster)
    chair = factories.make_chair("active", cluster=cluster)
    factories.make_sponsorship("draft", chair=chair, contact=contact, created_by=manager)
    client.force_login(manager)
    assert "1 proposal on a partner’s behalf is to be finished" in front_page(client)
    factories.make_contact(contact.partner, manager, is_primary=False)
    assert "on a partner’s behalf is to be finished" not in front_page(client)


def test_each_reader_has_their_own(client):
    ours, theirs = factories.make_cluster(), factories.make_cluster()
    factories.make_chair("submitted", cluster=ours, title_en="Amber", title_fr="Ambre")
    for cluster, seen in ((ours, True), (theirs, False), (ours, True)):
        client.force_login(factories.make_staff(cluster))
        assert ("Amber" in front_page(client)) == seen
