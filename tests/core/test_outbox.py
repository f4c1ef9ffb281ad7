from datetime import timedelta
from smtplib import SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail as outgoing
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from core.mail import outbox
from core.mail.queue import deliver_later
from core.mail.tasks import attempt, deliver
from core.models.mail import LEASE, MAX_ATTEMPTS, OutgoingMail
from tests.factories import make_staff, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]


def make_mail(**overrides) -> OutgoingMail:
    return OutgoingMail.objects.create(
        **{"recipient": make_user(), "occasion": "test", "subject": "Hello", "text": "Hello.", **overrides}
    )


@pytest.fixture
def broken_server():
    with mock.patch.object(EmailBackend, "send_messages", side_effect=SMTPServerDisconnected("the line is dead")):
        yield


def test_a_mail_is_sent_once_however_often_it_is_visited():
    mail = make_mail()
    assert [attempt(mail.pk), attempt(mail.pk)] == [True, False]
    assert len(outgoing.outbox) == 1
    mail.refresh_from_db()
    assert mail.sent_at and mail.leased_until is None and mail.attempts == 1


def test_its_message_id_never_changes():
    mail = make_mail()
    attempt(mail.pk)
    OutgoingMail.objects.update(sent_at=None)
    attempt(mail.pk)
    first, second = outgoing.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"] == f"<{mail.message_id}@localhost>"


def test_one_worker_at_a_time_holds_a_mail():
    mail = make_mail()
    assert outbox.take(mail.pk) is not None
    assert outbox.take(mail.pk) is None


def test_the_outbox_says_what_became_of_each_mail(broken_server):
    def outcome():
        return OutgoingMail.objects.with_state().get(pk=mail.pk).state

    mail, began_at = make_mail(), timezone.now()
    found = [outcome()]
    outbox.take(mail.pk, at=began_at)
    found.append(outcome())
    # The worker is gone, and did not say whether the mail left.
    OutgoingMail.objects.update(leased_until=began_at)
    found.append(outcome())
    attempt(mail.pk)
    found.append(outcome())
    OutgoingMail.objects.update(attempts=MAX_ATTEMPTS)
    found.append(outcome())
    OutgoingMail.objects.update(sent_at=began_at)
    found.append(outcome())
    assert found == ["waiting", "waiting", "unknown", "waiting", "failed", "sent"]


def test_an_unknown_outcome_is_shown_to_the_coordinator(client):
    mail = make_mail()
    outbox.take(mail.pk, at=timezone.now() - LEASE)
    client.force_login(make_staff(None, "coordinator"))
    for address in ("", f"{mail.pk}/change/"):
        page = client.get(f"/admin/core/outgoingmail/{address}").text
        assert "Outcome unknown" in page


def test_the_mail_of_a_dead_worker_is_taken_again_when_its_lease_ends():
    mail = make_mail()
    died_at = timezone.now()
    outbox.take(mail.pk, at=died_at)
    assert outbox.take(mail.pk, at=died_at + LEASE - timedelta(seconds=1)) is None
    assert outbox.take(mail.pk, at=died_at + LEASE + timedelta(seconds=1)) is not None


def test_a_failure_is_recorded_and_tried_again_later(broken_server):
    mail = make_mail()
    assert attempt(mail.pk) is False
    mail.refresh_from_db()
    assert mail.sent_at is None
    assert mail.last_error == "SMTPServerDisconnected: the line is dead"
    assert mail.leased_until > timezone.now()


def test_it_is_given_up_after_the_last_attempt(broken_server):
    mail, other = make_mail(attempts=MAX_ATTEMPTS - 1), make_mail(attempts=MAX_ATTEMPTS - 2)
    attempt(mail.pk), attempt(other.pk)
    assert list(OutgoingMail.objects.deliverable(timezone.now() + timedelta(days=30))) == [other]


def test_a_worker_takes_along_the_mails_that_theirs_forgot():
    forgotten = make_mail(created_at=timezone.now() - LEASE * 2)
    fresh = make_mail()
    deliver.enqueue(make_mail().pk)
    forgotten.refresh_from_db()
    fresh.refresh_from_db()
    assert forgotten.sent_at and fresh.sent_at is None


def test_the_command_sends_what_is_due():
    make_mail(), make_mail()
    call_command("deliver_mail", stdout=mock.Mock())
    assert OutgoingMail.objects.exclude(sent_at=None).count() == len(outgoing.outbox) == 2


def test_the_command_fails_aloud(broken_server):
    make_mail()
    with pytest.raises(CommandError, match="not sent"):
        call_command("deliver_mail", stdout=mock.Mock())


def test_every_lease_leaves_a_visit_behind_for_the_day_the_worker_dies(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    mail = make_mail()
    attempt(mail.pk)
    [visit] = DBTaskResult.objects.filter(task_path="core.mail.tasks.deliver")
    assert visit.run_after > timezone.now() + LEASE - timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_down_fails_no_request_whose_mail_is_written(monkeypatch):
    def down(*args):
        raise OSError("No space left on device")

    after = []
    monkeypatch.setattr(type(deliver), "enqueue", down)
    with transaction.atomic():
        deliver_later(make_mail())
        transaction.on_commit(lambda: after.append("counted"))
    assert after == ["counted"] and OutgoingMail.objects.get().sent_at is None
