"""Sends a mail of the outbox again, and shows its text without private links and codes."""

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.mail.queue import deliver_later
from core.models.mail import MailState, OutgoingMail

MASK = "•••"

CODE = re.compile(r"(?<![\w-])\d{6,8}(?![\w-])")
ADDRESS = re.compile(r"(https?://[^\s/]+)(/\S*)?")
# A path segment that gives access by itself: signed (with colons), random (both cases) or long hexadecimal. Slugs do
# not match.
SECRET_PART = re.compile(r"[^/]*:[^/]*|(?=[^/]*[A-Z])[^/]{16,}|[0-9a-f]{32,}")


def masked(mail: OutgoingMail) -> str:
    """Return a mail's text with its private links and codes masked, for readers other than the recipient."""
    if mail.secret_until:
        return _("A code or a link that gives access: only its reader sees it.")
    return CODE.sub(MASK, ADDRESS.sub(_masked_address, mail.text))


def why_not_resend(mail: OutgoingMail) -> list[str]:
    """Return the reasons, as sentences, why a mail cannot be sent again now; an empty list if it can."""
    state = OutgoingMail.objects.with_state().get(pk=mail.pk).state
    if mail.secret_until:
        return [_("It contains a code or a link that soon expires: the person asks for another one.")]
    if state == MailState.CLOSED_ACCOUNT or (mail.recipient and not mail.recipient.is_active):
        return [_("The account is closed: nothing is sent to it.")]
    if state == MailState.WAITING:
        return [_("It has not been sent yet: the site will try by itself.")]
    if state == MailState.FOR_DIGEST:
        return [_("It will be sent in its reader's next daily e-mail.")]
    return []


@transaction.atomic
def resend(mail: OutgoingMail, token: UUID) -> bool:
    """Send a mail again. Return whether this call did so: of two clicks, only one does.

    A mail that failed, or whose outcome is unknown, is tried again with its own Message-ID, so that a mail program
    recognises it if it comes twice. A mail that was sent is copied and the copy is sent, so that the first keeps its
    date.
    """
    current = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    if OutgoingMail.objects.filter(message_id=token).exists() or why_not_resend(current):
        return False
    if current.sent_at is None and not current.is_for_digest:
        OutgoingMail.objects.filter(pk=current.pk).update(attempts=0, leased_until=None, last_error="")
        deliver_later(current)
        return True
    words = {name: getattr(current, name) for name in ("recipient", "address", "occasion", "subject", "text", "html")}
    deliver_later(OutgoingMail.objects.create(message_id=token, **words))
    return True


def _masked_address(found: re.Match[str]) -> str:
    site: str = found[1]
    rest: str = found[2] or ""
    path, mark, _query = rest.partition("?")
    parts = [MASK if SECRET_PART.fullmatch(part) else part for part in path.split("/")]
    return site + "/".join(parts) + (f"?{MASK}" if mark else "")
