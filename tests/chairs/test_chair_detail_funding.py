"""What a chair's page says can be funded."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from chairs.enums import ChairStatus
from sponsorships.enums import SponsorshipStatus
from tests.chairs.chair_page import make_robots, make_sourced, page_of
from tests.factories import (
    make_activity,
    make_appointment,
    make_chair,
    make_contact,
    make_kind,
    make_partner,
    make_person,
    make_sponsorship,
)

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


def test_what_a_funder_needs_stands_right_after_what_the_chair_is_about(client, chair):
    chair.summary_en = "Plain words."
    chair.save()
    make_appointment(chair, person=make_person(name="Ada Present"))
    activity = make_activity(chair, title_en="A thesis", target=Decimal("50000"))
    given = {"confidentiality": "public", "cash_amount": Decimal("20000")}
    contact = make_contact(make_partner(name="Open Ltd"))
    make_sponsorship(SponsorshipStatus.ACCEPTED, chair=chair, activity=activity, contact=contact, **given)
    page = page_of(client, chair)
    part = page.partition('<aside class="support"')[2].partition("</aside>")[0]
    assert page.index("Plain words.", page.index("<h1>")) < page.index(part) < page.index('id="people"')
    for shown in ("A thesis", "€50,000", "Left at most: €30,000.", "Open Ltd", "Whom to ask", "Ada Present", "/fund/"):
        assert shown in part
    assert '<progress value="20000.00" max="50000.00"' in part
    assert 'Propose to fund this activity<span class="visually-hidden">, A thesis</span></a>' in part
    places = [page.index(f'id="{tool}"') for tool in ("facts", "on-a-date", "cite")]
    assert places == sorted(places) and places[0] > page.index('id="people"')


def test_a_chair_that_nobody_can_fund_has_no_such_part(client, chair):
    assert 'class="support"' in page_of(client, chair)
    assert 'class="support"' not in page_of(client, make_sourced(cluster=chair.cluster))
