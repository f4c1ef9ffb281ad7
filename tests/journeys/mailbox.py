"""What lies in people's mailboxes."""

import re

from django.conf import settings
from django.core import mail as outgoing


def mailed_code() -> str:
    """Return the code that proves an address, from the last mail."""
    return re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", outgoing.outbox[-1].body, re.MULTILINE)[0]


def mails_to(email: str) -> list[str]:
    """Return the subjects of the mails that somebody was sent, oldest first."""
    return [mail.subject for mail in outgoing.outbox if email in mail.to]


def mailed_link(email: str, subject: str, says: str = "") -> str:
    """Return where the last mail to somebody leads, on whatever host; it has to be on this subject, and to say this."""
    last = [mail for mail in outgoing.outbox if email in mail.to][-1]
    assert (last.subject, says in " ".join(last.body.split())) == (subject, True), last.body
    return re.search(rf"^{re.escape(settings.SITE_URL)}(/\S+)$", last.body, re.MULTILINE)[1]
