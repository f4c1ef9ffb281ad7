"""Send one mail a day to those who chose it: all mails kept for them since the last one, each with its link."""

from django.db import transaction

from accounts.models import User
from core.errors import Failures
from core.mail.queue import queue_mail
from core.models.mail import OutgoingMail

OCCASION = "digests/daily"


def send_digests() -> list[OutgoingMail]:
    """Write the daily mail of every reader with kept mails, and return these. A second call changes nothing.

    A failure does not stop the others: ExceptionGroup is raised once all have been tried.
    """
    kept = OutgoingMail.objects.kept_for_digest().values("recipient")
    written, failures = [], Failures("A daily mail failed.")
    for reader in User.objects.filter(is_active=True, pk__in=kept).order_by("pk"):
        with failures.kept(f"account {reader.pk}"):
            written.append(_digest(reader))
    failures.raise_all()
    return [mail for mail in written if mail is not None]


@transaction.atomic
def _digest(reader: User) -> OutgoingMail | None:
    """Write one reader's daily mail. Of two concurrent workers, the second waits for the lock and finds no mails left."""
    User.objects.select_for_update().get(pk=reader.pk)
    kept = list(OutgoingMail.objects.kept_for_digest().filter(recipient=reader).order_by("created_at", "pk"))
    if not kept:
        return None
    # The kept texts go between the greeting and the signature, where a mail's own text is.
    digest = queue_mail(
        reader,
        OCCASION,
        {"number": len(kept), "mails": [_part(mail) for mail in kept], "has_links": True},
        link=("after_login",),
    )
    if digest is not None:
        # One by one: a list of keys in one query would grow with the number of mails.
        for mail in kept:
            OutgoingMail.objects.filter(pk=mail.pk).update(digest=digest)
    return digest


def _part(mail: OutgoingMail) -> dict:
    """Return a kept mail's subject, and its text without greeting and signature but with its link."""
    lines = mail.text.strip().splitlines()
    end = lines.index("-- ") if "-- " in lines else len(lines)
    return {"subject": mail.subject, "body": "\n".join(lines[1:end]).strip()}
