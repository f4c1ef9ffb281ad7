"""Reminders: of what is due, once a step, none for what was done meanwhile."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from core.models.heartbeat import Heartbeat
from core.models.mail import OutgoingMail
from portal.management.commands import send_reminders
from portal.models import Reminder
from portal.next_steps import next_steps
from portal.reminders import due, sending
from portal.reminders.sending import remind
from sponsorships.enums import AgreementPath
from sponsorships.models import Agreement, Instalment, Sponsorship
from tests import factories
from tests.core.test_worker import make_worker
from tests.days import TODAY, Day
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def day(number: int) -> datetime.date:
    return Day(number)()


def told(after: int) -> list[tuple]:
    """Remind on a day; answer who was told what, at which step."""
    return sorted((r.user.email.split("@")[0], r.kind, r.step) for r in remind(day(after)))


@pytest.fixture(autouse=True)
def no_year_is_due():
    """The yearly reports of all chairs are due on one day: without this, these tests would find other reminders around it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(due, "WATCHED_BEFORE", -1)
        patch.setattr(due, "WATCHED_AFTER", -1)
        yield


@pytest.fixture
def asked(cast):
    return factories.make_sponsorship("changes_requested", cast.contact("partner"), chair=cast.chair)


@pytest.fixture
def paper(cast):
    sponsorship = factories.make_sponsorship("accepted", cast.contact("partner"), chair=cast.chair)
    agreement = factories.make_agreement(sponsorship, by=cast["manager"], path=AgreementPath.GENERATED)
    return perform(agreement, "issue", by=cast["manager"])


@pytest.fixture
def invoice(cast):
    running = factories.make_running(by=cast["manager"], contact=cast.contact("partner"), chair=cast.chair)
    instalment = running.instalments.get()
    perform(instalment, "fall_due", by=cast["manager"])
    details = {"number": "F-1", "payable_on": day(30), "on": TODAY()}
    return perform(instalment, "invoice", by=cast["manager"], details=details)


def test_a_partner_whose_answer_is_awaited_is_reminded_once_a_step(asked):
    assert [told(after) for after in (6, 7, 8, 14)] == [
        [],
        [("partner", "answer", 7)],
        [],
        [("partner", "answer", 14)],
    ]


def test_after_days_without_a_worker_each_is_reminded_once(asked):
    assert told(10) == [("partner", "answer", 7)]
    assert told(10) == []


def test_after_weeks_without_a_worker_the_missed_steps_do_not_pile_up(asked):
    assert told(40) == [("partner", "answer", 28)]
    assert told(41) == []


@pytest.mark.exhaustive(counted=True)
def test_nobody_is_reminded_of_what_was_done_meanwhile(cast, asked, paper, invoice):
    assert {kind for _who, kind, _step in told(23)} == {"answer", "sign", "payable"}
    perform(asked, "resubmit", by=cast["partner"])
    perform(paper, "void", by=cast["manager"], note="A mistake.")
    perform(
        invoice, "receive", by=cast["finance"], details={"amount": invoice.amount, "reference": "B-1", "on": TODAY()}
    )
    assert told(90) == []


def test_a_second_request_for_changes_counts_anew(asked):
    told(7)
    Sponsorship.objects.update(changes_requested_at=timezone.now() + datetime.timedelta(days=20))
    assert told(27) == [("partner", "answer", 7)]


def test_the_signatories_then_the_managers_are_reminded_to_sign(cast, paper):
    assert told(7) == [("partner", "sign", 7)]
    perform(paper, "sign", by=cast["partner"], details={"name": "A name", "code_confirmed_at": timezone.now()})
    assert told(3) == [("manager", "countersign", 3), ("second_manager", "countersign", 3)]
    assert "countersign" in OutgoingMail.objects.filter(occasion="reminders/countersign_staff").first().text


