import datetime

import pytest

from chairs.enums import ChairStatus
from clusters.enums import Origin, StatedSubject
from clusters.models import StatedCount
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


def number_of(page, label):
    """Return what the home page says a number is, with the marks beside it."""
    return page.partition(f"<dt>{label}</dt>")[2].partition("</div>")[0]


def test_it_says_what_there_is_in_numbers_and_made_up_records_apart(client):
    cluster = factories.make_cluster(public_grant=340_000_000)
    factories.make_cluster(public_grant=20_000_000)
    factories.make_chair("active", cluster=cluster)
    made_up = factories.make_chair("active", cluster=cluster, origin=Origin.DEMONSTRATION)
    factories.make_activity(made_up)
    stated = {"subject": StatedSubject.TRAINED_A_YEAR, "source": "https://example.org/trained"}
    StatedCount.objects.create(kind="baseline", value=40_000, **stated)
    StatedCount.objects.create(kind="target", value=100_000, as_of="2030", **stated)
    page = client.get("/en/").text
    assert ">2<" in number_of(page, "AI clusters") and "€360m" in number_of(page, "granted by the State")
    chairs, open_ones = number_of(page, "chairs on record"), number_of(page, "activities open for funding")
    assert ">1<" in chairs and "+ 1 demonstration" in chairs
    assert ">1<" in open_ones and "made-up" in open_ones and "origin-demonstration" in open_ones
    assert "100,000" in page and "by 2030; 40,000 when the programme began" in page


def test_the_map_leads_where_the_list_does(client):
    place = {"latitude": 48.69, "longitude": 6.18, "public_grant": 30_000_000}
    cluster = factories.make_cluster(name="Cluster of the east", acronym="EAST", **place)
    page = client.get("/en/").text
    drawn = page.partition("<svg")[2].partition("</svg>")[0]
    assert page.count(f'href="{cluster.get_absolute_url()}"') == 2
    assert f'<a href="{cluster.get_absolute_url()}"><circle' in drawn and "EAST" in drawn and "€30m" in drawn
