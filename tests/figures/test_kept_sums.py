"""Kept sums say what the entries say, to the cent, whatever happened and whether or not it is counted yet."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chairs.models import Chair, ClusterShare
from clusters.models import Cluster
from figures.enums import Grouping
from figures.kept import KeptSums
from figures.scopes import public
from figures.sums import Sums
from sponsorships.accounting import counting_triggers, kept_sums
from sponsorships.accounting.consistency import check_all
from sponsorships.models import CountedSponsorship, KeptSum, LedgerEntry, Sponsorship, UncountedChange
from tests.days import TODAY, Day
from tests.factories import make_chair
from tests.figures.money import entered, shared_chair, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]

DAYS = [Day(away) for away in (-800, -400, -31, -1, 0, 1, 40, 400)]
MOVES = ["in_review", "accepted", "active", "completed", "terminated"]
number = st.integers(0, 10**6)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["post", "reverse", "move", "publish", "share", "chair", "origin", "count"]), number, number
    ),
    min_size=1,
    max_size=9,
)


@pytest.fixture
def accounts():
    """Two sponsorships of a shared chair, and one of a chair of its own."""
    chair, _clusters = shared_chair("50.01", "33.33", "16.66")
    alone = make_chair("active", cluster=chair.cluster)
    return [silent_sponsorship(chair=chair), silent_sponsorship(chair=chair), silent_sponsorship(chair=alone)]


def said(figures: dict) -> dict:
    """Return what pages show of sums. A quarter's sponsorships are on none."""
    return {
        key: (one.amounts, one.entries, one.made_up, None if isinstance(key, datetime.date) else one.sponsorships)
        for key, one in figures.items()
    }


def assert_the_same(on):
    for is_public, entries in ((False, LedgerEntry.objects.all()), (True, public().entries)):
        kept, added = KeptSums(on, is_public=is_public), Sums(entries, on)
        assert said({0: kept.total()}) == said({0: added.total()})
        for grouping in (Grouping.QUARTER, Grouping.STATUS, Grouping.CLUSTER):
            assert said(kept.by(grouping)) == said(added.by(grouping)), grouping
        for cluster in {
            *Chair.objects.values_list("cluster", flat=True),
            *ClusterShare.objects.values_list("cluster", flat=True),
        }:
            kept, added = KeptSums(on, cluster, is_public), Sums(entries, on, Cluster.objects.get(pk=cluster))
            assert said({0: kept.total()}) == said({0: added.total()})
            for grouping in (Grouping.QUARTER, Grouping.STATUS):
                assert said(kept.by(grouping)) == said(added.by(grouping)), grouping


def happen(accounts, what, one, other):
    """Let something happen to one of the accounts, by the numbers given."""
    pk = accounts[one % len(accounts)].pk
    sponsorship, day = Sponsorship.objects.get(pk=pk), DAYS[other % len(DAYS)]()
    if what == "post":
        kind = ["asked", "pending", "agreed", "invoiced", "received", "overpaid", "written_off"][other % 7]
        contribution = "cash" if kind != "received" else ["cash", "in_kind", "skills"][one % 3]
        entered(sponsorship, kind, Decimal(one + 1) / 100, day.isoformat(), contribution)
    elif what == "reverse" and (last := sponsorship.entries.order_by("-position").first()):
        entered(sponsorship, last.kind, -last.amount, day.isoformat(), last.contribution)
    elif what == "move":
        target, source = MOVES[other % len(MOVES)], sponsorship.status
        at = timezone.now() - datetime.timedelta(days=one % 500)
        newest = sponsorship.transitions.order_by("-at").values_list("at", flat=True).first()
        sponsorship.transitions.create(verb="move", source=source, target=target, at=max(at, newest or at))
        moment = {
            f"{name}_at": timezone.now()
            for name in ("review_started", "accepted", "activated", "completed", "terminated")
        }
        Sponsorship.objects.filter(pk=pk).update(status=target, **moment)
    elif what == "publish":
        choice = ["public", "band", "anonymous"][one % 3]
        Sponsorship.objects.filter(pk=pk).update(confidentiality=choice, named_from=day, amount_from=None)
    elif what == "share":
        agreed = timezone.now() - datetime.timedelta(days=other % 500) if other % 3 else None
        by = (
            ClusterShare.objects.exclude(agreed_by=None).values_list("agreed_by", flat=True).first() if agreed else None
        )
        ClusterShare.objects.filter(
            pk__in=list(ClusterShare.objects.values_list("pk", flat=True)[one % 3 :][:1])
        ).update(agreed_at=agreed if by else None, agreed_by=by)
    elif what == "chair":
        status = ["active", "suspended", "draft"][one % 3]
        Chair.objects.filter(pk=sponsorship.chair_id).update(status=status, suspended_at=timezone.now())
    elif what == "origin":
        Sponsorship.objects.filter(pk=pk).update(origin=["registered", "demonstration"][one % 2])
    elif what == "count":
        kept_sums.count(at_most=1 + other % 2)


