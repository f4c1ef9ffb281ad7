"""Figures as known on a day stay what they were, whatever is recorded later."""

import datetime

import pytest
from django.utils import timezone

from figures.dated import entries_of, figures_of, grants_of, sums_of
from figures.enums import Grouping
from sponsorships.models import LedgerEntry
from tests.days import TODAY, YESTERDAY
from tests.factories import make_cluster
from tests.figures.money import entered, shared_chair, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]
NEW_YEARS_EVE = datetime.date(2024, 12, 31)


def recorded(one, amount, on, days_ago):
    return entered(one, "agreed", amount, on, at=timezone.now() - datetime.timedelta(days=days_ago))


def test_an_entry_counts_from_the_day_on_which_it_was_recorded():
    one = silent_sponsorship()
    recorded(one, "100", "2024-03-01", 20)
    recorded(one, "-40", "2024-07-01", 0)
    assert figures_of(None, NEW_YEARS_EVE)["agreed"] == 60
    assert figures_of(None, NEW_YEARS_EVE, TODAY())["agreed"] == 60
    assert figures_of(None, NEW_YEARS_EVE, YESTERDAY())["agreed"] == 100
    assert figures_of(None, NEW_YEARS_EVE, TODAY() - datetime.timedelta(days=21))["agreed"] == 0


def test_a_moment_is_known_as_well_as_a_day():
    one = silent_sponsorship()
    recorded(one, "100", "2024-03-01", 0)
    moment = timezone.now()
    recorded(one, "7", "2024-03-01", 0)
    sums = sums_of(None, NEW_YEARS_EVE, moment)
    assert sums.total()["agreed"] == 100 and [entry.amount for entry in entries_of(sums)] == [100]


def test_real_and_made_up_records_are_told_apart():
    recorded(silent_sponsorship(), "1", "2024-03-01", 0)
    recorded(silent_sponsorship(origin="demonstration"), "20", "2024-03-01", 0)
    assert [figures_of(None, TODAY(), records=one)["agreed"] for one in ("", "real", "demonstration")] == [21, 1, 20]


def test_shares_are_those_that_were_agreed_then():
    chair, (lead, other) = shared_chair("60", "40")
    recorded(silent_sponsorship(chair=chair), "10", "2024-03-01", 0)
    moment = timezone.now()
    for share, percent in zip(chair.shares.order_by("pk"), (90, 10), strict=True):
        by, share.percent = share.agreed_by, percent
        share.save()
        share.agreed_by, share.agreed_at = by, timezone.now()
        share.save()
    assert figures_of(other, TODAY())["agreed"] == 1 and figures_of(other, TODAY(), moment)["agreed"] == 4
    chair.shares.all().delete()
    assert figures_of(other, TODAY())["agreed"] == 0 and figures_of(other, TODAY(), moment)["agreed"] == 4
    assert figures_of(lead, TODAY(), moment)["agreed"] == 6


def test_a_status_is_what_the_log_said_by_then():
    one = silent_sponsorship()
    recorded(one, "10", "2024-03-01", 0)
    one.transitions.create(verb="review", source="submitted", target="in_review")
    moment = timezone.now()
    one.transitions.create(verb="accept", source="in_review", target="accepted")
    assert list(sums_of(None, TODAY(), moment).by(Grouping.STATUS)) == ["in_review"]
    assert list(sums_of(None, TODAY()).by(Grouping.STATUS)) == ["accepted"]


def test_a_grant_is_what_it_was():
    cluster = make_cluster()
    before, moment = cluster.public_grant, timezone.now()
    cluster.public_grant = before + 1
    cluster.save()
    assert grants_of([cluster])[cluster.pk] == before + 1
    assert grants_of([cluster], moment)[cluster.pk] == before == grants_of([cluster], NEW_YEARS_EVE)[cluster.pk]
    assert LedgerEntry.objects.recorded_before(None).count() == 0
