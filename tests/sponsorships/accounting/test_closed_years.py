"""A cluster closes a year: from then on what counts in it needs the coordinator, and a reason that stays."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from clusters.enums import Role
from core.exceptions import Refused
from sponsorships.accounting import in_kind
from sponsorships.accounting.closed_years import allow_late, closable_years, close, reopen
from sponsorships.models import ClosedYear, LateEntry
from tests.factories import make_cluster, make_sponsorship, make_staff
from tests.figures.money import entered, shared_chair, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("field_history")]
LAST_DAY, THE_DAY_AFTER = "2024-12-31", "2025-01-01"


@pytest.fixture
def sponsorship():
    return make_sponsorship("active", cash_amount=None)


@pytest.fixture
def manager(sponsorship):
    return make_staff(sponsorship.chair.cluster)


@pytest.fixture
def coordinator():
    return make_staff(None, Role.COORDINATOR)


@pytest.fixture
def closed(sponsorship, manager):
    return close(sponsorship.chair.cluster, year=2024, by=manager, note="Reported")


def why(act, *args, **given) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **given)
    return " ".join(map(str, refused.value.reasons))


def test_managers_of_the_cluster_close_a_year_that_is_over_once(sponsorship, manager, coordinator):
    cluster, this_year = sponsorship.chair.cluster, datetime.date.today().year
    for stranger in (coordinator, make_staff(cluster, Role.FINANCE), make_staff(make_cluster())):
        assert "Managers of the cluster" in why(close, cluster, year=2024, by=stranger)
    assert "is not over" in why(close, cluster, year=this_year, by=manager)
    assert close(cluster, year=2024, by=manager).closed_by == manager
    assert "already closed" in why(close, cluster, year=2024, by=manager)


def test_years_that_are_over_and_have_money_may_be_closed(sponsorship, manager):
    cluster, today = sponsorship.chair.cluster, datetime.date(2026, 6, 1)
    assert closable_years(cluster, today) == [2025]
    entered(sponsorship, "agreed", "1", "2023-05-05")
    assert closable_years(cluster, today) == [2025, 2024, 2023]
    close(cluster, year=2024, by=manager)
    assert closable_years(cluster, today) == [2025, 2023]
    assert closable_years(make_cluster(), today) == [2025]


def test_nothing_more_counts_in_it_and_other_years_are_free(sponsorship, closed):
    said = why(entered, sponsorship, "agreed", "1", LAST_DAY)
    assert "2024" in said and str(closed.cluster) in said and "national coordinator" in said
    assert not sponsorship.entries.exists()
    entered(sponsorship, "agreed", "1", THE_DAY_AFTER)
    entered(silent_sponsorship(), "agreed", "1", LAST_DAY)
    assert sponsorship.entries.get().effective_on == datetime.date(2025, 1, 1)


def test_a_cluster_that_has_a_share_closes_it_too():
    chair, (_lead, other) = shared_chair("60", "40")
    close(other, year=2024, by=make_staff(other))
    assert str(other) in why(entered, silent_sponsorship(chair=chair), "agreed", "1", LAST_DAY)


def test_the_coordinator_allows_one_act_and_says_why(sponsorship, closed, coordinator, manager):
    assert "coordinator" in why(allow_late, sponsorship, year=2024, by=manager, reason="Because")
    assert "Say why" in why(allow_late, sponsorship, year=2024, by=coordinator, reason=" ")
    assert "is not closed" in why(allow_late, sponsorship, year=2023, by=coordinator, reason="Because")
    allow_late(sponsorship, year=2024, by=coordinator, reason="The bank told us late")
    assert "already allowed" in why(allow_late, sponsorship, year=2024, by=coordinator, reason="Again")
    entry = entered(sponsorship, "agreed", "1", LAST_DAY)
    late = LateEntry.objects.get(act=entry.act)
    assert (late.reason, late.allowed_by) == ("The bank told us late", coordinator) and late.used_at
    assert sponsorship.transitions.filter(verb="allow_late", note__contains="The bank told us late").exists()
    why(entered, sponsorship, "agreed", "2", LAST_DAY)


def test_what_is_refused_uses_no_leave_up(sponsorship, closed, coordinator):
    allow_late(sponsorship, year=2024, by=coordinator, reason="Because")
    close(sponsorship.chair.cluster, year=2023, by=make_staff(sponsorship.chair.cluster))
    why(entered, sponsorship, "agreed", "1", "2023-05-05")
    assert LateEntry.objects.get().used_at is None


def test_the_coordinator_opens_it_again_with_a_reason(sponsorship, closed, manager, coordinator):
    assert "coordinator" in why(reopen, closed, by=manager, reason="Because")
    assert "Say why" in why(reopen, closed, by=coordinator, reason="")
    reopen(closed, by=coordinator, reason="A whole file was missing")
    entered(sponsorship, "agreed", "1", LAST_DAY)
    kept = ClosedYear.objects.get()
    assert (kept.reopened_by, kept.reopened_because) == (coordinator, "A whole file was missing")
    assert "open again already" in why(reopen, closed, by=coordinator, reason="Because")
    close(closed.cluster, year=2024, by=manager)
    assert ClosedYear.objects.count() == 2


def test_verbs_are_refused_whoever_calls_them(sponsorship, closed, manager):
    given = {"contribution": "in_kind", "amount": Decimal("5"), "method": "cost", "note": "Computing"}
    day = datetime.date(2024, 6, 1)
    assert "2024" in why(in_kind.record, sponsorship, by=manager, on=day, **given)
    assert not sponsorship.entries.exists()


def test_a_form_says_it_beside_the_day_and_loses_nothing(client, sponsorship, closed, manager):
    client.force_login(manager)
    entered(sponsorship, "agreed", "5", THE_DAY_AFTER, "in_kind")
    there = reverse("admin:sponsorships_sponsorship_in_kind", args=[sponsorship.pk])
    typed = {"act": uuid.uuid4(), "contribution": "in_kind", "amount": "5", "method": "cost", "note": "Computing time"}
    page = client.post(there, {**typed, "on": "2024-06-01"})
    assert "has closed 2024" in str(page.context["form"].errors["on"])
    text = page.content.decode()
    assert "has closed 2024" in text and "Computing time" in text and 'value="2024-06-01"' in text
    assert client.post(there, {**typed, "on": "2025-06-01"}).status_code == 302


def test_the_coordinator_allows_it_on_the_page_of_the_sponsorship(client, sponsorship, closed, coordinator):
    client.force_login(coordinator)
    record = client.get(reverse("admin:sponsorships_sponsorship_change", args=[sponsorship.pk])).content.decode()
    there = reverse("admin:sponsorships_sponsorship_late", args=[sponsorship.pk])
    assert there in record
    assert "Say why" in client.post(there, {"year": "2024", "note": ""}).content.decode()
    assert client.post(there, {"year": "2024", "note": "The bank told us late"}).status_code == 302
    assert LateEntry.objects.get().reason == "The bank told us late"