def silent() -> int:
    """Return how many sponsorships there are whose partner is named but publishes no amount."""
    told = Sponsorship.objects.with_public_amount().order_by().values("pk")
    return Sponsorship.objects.named().exclude(pk__in=told).count()


def misfits() -> list[str]:
    """Return what `check_ledger` says of the kept sums."""
    return [str(misfit) for misfit in check_all() if misfit.where == "kept sums"]


@pytest.mark.exhaustive
@settings(
    max_examples=max(settings.default.max_examples // 4, 3),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(steps=STEPS)
def test_they_say_what_the_entries_say_whatever_happens(accounts, steps):
    for step in steps:
        happen(accounts, *step)
    for on in (DAYS[1](), DAYS[3](), TODAY(), DAYS[6]()):
        assert_the_same(on)
    assert KeptSums(TODAY(), is_public=True).silent == silent()
    kept_sums.count_all()
    assert not UncountedChange.objects.exists()
    for on in (DAYS[1](), TODAY(), DAYS[6]()):
        assert_the_same(on)
    assert KeptSums(TODAY(), is_public=True).silent == silent()


def test_what_is_counted_step_by_step_is_what_a_rebuild_counts(accounts):
    def rows():
        found = KeptSum.objects.values_list(
            "cluster", "grouped_by", "span", "part", "agreed_cash", "entries", "sponsorships"
        )
        return sorted(row for row in found if any(row[4:]))

    for number in range(4):
        entered(accounts[number % 3], "agreed", "10.01", f"202{number + 3}-05-05")
        kept_sums.count_all()
    counted = rows()
    call_command("count_money", rebuild=True, verbosity=0)
    assert rows() == counted and counted


def test_what_sql_changes_is_seen_at_once(accounts):
    entered(accounts[2], "agreed", "7", "2026-01-01")
    kept_sums.count_all()
    assert KeptSums(TODAY(), is_public=True).total()["agreed"] == 7
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sponsorships_sponsorship SET confidentiality = 'anonymous'")
    assert KeptSums(TODAY(), is_public=True).total()["agreed"] == 0
    assert KeptSums(TODAY()).total()["agreed"] == 7


def test_an_amount_that_becomes_public_counts_from_that_day_on(accounts, monkeypatch):
    tomorrow = TODAY() + datetime.timedelta(days=1)
    Sponsorship.objects.update(named_from=tomorrow)
    entered(accounts[2], "agreed", "7", "2026-01-01")
    kept_sums.count_all()
    assert KeptSums(TODAY(), is_public=True).total()["agreed"] == 0
    later = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    for _before_and_after_the_night in range(2):
        assert KeptSums(tomorrow, is_public=True).total()["agreed"] == 7
        assert misfits() == []
        kept_sums.count_all()
    assert not CountedSponsorship.objects.exclude(changes_on=None).exists()


def test_posting_counts_after_the_commit(accounts, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        entered(accounts[0], "agreed", "1", "2026-01-01")
    assert not UncountedChange.objects.exists() and KeptSum.objects.exists()


def test_a_page_of_figures_reads_them_in_one_query(accounts, django_assert_num_queries):
    for number in range(3):
        entered(accounts[number], "agreed", "1", "2026-01-01")
    kept_sums.count_all()
    with django_assert_num_queries(1):
        KeptSums(TODAY()).total()
    entered(accounts[0], "agreed", "1", "2026-01-01")
    with django_assert_num_queries(5):
        assert KeptSums(TODAY()).total()["agreed"] == 4


@pytest.mark.parametrize(
    ("tampering", "complaint"),
    [
        (
            "UPDATE sponsorships_keptsum SET agreed_cash = agreed_cash + 1 WHERE span LIKE 'd%%'",
            "they differ from what",
        ),
        (
            "UPDATE sponsorships_keptsum SET agreed_cash = agreed_cash + 1 WHERE span LIKE 'y%%'",
            "they differ from what",
        ),
        (
            "UPDATE sponsorships_countedsponsorship SET facts = replace(facts, '2026-01-01', '2026-01-02')",
            "counted otherwise",
        ),
        ("DELETE FROM sponsorships_countedsponsorship", "counted otherwise"),
    ],
)
def test_what_was_done_to_them_is_found(accounts, tampering, complaint):
    entered(accounts[2], "received", "5", "2026-01-01")
    kept_sums.count_all()
    assert misfits() == []
    with connection.cursor() as cursor:
        cursor.execute(tampering, [])
    assert complaint in " ".join(misfits())


def test_a_database_without_its_marks_is_reported():
    assert counting_triggers.are_installed(connection)
    table = "" if connection.vendor == "sqlite" else " ON chairs_chair"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER chairs_chair_counts_update{table}")
    with pytest.raises(CommandError, match="mark what figures count"):
        call_command("check_ledger")
    counting_triggers.install(connection)
    call_command("check_ledger", verbosity=0)