@pytest.mark.parametrize("is_signed", [False, True])
def test_nobody_is_asked_to_sign_for_what_was_withdrawn(cast, paper, is_signed):
    if is_signed:
        perform(paper, "sign", by=cast["partner"], details={"name": "A name", "code_confirmed_at": timezone.now()})
    assert {kind for _who, kind, _step in told(7)} == {"countersign" if is_signed else "sign"}
    perform(Sponsorship.objects.get(pk=paper.sponsorship_id), "withdraw", by=cast["partner"])
    assert told(14) == [] and next_steps(cast["partner"]) == []


@pytest.mark.exhaustive(counted=True)
def test_accounts_are_reminded_before_the_day_and_finance_with_them_after(cast, invoice):
    assert told(22) == []
    assert told(23) == [("partner", "payable", -7)]
    late = {
        ("finance", "overdue", 1),
        ("manager", "overdue", 1),
        ("partner", "overdue", 1),
        ("second_manager", "overdue", 1),
    }
    assert set(told(31)) == late
    assert told(32) == []


def test_a_fresh_invoice_is_not_followed_by_a_reminder_at_once(cast, invoice):
    Instalment.objects.update(payable_on=day(5))
    assert [told(0), told(3)] == [[], [("partner", "payable", -7)]]


def test_managers_are_told_of_a_chair_that_ends_soon(cast):
    type(cast.chair).objects.filter(pk=cast.chair.pk).update(ends_on=day(90))
    assert told(-1) == []
    assert told(0) == [("manager", "chair_ends", -90), ("second_manager", "chair_ends", -90)]
    assert [step for _who, _what, step in told(60)] == [-30, -30]
    assert told(91) == []


@pytest.fixture
def report(cast):
    running = factories.make_running(by=cast["manager"], contact=cast.contact("partner"), chair=cast.chair)
    return factories.make_report(running, "submitted", by=cast["pi"])


def test_the_office_is_reminded_to_read_a_report_and_the_chair_of_one_sent_back(cast, report):
    assert {who for who, _what, _step in told(7)} == {"editor", "manager", "second_manager"}
    perform(report, "send_back", by=cast["manager"], note="Say more.")
    assert told(7) == [("pi", "report_back", 7)]
    perform(type(report).objects.get(pk=report.pk), "submit", by=cast["pi"])
    assert [what for _who, what, _step in told(28) if what == "report_back"] == []


def test_nobody_is_asked_to_rework_what_can_no_longer_be_handed_in(cast, report):
    perform(report, "send_back", by=cast["manager"], note="Say more.")
    assert told(7) == [("pi", "report_back", 7)]
    ended = Sponsorship.objects.get(pk=report.sponsorship_id)
    perform(ended, "terminate", by=cast["manager"], note="Over.", details={"on": TODAY()})
    assert [one for one in told(14) if one[1] == "report_back"] == []


def test_the_chair_is_reminded_of_a_report_that_a_payment_waits_for(cast, report):
    waiting = report.sponsorship.instalments.get()
    Instalment.objects.update(condition="report", due_on=day(20))
    assert [one for one in told(6) if one[1] == "report_due"] == [("pi", "report_due", -14)]
    report.instalments.add(waiting)
    assert [one for one in told(21) if one[1] == "report_due"] == []


def test_who_acts_for_the_partner_is_not_asked_for_the_report_that_they_may_not_write(cast, report):
    Instalment.objects.update(condition="report", due_on=day(20))
    both = factories.make_contact(report.sponsorship.partner, cast["pi"])
    assert [one for one in told(6) if one[1] == "report_due"] == []
    both.delete()
    assert [one for one in told(6) if one[1] == "report_due"] == [("pi", "report_due", -14)]


def test_nothing_goes_to_an_account_that_is_closed(cast, asked):
    cast["partner"].is_active = False
    cast["partner"].save()
    assert told(7) == []
    assert not OutgoingMail.objects.exists()
    cast["partner"].is_active = True
    cast["partner"].save()
    assert told(7) == [("partner", "answer", 7)]


def test_a_reminder_and_its_mail_are_one(asked):
    told(7)
    assert Reminder.objects.count() == OutgoingMail.objects.count() == 1
    assert "Your answer" in OutgoingMail.objects.get().subject or "your answer" in OutgoingMail.objects.get().subject


