"""The research that partners can fund now."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from chairs.enums import ChairStatus
from chairs.models import Activity
from sponsorships.enums import SponsorshipStatus
from tests.factories import make_activity, make_chair, make_cluster, make_kind, make_sponsorship, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
URL = "/en/opportunities/"


def titles(client, query=""):
    response = client.get(URL + query)
    assert response.status_code == 200
    return [Activity.objects.get(pk=entry.pk).title_en for entry in response.context["page_obj"]]


@pytest.fixture
def chair():
    return make_chair(ChairStatus.ACTIVE, title_en="Robots", cluster=make_cluster(slug="here", name="Here"))


@pytest.mark.exhaustive(counted=True)
def test_only_activities_that_still_look_for_money_are_listed(client, chair):
    make_activity(chair, title_en="Open")
    make_activity(chair, title_en="Closed", closed_at=timezone.now())
    make_activity(chair, title_en="Late", deadline=datetime.date(2020, 1, 1))
    make_activity(make_chair(ChairStatus.DRAFT), title_en="Draft")
    make_activity(make_chair(ChairStatus.CLOSED), title_en="Over")
    make_activity(make_chair(ChairStatus.ACTIVE, kind=make_kind(rule={"is_open_to_partners": False})), title_en="Shut")
    assert titles(client) == ["Open"]


def test_the_nearest_deadline_comes_first_and_none_last(client, chair):
    make_activity(chair, title_en="Never")
    make_activity(chair, title_en="Later", deadline=datetime.date(2999, 1, 2))
    make_activity(chair, title_en="Soon", deadline=datetime.date(2999, 1, 1))
    assert titles(client) == ["Soon", "Later", "Never"]


def test_what_has_all_its_money_takes_no_more_proposals_and_is_not_listed(client, chair):
    funded = make_activity(chair, title_en="Funded", target=Decimal("50000"), deadline=datetime.date(2999, 1, 1))
    make_sponsorship(SponsorshipStatus.ACCEPTED, chair=chair, activity=funded, cash_amount=Decimal("50000"))
    half = make_activity(chair, title_en="Half", target=Decimal("50000"), deadline=datetime.date(2999, 1, 2))
    make_sponsorship(SponsorshipStatus.ACCEPTED, chair=chair, activity=half, cash_amount=Decimal("49999.99"))
    make_activity(chair, title_en="Never")
    assert titles(client) == ["Half", "Never"]
    assert [activity.title_en for activity in client.get("/en/").context["opportunities"]] == titles(client)


def test_an_activity_shows_its_chair_its_money_and_the_way_to_propose(client, chair):
    activity = make_activity(chair, title_en="A thesis", deadline=datetime.date(2999, 6, 30))
    page = client.get(URL).content.decode()
    for text in [
        "A thesis",
        "Robots",
        "Here",
        "100,000",
        date_format(datetime.date(2999, 6, 30)),
        f"/fund/?activity={activity.pk}",
        'Propose to fund this activity<span class="visually-hidden">, A thesis</span></a>',
    ]:
        assert text in page


@pytest.mark.exhaustive(counted=True)
def test_cluster_theme_and_words_narrow_the_list(client, chair):
    other = make_chair(ChairStatus.ACTIVE, title_en="Law")
    chair.themes.add(make_theme(chair.cluster, slug="hands"), make_theme(chair.cluster, slug="legs"))
    make_activity(chair, title_en="A thesis", description_en="About étude.")
    make_activity(other, title_en="A data set")
    assert titles(client, "?cluster=here") == titles(client, "?theme=here/hands&theme=here/legs") == ["A thesis"]
    assert titles(client, "?q=law") == ["A data set"]
    assert titles(client, "?q=etudes") == ["A thesis"]
    assert titles(client, "?q=nothing&cluster=here") == []
    assert len(titles(client, "?cluster=nowhere&theme=x&sort=x&page=x")) == 2


def test_an_empty_list_says_what_can_be_done(client):
    page = client.get(URL).content.decode()
    assert "No chair looks for a partner’s money today." in page and 'href="/en/chairs/?open=1"' in page
    assert "No activity looking for a partner matches all of this." in client.get(URL + "?q=robots").content.decode()


def test_a_text_that_is_cut_keeps_its_spaces_that_do_not_break(client, chair):
    make_activity(chair, title_en="A thesis", counterparts_fr="Deux réunions par an\u00a0; " + "mot " * 40)
    page = client.get("/fr/opportunities/").content.decode()
    assert "Deux réunions par an\u00a0; mot" in page and "mot …" in page
