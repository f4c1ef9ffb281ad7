"""The nightly work: every step, whatever another does; each night once, missed nights made up for."""

import datetime
import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from config.management.commands import nightly as command
from core import nightly, worker
from core.models.heartbeat import Heartbeat
from tests.core.test_worker import make_worker, queue  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def steps(monkeypatch):
    """Note which steps are called; those that are named fail."""
    called, failing = [], set()

    def call(step, **options):
        called.append(step)
        if step in failing:
            raise ValueError(f"{step} fell over.")

    monkeypatch.setattr(command, "call_command", call)
    return called, failing


def done(ago: datetime.timedelta) -> None:
    Heartbeat.objects.update_or_create(pk=Heartbeat.NIGHTLY, defaults={"seen_at": timezone.now() - ago})


def test_the_command_does_every_step_and_notes_that_it_is_done(steps):
    call_command("nightly", verbosity=0)
    assert steps[0] == [
        "check_composition",
        "call_instalments",
        "send_reminders",
        "send_alerts",
        "complete_outputs",
        "check_cards",
        "measure_meanings",
        "count_money",
        "check_ledger",
        "sign_log",
        "check_log",
        "check_files",
        "note_public_records",
        "dump_public_data",
        "forget_old_changes",
        "analyse_tables",
        "list_retention",
    ]
    assert not nightly.is_due()


def test_a_step_that_fails_keeps_no_other_back_and_the_night_is_not_done(steps, caplog):
    called, failing = steps
    failing.add("call_instalments")
    # An error's own text is not told where the system's log may keep it: a database quotes rows in it.
    with pytest.raises(CommandError, match="call_instalments: ValueError; the log says where") as raised:
        call_command("nightly", verbosity=0)
    assert "fell over" not in str(raised.value)
    assert called == command.STEPS
    assert "Traceback" in caplog.text
    assert nightly.is_due()


def test_what_failed_is_told_though_it_cannot_be_noted(steps, monkeypatch):
    def is_full(steps):
        raise OperationalError("disk is full")

    steps[1].add("check_files")
    monkeypatch.setattr(Heartbeat, "tell_failed_night", is_full)
    with pytest.raises(CommandError, match="check_files: ValueError"):
        call_command("nightly", verbosity=0)


def test_a_worker_does_it_only_where_it_is_told_to(queue, steps):  # noqa: F811
    make_worker().run()
    assert steps[0] == [] and nightly.is_due()
    make_worker(is_nightly=True).run()
    assert steps[0] == command.STEPS and not nightly.is_due()


def test_after_three_days_without_a_worker_the_first_that_starts_does_it_once(queue, steps):  # noqa: F811
    done(3 * DAY)
    for _start in range(2):
        make_worker(is_nightly=True).run()
    assert steps[0] == command.STEPS


def test_a_night_that_fails_is_tried_again_by_and_by(queue, steps, monkeypatch, caplog):  # noqa: F811
    called, failing = steps
    failing.add("check_files")
    patient = make_worker(is_nightly=True)
    with caplog.at_level(logging.ERROR):
        patient.run()
    assert "check_files fell over." in caplog.text
    patient.run()
    assert called == command.STEPS, "not at once"
    failing.clear()
    patient.last_night -= worker.TRY_NIGHTLY_AGAIN_AFTER
    patient.run()
    assert called == 2 * command.STEPS and not nightly.is_due()


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        ("2026-10-24T22:30+00:00", "2026-10-25T00:10:00+02:00"),
        ("2026-10-25T22:30+00:00", "2026-10-25T00:10:00+02:00"),
        ("2026-10-25T23:30+00:00", "2026-10-26T00:10:00+01:00"),
    ],
)
def test_its_hour_is_by_the_clock_of_the_place(now, latest):
    """On the night on which summer time ends, the day has 25 hours."""
    assert nightly.latest_hour(datetime.datetime.fromisoformat(now)).isoformat() == latest
