"""What partners lend to the chairs' pages."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from chairs.enums import ActivityState, ChairStatus
from chairs.models import Activity
from sponsorships.accounting.activity_money import money_of, public_money_of, with_money, with_public_money
from sponsorships.enums import Confidentiality, SponsorshipStatus
from tests.factories import make_activity, make_chair, make_contact, make_partner, make_sponsorship

pytestmark = pytest.mark.django_db
S = SponsorshipStatus


def render(source, language="en", **context) -> str:
    with translation.override(language):
        return Template("{% load records sponsorship_blocks progress_blocks %}" + source).render(Context(context))


@pytest.fixture
def activity():
    return make_activity(make_chair(ChairStatus.ACTIVE))


def give(activity, status, cash, **overrides):
    return make_sponsorship(status, activity=activity, chair=activity.chair, cash_amount=Decimal(cash), **overrides)


def test_the_four_figures_of_an_activity_stand_apart(activity):
    for status in S:
        give(activity, status, "1000.10", in_kind_amount=Decimal("500"))
    money = money_of(activity)
    assert money.target == Decimal("100000.00")
    assert money.agreed == Decimal("3000.30")  # accepted, active, completed
    assert money.pending == Decimal("2000.20")  # in review, changes requested
    assert money.remaining == Decimal("96999.70")
    assert money.agreed_otherwise == Decimal("1500.00")


@pytest.mark.parametrize(
    ("change", "cash", "state"),
    [
        ({}, "99999.99", ActivityState.OPEN),
        ({}, "100000.00", ActivityState.FUNDED),
        ({"deadline": datetime.date(2024, 1, 1)}, "10.00", ActivityState.CLOSED),
        ({"deadline": datetime.date(2024, 1, 1)}, "100000.00", ActivityState.FUNDED),
    ],
)
def test_an_activity_is_open_funded_or_closed(change, cash, state):
    activity = make_activity(make_chair(ChairStatus.ACTIVE), **change)
    give(activity, S.ACCEPTED, cash)
    assert money_of(activity).state == state


def test_an_activity_of_a_paused_chair_is_closed():
    assert money_of(make_activity(make_chair(ChairStatus.SUSPENDED))).state == ActivityState.CLOSED


@pytest.mark.parametrize("kept", [{"confidentiality": "anonymous"}, {"confidentiality": "band"}, {}], ids=str)
def test_the_public_reads_closed_whoever_paid_for_all_of_it(activity, kept):
    give(activity, S.ACCEPTED, "100000.00", **kept)
    assert public_money_of(activity).state == ActivityState.CLOSED
    assert "Closed" in render("{% activity_money activity %}", activity=activity)


def test_the_public_reads_what_is_published_and_nothing_of_the_rest(activity):
    give(activity, S.ACCEPTED, "20000.00", confidentiality="public", in_kind_amount=Decimal("500"))
    before = render("{% activity_money activity %}", activity=activity)
    assert "€20,000" in before and "€500" in before
    for kept in ({"confidentiality": "anonymous"}, {"confidentiality": "band"}, {"confidentiality": "name_only"}):
        give(activity, S.ACCEPTED, "1000.00", **kept)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    for kept in ({"named_from": tomorrow}, {"amount_from": tomorrow}):
        give(activity, S.ACCEPTED, "1000.00", confidentiality="public", **kept)
    again = Activity.objects.get(pk=activity.pk)
    assert render("{% activity_money activity %}", activity=again) == before


def test_a_list_costs_two_queries_however_long(activity, django_assert_num_queries):
    activities = [activity, *(make_activity(activity.chair) for _more in range(10))]
    give(activity, S.ACCEPTED, "10")
    with django_assert_num_queries(2):
        rendered = render(
            "{% for row in rows %}{% activity_money row %}{% endfor %}", rows=with_public_money(activities)
        )
    assert rendered.count("€100,000") >= 11
    assert with_public_money([]) == []


def test_the_exact_figures_cost_three_queries_however_many_activities(activity, django_assert_num_queries):
    for _more in range(10):
        make_activity(activity.chair)
    give(activity, S.ACCEPTED, "10")
    with django_assert_num_queries(3):
        found = with_money(Activity.objects.all())
    assert len(found) == 11
    assert sorted(one.money.agreed for one in found)[-1] == 10


def test_sponsors_are_named_as_they_agreed_to_be():
    chair = make_chair(ChairStatus.ACTIVE)
    for name, status, wish in (
        ("Open Ltd", S.ACCEPTED, Confidentiality.PUBLIC),
        ("Discreet Ltd", S.ACTIVE, Confidentiality.NAME_ONLY),
        ("Hidden Ltd", S.ACCEPTED, Confidentiality.ANONYMOUS),
        ("Silent Ltd", S.ACCEPTED, ""),
        ("Early Ltd", S.IN_REVIEW, Confidentiality.PUBLIC),
        ("Refused Ltd", S.DECLINED, Confidentiality.PUBLIC),
    ):
        contact = make_contact(make_partner(name=name))
        make_sponsorship(status, contact=contact, chair=chair, confidentiality=wish, cash_amount=Decimal("4321"))
    block = render("{% chair_support chair %}", chair=chair)
    assert "Open Ltd" in block and "Discreet Ltd" in block
    assert block.count("€4,321") == 1
    for name in ("Hidden", "Silent", "Early", "Refused"):
        assert name not in block


def test_a_demonstration_sponsor_is_marked():
    contact = make_contact(make_partner(origin="demonstration"))
    sponsorship = make_sponsorship(S.ACCEPTED, contact=contact)
    assert "Demonstration" in render("{% chair_support chair %}", chair=sponsorship.chair)
