"""Figures are sums of entries as of a date, each contribution apart, whole or by group, in a few queries."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures.enums import Grouping, Made
from figures.sums import Figures, Sums, leverage
from sponsorships.models import LedgerEntry
from tests.factories import make_activity, make_chair, make_sponsorship
from tests.figures.money import day, entered, shared_chair, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
EVERY = LedgerEntry.objects.all()


def amounts(figures: Figures) -> dict:
    return {measure.value: amount for measure, amount in figures.amounts.items() if amount}


def test_each_figure_is_the_sum_of_its_kind_and_what_came_beyond_is_no_received():
    one = silent_sponsorship()
    entered(one, "agreed", "100.10", "2026-01-01")
    entered(one, "invoiced", "60", "2026-02-01")
    entered(one, "received", "60", "2026-03-01")
    entered(one, "overpaid", "0.20", "2026-03-01")
    entered(one, "written_off", "5", "2026-03-02")
    assert amounts(Sums(EVERY).total()) == {
        "agreed": Decimal("100.10"),
        "invoiced": 60,
        "received": 60,
        "overpaid": Decimal("0.20"),
        "written_off": 5,
    }


def test_kind_and_skills_stand_apart_from_cash_and_from_each_other():
    one = silent_sponsorship()
    entered(one, "received", "1", "2026-01-01")
    entered(one, "received", "20", "2026-01-01", "in_kind")
    entered(one, "received", "300", "2026-01-01", "skills")
    assert amounts(Sums(EVERY).total()) == {"received": 1, "in_kind_received": 20, "skills_received": 300}


def test_a_date_counts_what_had_effect_by_then_and_its_own_day():
    one = silent_sponsorship()
    entered(one, "agreed", "100", "2026-01-01")
    entered(one, "agreed", "-40", "2026-06-30")
    assert [
        Sums(EVERY, day(on)).total()["agreed"] for on in ("2025-12-31", "2026-01-01", "2026-06-29", "2026-06-30")
    ] == [
        0,
        100,
        100,
        60,
    ]


def test_groups_add_up_to_the_whole_and_cents_survive():
    for number in range(3):
        chair = make_chair("active")
        one = silent_sponsorship(chair=chair, activity=make_activity(chair))
        entered(one, "agreed", f"{number}.10", f"202{number + 4}-05-05")
    sums = Sums(EVERY)
    for grouping in Grouping:
        assert sum(figures["agreed"] for figures in sums.by(grouping).values()) == Decimal("3.30")
    assert sums.by("quarter")[day("2025-04-01")]["agreed"] == Decimal("1.10")


def test_a_status_is_that_of_the_day_asked_for():
    one = make_sponsorship("accepted")
    one.transitions.create(verb="accept", source="in_review", target="accepted", at="2026-03-01T12:00Z")
    one.transitions.create(verb="review", source="submitted", target="in_review", at="2026-02-01T12:00Z")
    entered(one, "asked", "7", "2026-01-15")
    assert list(Sums(EVERY, day("2026-02-10")).by("status")) == ["in_review"]
    assert list(Sums(EVERY, day("2026-03-01")).by("status")) == ["accepted"]


def test_leverage_is_partners_euros_per_public_euro_and_nothing_without_a_grant():
    assert leverage(Decimal("5"), Decimal("20")) == Decimal("0.2500")
    assert leverage(Decimal("5"), None) is None


def test_made_up_records_are_counted_and_said():
    entered(silent_sponsorship(), "agreed", "1", "2026-01-01")
    assert Sums(EVERY).total().made == Made.NO
    entered(silent_sponsorship(origin="demonstration"), "agreed", "1", "2026-01-01")
    assert Sums(EVERY).total().made == Made.PARTLY
    assert Sums(EVERY.filter(sponsorship__origin="demonstration")).total().made == Made.YES


def test_a_shared_chair_counts_by_its_shares_and_once_for_the_nation():
    chair, (lead, other, third) = shared_chair("33.34", "33.33", "33.33")
    one = silent_sponsorship(chair=chair)
    entered(one, "received", "1.00", "2026-01-01")
    entered(one, "received", "0.01", "2026-01-02")
    by_cluster = {pk: figures["received"] for pk, figures in Sums(EVERY).by("cluster").items()}
    assert by_cluster == {lead.pk: Decimal("0.35"), other.pk: Decimal("0.33"), third.pk: Decimal("0.33")}
    assert Sums(EVERY).total()["received"] == Decimal("1.01")
    for cluster in (lead, other, third):
        assert Sums(EVERY, None, cluster).total()["received"] == by_cluster[cluster.pk]
    before = day("2026-01-03")
    assert {pk: f["received"] for pk, f in Sums(EVERY, before).by("cluster").items()} == {lead.pk: Decimal("1.01")}


def test_a_cluster_does_not_count_chairs_of_which_it_has_nothing():
    chair, (lead, other) = shared_chair("60", "40")
    entered(silent_sponsorship(), "received", "9", "2026-01-01")
    assert Sums(EVERY, None, lead).total().entries == Sums(EVERY, None, other).total().entries == 0
    entered(silent_sponsorship(chair=chair), "received", "9", "2026-01-01")
    assert Sums(EVERY, None, lead).total().entries == Sums(EVERY, None, other).total().entries == 1


@pytest.mark.django_db
@settings(
    max_examples=max(settings.default.max_examples // 4, 3),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(cents=st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=5))
def test_the_clusters_always_add_up_to_the_nation_and_each_list_to_its_part(cents):
    chair, clusters = shared_chair("50.01", "33.33", "16.66")
    one = silent_sponsorship(chair=chair, activity=make_activity(chair))
    alone = silent_sponsorship()
    for number, amount in enumerate(cents):
        entered(one if number % 2 else alone, "received", Decimal(amount) / 100, "2026-01-01")
    entries = EVERY.filter(sponsorship__in=[one, alone])
    whole = Sums(entries).total()["received"]
    assert sum(figures["received"] for figures in Sums(entries).by("cluster").values()) == whole
    for cluster in clusters:
        sums = Sums(entries, None, cluster)
        listed = sums.entries.select_related("sponsorship__chair")
        assert sum(sums.part(entry) for entry in listed) == sums.total()["received"]
        for grouping in Grouping:
            parts = sums.by(grouping).values()
            assert sum(figures["received"] for figures in parts) == sums.total()["received"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("grouping", [None, *Grouping])
def test_sums_cost_the_same_however_many_entries(grouping, django_assert_num_queries):
    def ask(queries):
        with django_assert_num_queries(queries):
            sums = Sums(EVERY)
            return sums.by(grouping) if grouping else sums.total()

    chair, _clusters = shared_chair("60", "40")
    for number in range(2):
        entered(silent_sponsorship(chair=chair), "agreed", "1", f"2026-0{number + 1}-01")
    queries = 3 if grouping == Grouping.CLUSTER else 1
    ask(queries)
    for number in range(8):
        entered(silent_sponsorship(chair=shared_chair("60", "40")[0]), "agreed", "1", f"2026-0{number + 1}-01")
    ask(queries)
