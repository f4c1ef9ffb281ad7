"""What was planned for a date that has come falls due: every night, by the command."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.exceptions import Refused
from sponsorships.accounting import due_dates
from sponsorships.enums import InstalmentCondition
from sponsorships.models import Instalment
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sponsorship():
    return factories.make_running(parts=["20000.00", "30000.00"])


def statuses(sponsorship):
    return [instalment.status for instalment in sponsorship.instalments.order_by("number")]


def move(sponsorship, number, **changes):
    Instalment.objects.filter(sponsorship=sponsorship, number=number).update(**changes)


def test_what_is_planned_for_today_or_before_falls_due_and_the_rest_waits(sponsorship):
    move(sponsorship, 1, due_on=timezone.localdate() - datetime.timedelta(days=40))
    move(sponsorship, 2, due_on=timezone.localdate() + datetime.timedelta(days=1))
    assert [str(called) for called in due_dates.call_due()] == ["Instalment 1"]
    assert statuses(sponsorship) == ["due", "planned"]
    assert due_dates.call_due() == [], "twice on a day changes nothing"
    assert sponsorship.instalments.first().transitions.get().by is None


def test_what_waits_for_a_report_or_a_milestone_is_called_by_a_person(sponsorship):
    move(sponsorship, 1, condition=InstalmentCondition.REPORT)
    move(sponsorship, 2, condition=InstalmentCondition.MILESTONE)
    Instalment.objects.update(due_on=timezone.localdate())
    assert due_dates.call_due() == []
    move(sponsorship, 2, condition=InstalmentCondition.DATE)
    assert [called.number for called in due_dates.call_due()] == [2]


@pytest.mark.parametrize("status", ["accepted", "terminated", "completed"])
def test_nothing_falls_due_of_what_does_not_run(sponsorship, status):
    moments = {"terminated_at": timezone.now(), "completed_at": timezone.now()}
    type(sponsorship).objects.filter(pk=sponsorship.pk).update(status=status, **moments)
    assert due_dates.call_due() == []
    type(sponsorship).objects.filter(pk=sponsorship.pk).update(status="active", **dict.fromkeys(moments))
    assert due_dates.call_due() != []


def test_one_that_somebody_else_moves_stops_no_other(sponsorship, monkeypatch):
    fall_due = due_dates.fall_due

    def first_is_refused(instalment, by):
        if instalment.number == 1:
            raise Refused(["Somebody was faster."])
        return fall_due(instalment, by=by)

    monkeypatch.setattr(due_dates, "fall_due", first_is_refused)
    assert [called.number for called in due_dates.call_due()] == [2]


def test_the_command_says_what_fell_due(sponsorship):
    out = StringIO()
    call_command("call_instalments", stdout=out)
    assert "Instalment 1: €20,000" in out.getvalue()
    assert "2 instalments fell due." in out.getvalue()
    assert statuses(sponsorship) == ["due", "due"]
