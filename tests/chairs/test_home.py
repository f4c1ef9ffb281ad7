import datetime

import pytest

from chairs.enums import ChairStatus
from clusters.enums import Origin
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


def test_it_leads_to_the_search_of_chairs(client):
    page = client.get("/en/").text
    assert 'action="/en/chairs/"' in page and 'name="q"' in page


def test_the_staffs_door_is_shown_to_whom_it_may_open(client):
    assert 'href="/admin/"' in client.get("/en/").text
    client.force_login(factories.make_user())
    assert 'href="/admin/"' not in client.get("/en/").text


def test_the_root_leads_to_the_readers_language(client):
    assert client.get("/", headers={"accept-language": "fr"}).url == "/fr/"


def test_clusters_stand_with_their_published_chairs(client):
    cluster = factories.make_cluster(name="Cluster of the north")
    factories.make_chair(ChairStatus.ACTIVE, cluster=cluster)
    factories.make_chair(ChairStatus.SUBMITTED, cluster=cluster)
    page = client.get("/en/").text
    assert "Cluster of the north" in page and "1 chair<" in page


def test_what_is_open_to_fund_is_shown_with_its_amount_and_mark(client):
    chair = factories.make_chair(ChairStatus.ACTIVE, origin=Origin.DEMONSTRATION)
    factories.make_activity(chair, title_en="A thesis on turbulence")
    page = client.get("/en/").text
    assert "A thesis on turbulence" in page and "€100,000" in page and "net of VAT" in page
    assert 'origin-demonstration">Demonstration' in page


def test_what_is_past_its_deadline_or_in_a_draft_is_not_shown(client):
    past = datetime.date(2024, 1, 1)
    factories.make_activity(factories.make_chair(ChairStatus.ACTIVE), title_en="Too late", deadline=past)
    factories.make_activity(factories.make_chair(ChairStatus.DRAFT), title_en="Too early")
    page = client.get("/en/").text
    assert "Too late" not in page and "Too early" not in page
    assert "No chair looks for a partner’s money today." in page