def test_reminders_wait_for_the_daily_mail_of_who_wishes_so(cast, asked):
    cast["partner"].mail_rhythm = "daily"
    cast["partner"].save()
    told(7)
    assert OutgoingMail.objects.get().is_for_digest


@pytest.mark.exhaustive(counted=True)
def test_what_concerns_signatures_and_payments_waits_for_no_daily_mail(cast, paper, invoice):
    type(cast["partner"]).objects.update(mail_rhythm="daily")
    told(7), told(23), told(31)
    perform(paper, "sign", by=cast["partner"], details={"name": "A name", "code_confirmed_at": timezone.now()})
    told(14)
    said = dict(OutgoingMail.objects.filter(occasion__startswith="reminders/").values_list("occasion", "is_for_digest"))
    urgent = ["countersign_staff", "overdue_partner", "overdue_staff", "payable_partner", "sign_partner"]
    assert said == {f"reminders/{one}": False for one in urgent}


@pytest.mark.exhaustive(counted=True)
@pytest.mark.usefixtures("search_index")  # the night compares what lists show
def test_the_worker_stopped_for_three_days_catches_up_once(settings, cast, asked, paper, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    # A worker in this process has the test's own connection, and must leave it open.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    ago = timezone.now() - datetime.timedelta(days=9)
    Sponsorship.objects.filter(pk=asked.pk).update(changes_requested_at=ago)
    Agreement.objects.filter(pk=paper.pk).update(issued_at=ago)
    perform(Agreement.objects.get(pk=paper.pk), "void", by=cast["manager"], note="Signed elsewhere.")
    Heartbeat.objects.create(pk=Heartbeat.NIGHTLY, seen_at=timezone.now() - datetime.timedelta(days=3))
    for _start in range(2):
        make_worker(is_nightly=True).run()
        assert [(r.kind, r.step) for r in Reminder.objects.all()] == [("answer", 7)]
    assert Heartbeat.last(Heartbeat.NIGHTLY) > timezone.now() - datetime.timedelta(days=1)


def test_a_reminder_that_fails_keeps_no_daily_mail_back(monkeypatch, cast):
    monkeypatch.setattr(send_reminders, "remind", lambda: 1 / 0)
    sent = []
    monkeypatch.setattr(send_reminders, "send_digests", lambda: sent.append(True))
    with pytest.raises(ZeroDivisionError):
        call_command("send_reminders")
    assert sent == [True]


@pytest.fixture
def broken(monkeypatch):
    """A mail that cannot be written, of those that come first."""
    wrote = sending.queue_mail

    def fail(reader, occasion, *args, **more):
        if occasion == "reminders/answer_partner":
            raise ValueError("A page is missing.")
        return wrote(reader, occasion, *args, **more)

    monkeypatch.setattr(sending, "queue_mail", fail)


def test_one_reminder_that_fails_silences_no_later_one(cast, asked, paper, broken, monkeypatch):
    for _night in range(2):
        with pytest.raises(ExceptionGroup, match="A reminder failed") as failed:
            told(7)
        assert [str(error) for error in failed.value.exceptions] == ["A page is missing."]
    assert [(one.kind, one.user) for one in Reminder.objects.all()] == [("sign", cast["partner"])]
    assert OutgoingMail.objects.filter(occasion__startswith="reminders/").count() == 1
    monkeypatch.undo()
    assert told(7) == [("partner", "answer", 7)]


def test_a_record_that_cannot_be_read_silences_no_other(cast, asked, paper, monkeypatch):
    monkeypatch.setattr(due, "contacts_of", lambda partner: 1 / 0)
    with pytest.raises(ExceptionGroup):
        told(7)
    assert [one.kind for one in Reminder.objects.all()] == ["sign"]


def test_the_command_says_how_many(asked, capsys):
    Sponsorship.objects.update(changes_requested_at=timezone.now() - datetime.timedelta(days=8))
    call_command("send_reminders")
    call_command("send_reminders")
    assert capsys.readouterr().out.splitlines() == [
        "1 reminder sent.",
        "0 daily e-mails sent.",
        "0 reminders sent.",
        "0 daily e-mails sent.",
    ]
