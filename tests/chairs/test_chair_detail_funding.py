"""What a chair's page says can be funded."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from chairs.enums import ChairStatus
from sponsorships.enums import SponsorshipStatus
from tests.chairs.chair_page import make_robots, make_sourced, page_of
from tests.factories import make_activity, make_chair, make_kind, make_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def chair():
    return make_robots()


def test_the_button_is_there_only_where_research_can_be_funded(client, chair):
    fund = reverse("sponsorships:new", args=["here", "robots"])
    assert fund in page_of(client, chair)
    closed = make_chair(ChairStatus.CLOSED, cluster=chair.cluster, slug="closed")
    gift_only = make_chair(
        ChairStatus.ACTIVE, cluster=chair.cluster, kind=make_kind(rule={"is_open_to_partners": False})
    )
    for other in [closed, gift_only, make_sourced(cluster=chair.cluster)]:
        assert "/fund/" not in page_of(client, other)


def test_open_activities_can_be_funded_and_past_ones_cannot(client, chair):
    activity = make_activity(
        chair, title_en="A thesis", counterparts_en="Reports.", deadline=datetime.date(2999, 6, 30)
    )
    past = make_activity(chair, title_en="A data set", deadline=datetime.date(2020, 1, 1))
    page = page_of(client, chair)
    assert page.index("A thesis") < page.index("No longer open") < page.index("A data set")
    assert "Reports." in page and "30 June 2999" in page and "100,000" in page
    assert f"?activity={activity.pk}" in page and f"?activity={past.pk}" not in page


def test_what_has_all_its_money_is_closed_like_any_other(client, chair):
    days = {"deadline": datetime.date(2999, 6, 30)}
    paid = make_activity(chair, title_en="All paid for", target=Decimal("50000"), **days)
    make_sponsorship(SponsorshipStatus.ACCEPTED, chair=chair, activity=paid, cash_amount=Decimal("50000"))
    page = page_of(client, chair)
    assert "Proposals until" not in page and "Funded" not in page and "Closed" in page
    make_activity(chair, title_en="Still open")
    page = page_of(client, chair)
    assert page.index("Still open") < page.index("No longer open") < page.index("All paid for")
    assert f"?activity={paid.pk}" not in page
