"""The outbox in the panel: how each mail stands, its words without secrets, and sending again."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from core.mail.resending import masked
from core.models.mail import MAX_ATTEMPTS, MailState, OutgoingMail
from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/core/outgoingmail/"


def make_mail(**overrides) -> OutgoingMail:
    values = {"recipient": make_user(), "occasion": "test", "subject": "Hello", "text": "Hello."}
    return OutgoingMail.objects.create(**{**values, **overrides})


FAILED = {"attempts": MAX_ATTEMPTS, "last_error": "SMTPServerDisconnected: the line is dead"}
UNKNOWN = {"attempts": 1, "leased_until": timezone.now() - timedelta(minutes=1)}
HELD = {"attempts": 1, "leased_until": timezone.now() + timedelta(days=1)}


@pytest.fixture
def coordinator(client):
    user = make_staff(None, "coordinator")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        (MailState.WAITING, {}),
        (MailState.WAITING, HELD),
        (MailState.WAITING, {"attempts": 1, "last_error": "x"}),
        (MailState.SENT, {"sent_at": timezone.now(), "attempts": 1}),
        (MailState.FAILED, FAILED),
        (MailState.UNKNOWN, UNKNOWN),
    ],
)
def test_the_state_follows_from_what_happened(client, coordinator, state, facts):
    mail = make_mail(subject="The subject of this mail", **facts)
    assert OutgoingMail.objects.with_state().get(pk=mail.pk).state == state
    assert "The subject of this mail" in client.get(f"{LIST}?state={state}").content.decode()
    other = MailState.SENT if state != MailState.SENT else MailState.FAILED
    assert "The subject of this mail" not in client.get(f"{LIST}?state={other}").content.decode()


def again(client, mail, token=None):
    return client.post(f"{LIST}{mail.pk}/resend/", {"token": token or uuid.uuid4()})


@pytest.mark.parametrize("facts", [FAILED, UNKNOWN])
def test_what_did_not_leave_is_tried_anew_under_its_own_id(
    client, coordinator, facts, django_capture_on_commit_callbacks
):
    mail = make_mail(**facts)
    with django_capture_on_commit_callbacks(execute=True):
        assert again(client, mail).status_code == 302
    assert OutgoingMail.objects.get().sent_at is not None
    assert str(mail.message_id) in outgoing.outbox[0].extra_headers["Message-ID"]


def test_what_was_sent_is_sent_as_a_mail_of_its_own_once_a_form(
    client, coordinator, django_capture_on_commit_callbacks
):
    mail, token = make_mail(sent_at=timezone.now(), attempts=1), uuid.uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        again(client, mail, token), again(client, mail, token)
    assert OutgoingMail.objects.count() == 2
    assert [message.to for message in outgoing.outbox] == [[mail.recipient.email]]


@pytest.mark.parametrize(
    "facts",
    [{}, {"secret_until": timezone.now(), "sent_at": timezone.now()}, {"is_for_digest": True}],
    ids=["waiting", "code", "for a daily mail"],
)
def test_what_would_be_of_no_use_is_not_sent_again(client, coordinator, facts):
    mail = make_mail(**facts)
    assert "cannot be done now" in again(client, mail).content.decode()
    assert OutgoingMail.objects.count() == 1


def test_nothing_is_sent_again_to_a_closed_account(client, coordinator):
    mail = make_mail(recipient=make_user(is_active=False), **FAILED)
    again(client, mail)
    assert OutgoingMail.objects.get().attempts == MAX_ATTEMPTS


def test_looking_sends_nothing_and_the_auditor_only_looks(client):
    mail = make_mail(**FAILED)
    client.force_login(make_staff(None, "auditor"))
    assert client.get(f"{LIST}{mail.pk}/change/").status_code == 200
    assert again(client, mail).status_code == 403
    assert OutgoingMail.objects.get().attempts == MAX_ATTEMPTS


def test_private_links_and_codes_are_masked(client, coordinator):
    mail = make_mail(
        text="Code:\n\n123456\n\nhttps://x.example/fr/consent/WzEsImEiXQ:1tZ:abc-DEF/\n"
        "https://x.example/en/i/dGhpcyBpcyBhIHRva2Vu1A/?next=secret\nhttps://x.example/en/chairs/here/a-long-title-of-a-chair/\n"
    )
    page = client.get(f"{LIST}{mail.pk}/change/").content.decode()
    for secret in ("123456", "WzEsImEiXQ", "dGhpcyBpcyBh", "next=secret"):
        assert secret not in page + masked(mail)
    assert "https://x.example/fr/consent/•••/" in page
    assert "/en/chairs/here/a-long-title-of-a-chair/" in page
