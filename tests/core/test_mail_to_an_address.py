"""A mail may go to somebody who has no account, with the same guarantees."""

import pytest
from django.core import mail as outgoing
from django.db import IntegrityError, transaction

from core.mail.queue import Correspondent, muted, queue_mail
from core.mail.tasks import attempt
from core.models.mail import OutgoingMail
from tests.factories import make_chair, make_staff, make_user

pytestmark = pytest.mark.django_db
ADA = Correspondent("ada@example.org", "Ada Lovelace", "fr")


def queue(reader=ADA):
    context = {"chair": make_chair(title_en="Robots", title_fr="Les robots"), "by": make_user(name="Eve"), "note": ""}
    return queue_mail(reader, "chairs/approved", context, link=("privacy",))


def test_it_is_written_in_their_language_to_their_name_and_sent_to_their_address():
    mail = queue()
    assert "Ada Lovelace" in mail.text and "Les robots" in mail.subject and "http://localhost/fr/privacy/" in mail.text
    assert [attempt(mail.pk), attempt(mail.pk)] == [True, False]
    [sent] = outgoing.outbox
    assert sent.to == ["ada@example.org"]


def test_it_is_owed_only_once_the_transaction_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(RuntimeError), transaction.atomic():
            queue()
            raise RuntimeError
    assert outgoing.outbox == [] and not OutgoingMail.objects.exists()


def test_it_is_not_written_while_data_is_loaded():
    with muted():
        assert queue() is None
    assert not OutgoingMail.objects.exists()
    assert queue() == OutgoingMail.objects.get()


@pytest.mark.parametrize("both", [True, False])
def test_a_mail_has_exactly_one_reader(both):
    readers = {"recipient": make_user(), "address": "ada@example.org"} if both else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.create(occasion="test", subject="Hello", text="Hello.", **readers)


def test_the_panel_says_where_it_went_and_not_what_it_says(client):
    client.force_login(make_staff(None, "coordinator"))
    mail = queue()
    page = client.get(f"/admin/core/outgoingmail/{mail.pk}/change/").content.decode()
    assert "ada@example.org" in page and "Hello" not in page
    assert "ada@example.org" in client.get("/admin/core/outgoingmail/?q=ada@").content.decode()
