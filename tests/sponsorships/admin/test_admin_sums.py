"""The sums under the list of sponsorships: of what is listed, in one query, each kind of contribution apart."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
LIST = "/admin/sponsorships/sponsorship/"


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def manager(client, cluster):
    user = factories.make_staff(cluster)
    client.force_login(user)
    return user


def make(cluster, status, cash, **overrides):
    chair = factories.make_chair("active", cluster=cluster)
    return factories.make_sponsorship(status, chair=chair, cash_amount=Decimal(cash), **overrides)


def sums(client, query="") -> dict:
    text = client.get(LIST + query).content.decode()
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", text)
    return {label: amount for label, amount in pairs}


def test_offered_and_accepted_cash_stand_apart(client, manager, cluster):
    make(cluster, "submitted", "1000.00", in_kind_amount=Decimal("70.00"))
    make(cluster, "accepted", "200.50")
    assert sums(client) == {
        "Cash offered": "€1,200.50",
        "Cash accepted": "€200.50",
        "In kind, offered": "€70",
        "Skills, offered": "€0",
    }


def test_filters_and_search_narrow_the_sums(client, manager, cluster):
    make(cluster, "submitted", "1000.00")
    make(cluster, "accepted", "200.00", contact=factories.make_contact(factories.make_partner(name="Findable")))
    assert sums(client, "?status__exact=submitted")["Cash offered"] == "€1,000"
    assert sums(client, "?waiting=me")["Cash offered"] == "€1,000"
    assert sums(client, "?q=findable")["Cash offered"] == "€200"


def test_another_cluster_s_euros_and_unsent_drafts_are_not_in_it(client, manager, cluster):
    make(factories.make_cluster(), "accepted", "900000.00")
    make(cluster, "draft", "800000.00")
    assert sums(client)["Cash offered"] == "€0"


def test_a_partner_with_several_contacts_counts_once(client, manager, cluster):
    contact = factories.make_contact()
    factories.make_contact(contact.partner)
    make(cluster, "accepted", "100.00", contact=contact)
    client.force_login(factories.make_staff(None, "coordinator"))
    assert sums(client)["Cash accepted"] == "€100"


def test_it_is_one_query(client, manager, cluster):
    make(cluster, "accepted", "100.00")
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST)
    assert sum("SUM(" in query["sql"] for query in captured.captured_queries) == 1


def test_a_filter_that_does_not_exist_is_refused_by_its_name(client, manager):
    answer = client.get(f"{LIST}?colour=red")
    assert answer.status_code == 400
    assert "This list has no filter “colour”." in answer.text
