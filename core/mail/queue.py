"""Writes mails to the outbox, in the recipient's language. docs/mail.md says who is told what."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.enums import MailRhythm
from core.languages import main_language
from core.mail.subjects import note_subjects
from core.mail.tasks import deliver
from core.mail.wording import own_words
from core.models.mail import OutgoingMail
from core.on_behalf import Actor, colleague_of

User = get_user_model()
# An AUTH_USER_MODEL. This app imports no other app, so the type cannot be more precise.
Account = Any

SUBJECT_MAX_LENGTH = OutgoingMail._meta.get_field("subject").max_length

# Signatures, payments and consent: sent at once even to people who chose a daily mail, as the profile page says.
AT_ONCE = (
    "account/",
    "agreements/",
    "instalments/",
    "consents/",
    "digests/",
    "reminders/sign_",
    "reminders/countersign_",
    "reminders/payable_",
    "reminders/overdue_",
)

_is_muted = ContextVar("is_muted", default=False)


@dataclass(frozen=True)
class Correspondent:
    """A person without an account to whom the site writes: the attributes of a user that a mail needs."""

    email: str
    name: str
    language: str = field(default_factory=main_language)


@contextmanager
def muted() -> Iterator[None]:
    """Perform verbs without sending mails, while data is loaded."""
    token = _is_muted.set(True)
    try:
        yield
    finally:
        _is_muted.reset(token)


def queue_mail(
    reader: Account | Correspondent,
    occasion: str,
    context: dict[str, Any],
    *,
    link: tuple[Any, ...] | None = None,
    secret_until: datetime | None = None,
    message_id: UUID | None = None,
) -> OutgoingMail | None:
    """Write a mail to the outbox in the caller's transaction; a worker sends it after the commit. Return it, or None.

    The template is `mails/<occasion>.txt`: its first line is the subject, the rest the body. `link` holds a URL name
    and its arguments. No mail is written (None) to a closed account or inside `muted`. If the reader wants one mail a
    day, it waits for `portal.digests`. `secret_until` is the time until which the code in the mail is valid.
    `message_id` is a fixed key for a mail that must be written only once.
    """
    account = reader if isinstance(reader, User) else None
    if _is_muted.get() or (account and not account.is_active):
        return None
    is_daily = account is not None and account.mail_rhythm == MailRhythm.DAILY
    with translation.override(reader.language):
        address = settings.SITE_URL + reverse(link[0], args=link[1:]) if link else ""
        mail = OutgoingMail(
            recipient=account,
            address="" if account else reader.email,
            occasion=occasion,
            is_for_digest=is_daily and not occasion.startswith(AT_ONCE),
            secret_until=secret_until,
            unsubscribe_url=context.get("unsubscribe", ""),
            message_id=message_id or uuid4(),
        )
        return _write(mail, reader, {**context, "link": address})


def queue_account_mail(
    email: str,
    occasion: str,
    context: dict[str, Any],
    *,
    reader: Account | Correspondent | None = None,
    secret_until: datetime | None = None,
) -> OutgoingMail:
    """Write a mail about an account to one address: the account's own, a second, a former or an unknown one.

    A mail to a closed account is written too, but never sent: so a request takes the same time for every address, and
    does not reveal which addresses are known.
    """
    lowered = email.lower()  # lower() in Python: the databases' case folding confuses some letters
    is_theirs = Q(own=lowered) | Q(emailaddress__email=lowered, emailaddress__verified=True)
    owner = User.objects.alias(own=Lower("email")).filter(is_theirs).first()
    reader = reader or owner or Correspondent(email, "", translation.get_language())
    recipient = owner if owner and (owner.email.lower() == lowered or not owner.is_active) else None
    mail = OutgoingMail(
        recipient=recipient, address="" if recipient else email, occasion=occasion, secret_until=secret_until
    )
    with translation.override(reader.language):
        return _write(mail, reader, context)


def worded(reader: Account | Correspondent, occasion: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return the subject and the body of a mail in the active language, without writing it."""
    if colleague_of(context.get("by")) is not None:
        context = {**context, "by": Actor(context["by"])}
    if own := own_words(occasion, context):
        return _one_line(own[0]), own[1].strip()
    values = {**context, "receiver": reader, "PROGRAMME": settings.PROGRAMME}
    subject, _blank_line, body = render_to_string(f"mails/{occasion}.txt", values).strip().partition("\n\n")
    return _one_line(subject), body.strip()


def _write(mail: OutgoingMail, reader: Account | Correspondent, context: dict[str, Any]) -> OutgoingMail:
    """Render a mail in the active language, save it, and queue its delivery unless it waits for the daily mail."""
    subject, body = worded(reader, mail.occasion, context)
    values = {**context, "receiver": reader, "subject": subject, "body": body, "PROGRAMME": settings.PROGRAMME}
    mail.subject = values["subject"]
    mail.text = render_to_string("mails/_layout.txt", values)
    mail.html = render_to_string("mails/_layout.html", values)
    mail.save()
    note_subjects(mail, context)
    if not mail.is_for_digest:
        deliver_later(mail)
    return mail


def deliver_later(mail: OutgoingMail) -> None:
    """Queue a mail's delivery for after the commit.

    Robust, because the mail is saved already, and a queue that is down must not fail the request.
    """
    # No partial: Django logs the name of a failed hook, and a partial has none.
    transaction.on_commit(lambda: deliver.enqueue(mail.pk), robust=True)


def queue_mails(
    users: Iterable[Account], occasion: str, context: dict[str, Any], *, link: tuple[Any, ...] | None = None
) -> None:
    """Write the same mail to several people, one to each."""
    for user in {user.pk: user for user in users}.values():
        queue_mail(user, occasion, context, link=link)


def _one_line(subject: str) -> str:
    """Return the subject on one line and cut to the column's length: a record's title may contain anything."""
    return " ".join(subject.split())[:SUBJECT_MAX_LENGTH]
