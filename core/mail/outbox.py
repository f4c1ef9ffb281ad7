"""Takes mails from the outbox and sends them. One worker at a time holds a mail; a failed mail is tried again."""

import logging
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from core.models.mail import LEASE, MAX_ATTEMPTS, OutgoingMail

logger = logging.getLogger(__name__)

# Mails that no worker has taken, because theirs died between the commit and the queue. One run takes at most this many.
FORGOTTEN_BATCH = 20
ERROR_MAX_LENGTH = 1000
# Replaces the text of a mail whose secret is erased. The recipient and the time of sending are kept.
ERASED = {"text": "", "html": ""}


def take(mail_id: int, at: datetime | None = None) -> OutgoingMail | None:
    """Lease a mail to the caller. Return None if it is sent, given up, or held by another worker.

    A single UPDATE, so that only one of two workers gets it. The attempt is counted here, so that a mail that crashes
    its worker is given up like any other.
    """
    at = at or timezone.now()
    taken = (
        OutgoingMail.objects.deliverable(at)
        .filter(pk=mail_id)
        # The last error says nothing about this attempt.
        .update(leased_until=at + LEASE, attempts=F("attempts") + 1, last_error="")
    )
    return OutgoingMail.objects.select_related("recipient").get(pk=mail_id) if taken else None


def send(mail: OutgoingMail) -> bool:
    """Send a leased mail and record the outcome. Return whether it was sent."""
    try:
        _message(mail).send()
    except Exception as error:  # noqa: BLE001 - whatever a mail server or its library raises is a failed attempt
        _record_failure(mail, error)
        return False
    erased = ERASED if mail.secret_until else {}
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), leased_until=None, last_error="", **erased)
    return True


def erase_worn_out_secrets(at: datetime | None = None) -> int:
    """Erase the texts with expired codes and links, also of mails that were never sent. Return their number."""
    erased: int = OutgoingMail.objects.with_worn_out_secret(at).update(**ERASED)
    return erased


def next_attempt(mail: OutgoingMail) -> datetime:
    """Return when a failed mail is tried again: after one lease, then two, four, eight…"""
    doubled: int = 2 ** max(mail.attempts - 1, 0)
    return timezone.now() + LEASE * doubled


def forgotten(at: datetime | None = None) -> list[int]:
    """Return the keys of mails that have waited longer than a lease and that no worker holds, oldest first."""
    at = at or timezone.now()
    waiting = OutgoingMail.objects.deliverable(at).filter(created_at__lt=at - LEASE)
    return list(waiting.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN_BATCH])


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        headers={
            # Never changes, so that a mail sent twice after a crash is recognised as one.
            "Message-ID": f"<{mail.message_id}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.unsubscribe_url:
        message.extra_headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _record_failure(mail: OutgoingMail, error: Exception) -> None:
    mail.leased_until = next_attempt(mail)
    mail.last_error = f"{type(error).__name__}: {error}"[:ERROR_MAX_LENGTH]
    mail.save(update_fields=["leased_until", "last_error"])
    given_up = mail.attempts >= MAX_ATTEMPTS
    logger.log(
        logging.ERROR if given_up else logging.WARNING,
        "Mail %s was not sent (attempt %s of %s): %s",
        mail.pk,
        mail.attempts,
        MAX_ATTEMPTS,
        mail.last_error,
    )
