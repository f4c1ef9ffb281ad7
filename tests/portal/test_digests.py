"""One mail a day for whoever wishes so."""

import pytest
from django.core import mail as outgoing

from core.mail.queue import queue_mail
from core.models.mail import MailState, OutgoingMail
from portal import digests
from portal.digests import send_digests
from tests.factories import make_chair, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def reader():
    return make_user(name="Ada", mail_rhythm="daily")


def queue(reader, occasion="chairs/approved", title="Robots"):
    values = {"chair": make_chair(title_en=title), "by": make_user(), "note": ""}
    return queue_mail(reader, occasion, values, link=("profile",))


def state(mail):
    return OutgoingMail.objects.with_state().get(pk=mail.pk).state


def test_what_is_new_comes_in_one_mail_with_every_link(reader, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        kept = [queue(reader), queue(reader, title="Oceans")]
    assert outgoing.outbox == [] and state(kept[0]) == MailState.FOR_DIGEST
    with django_capture_on_commit_callbacks(execute=True):
        send_digests()
    [mail] = outgoing.outbox
    assert "Robots" in mail.body and "Oceans" in mail.body
    assert mail.body.count("http://localhost/en/accounts/profile/") == 2
    assert mail.body.count("Hello") == 1
    assert state(kept[0]) == MailState.IN_DIGEST


def test_a_second_visit_of_the_day_writes_nothing_more(reader):
    queue(reader)
    assert [len(send_digests()) for _visit in range(3)] == [1, 0, 0]


def test_one_that_fails_keeps_no_other_back(reader, monkeypatch):
    queue(reader), queue(make_user(mail_rhythm="daily"))
    write = digests.queue_mail
    monkeypatch.setattr(
        digests, "queue_mail", lambda to, *more, **args: 1 / 0 if to == reader else write(to, *more, **args)
    )
    for _visit in range(2):
        with pytest.raises(ExceptionGroup, match="A daily mail failed"):
            send_digests()
    assert OutgoingMail.objects.filter(occasion=digests.OCCASION).count() == 1
    monkeypatch.undo()
    assert [mail.recipient for mail in send_digests()] == [reader]


def test_whoever_wishes_each_mail_at_once_gets_it_at_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue(make_user())
    assert len(outgoing.outbox) == 1
    assert send_digests() == []


@pytest.mark.parametrize("occasion", ["instalments/invoiced_partner", "agreements/issued_partner"])
def test_legal_notices_do_not_wait(reader, occasion):
    assert not queue(reader, occasion).is_for_digest
    assert queue(reader).is_for_digest


def test_an_account_that_was_closed_meanwhile_gets_nothing(reader, django_capture_on_commit_callbacks):
    kept, urgent = queue(reader), queue(make_user())
    for mail in (kept, urgent):
        mail.recipient.is_active = False
        mail.recipient.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert send_digests() == []
    assert not OutgoingMail.objects.deliverable().exists()
    assert state(kept) == state(urgent) == MailState.CLOSED_ACCOUNT


def test_a_person_chooses_on_their_page(client, reader):
    client.force_login(reader)
    client.post("/en/accounts/profile/", {"name": "Ada", "language": "en", "mail_rhythm": "at_once"})
    reader.refresh_from_db()
    assert reader.mail_rhythm == "at_once"
