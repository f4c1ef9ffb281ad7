"""The front page of the staff's panel: what awaits this person, first records and all, and nothing of other clusters."""

import datetime
import re

import pytest

from tests import factories
from tests.days import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def cluster():
    return factories.make_cluster(name="Our cluster")


@pytest.fixture
def elsewhere():
    return factories.make_cluster(name="Their cluster")


def desk(client, user) -> str:
    client.force_login(user)
    response = client.get("/admin/")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_chairs_to_decide_on_are_named_with_their_number(client, cluster):
    for number in range(7):
        factories.make_chair("submitted", cluster=cluster, title_en=f"Waiting chair {number}")
    text = desk(client, factories.make_staff(cluster))
    assert "7 chairs are waiting for your decision" in text
    assert "Waiting chair 4" in text and "Waiting chair 5" not in text
    assert "and 2 more" in text


def test_one_s_own_chair_awaits_somebody_else(client, cluster):
    manager = factories.make_staff(cluster)
    factories.make_chair("submitted", cluster=cluster, registered_by=manager)
    assert "Nothing is waiting for you" in desk(client, manager)
    assert "1 chair is waiting for your decision" in desk(client, factories.make_staff(cluster))


def test_one_s_own_chair_awaits_oneself_where_four_eyes_are_switched_off(client):
    cluster = factories.make_cluster(needs_four_eyes=False)
    manager = factories.make_staff(cluster)
    factories.make_chair("submitted", cluster=cluster, registered_by=manager)
    assert "1 chair is waiting for your decision" in desk(client, manager)


@pytest.mark.exhaustive(counted=True)
def test_a_chair_that_was_sent_back_awaits_all_who_may_correct_it(client, cluster):
    editor = factories.make_staff(cluster, "editor")
    factories.make_chair("changes_requested", cluster=cluster, registered_by=editor)
    for who in (editor, factories.make_staff(cluster, "editor")):
        assert "1 chair was sent back to your cluster" in desk(client, who)
    assert "sent back" not in desk(client, factories.make_staff(cluster, "reader"))


def test_sponsorships_and_people_await_editors(client, cluster):
    contact = factories.make_contact()
    factories.make_contact(contact.partner, state="requested", is_primary=False)
    chair = factories.make_chair("active", cluster=cluster)
    factories.make_sponsorship("submitted", contact, chair=chair)
    text = desk(client, factories.make_staff(cluster, "editor"))
    assert "1 sponsorship is waiting for an answer" in text
    assert "€50,000 in cash" in text
    assert "1 person asks to join a partner" in text


@pytest.mark.parametrize("role", ["reader", "finance", "editor", "manager"])
def test_chairs_that_break_their_rule_or_end_soon_are_kept_in_view_by_all_staff(client, cluster, role):
    factories.make_chair("active", cluster=cluster, non_conforming_since=datetime.date(2026, 3, 17))
    factories.make_chair("active", cluster=cluster, ends_on=TODAY() + datetime.timedelta(days=90))
    factories.make_chair("active", cluster=cluster, ends_on=TODAY() + datetime.timedelta(days=91))
    text = desk(client, factories.make_staff(cluster, role))
    assert "1 chair breaks its rule" in text and "since 17 March 2026" in text
    assert "1 chair ends within 90 days" in text


def test_a_chair_that_is_over_is_not_kept_in_view(client, cluster):
    factories.make_chair("closed", cluster=cluster, ends_on=TODAY())
    assert "To keep an eye on" not in desk(client, factories.make_staff(cluster))
    factories.make_chair("active", cluster=cluster, ends_on=TODAY())
    assert "To keep an eye on" in desk(client, factories.make_staff(cluster))


def test_nothing_of_another_cluster_is_counted_or_named(client, cluster, elsewhere):
    contact = factories.make_contact(factories.make_partner(name="Secret company"))
    factories.make_contact(contact.partner, state="requested", is_primary=False)
    secret = {"cluster": elsewhere, "title_en": "Secret chair"}
    factories.make_chair("submitted", **secret)
    active = factories.make_chair("active", non_conforming_since=TODAY(), ends_on=TODAY(), **secret)
    factories.make_sponsorship("submitted", contact, chair=active)
    text = desk(client, factories.make_staff(cluster))
    assert "Secret" not in text and "Their cluster" not in text
    assert "Nothing is waiting for you" in text and "To keep an eye on" not in text


def test_the_coordinator_keeps_all_nine_in_view(client, cluster, elsewhere):
    for place in (cluster, elsewhere):
        factories.make_chair("active", cluster=place, non_conforming_since=TODAY())
    text = desk(client, factories.make_staff(None, "coordinator"))
    assert "2 chairs break their rule" in text
    assert "Nothing is waiting for you" in text


def test_the_lists_behind_it_hold_the_same_records(client, cluster):
    waiting = factories.make_chair("submitted", cluster=cluster)
    broken = factories.make_chair("active", cluster=cluster, non_conforming_since=TODAY())
    ending = factories.make_chair("active", cluster=cluster, ends_on=TODAY())
    client.force_login(factories.make_staff(cluster))
    for query, chair in [("waiting=me", waiting), ("rule=broken", broken), ("ends=soon", ending)]:
        page = client.get(f"/admin/chairs/chair/?{query}")
        assert list(page.context["cl"].queryset) == [chair]


def test_a_filter_with_nonsense_does_not_pass_the_whole_list_for_its_answer(client, cluster):
    client.force_login(factories.make_staff(cluster))
    for query in ("waiting=you", "rule=%00", "ends=never"):
        assert client.get(f"/admin/chairs/chair/?{query}").status_code == 400


def test_the_page_of_one_subject_repeats_nothing_of_the_front_page(client, cluster):
    client.force_login(factories.make_staff(cluster))
    front, subject = (client.get(there).content.decode() for there in ("/admin/", "/admin/chairs/"))
    assert "Waiting for you" in front and "Waiting for you" not in subject
    assert "/admin/chairs/chair/" in subject


def test_who_asks_for_a_made_up_partner_is_marked_so(client, cluster):
    made_up = factories.make_partner(origin="demonstration")
    factories.make_contact(made_up, state="requested", is_primary=False)
    chair = factories.make_chair("active", cluster=cluster)
    factories.make_sponsorship("accepted", factories.make_contact(made_up), chair=chair)
    text = desk(client, factories.make_staff(cluster))
    assert "asked on" in text and "Demonstration: made up" in text
