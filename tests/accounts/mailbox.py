"""What the mails of sign-in hold, as their reader takes it out of them."""

import re

from django.conf import settings
from django.core import mail as outgoing


def last_mail():
    return outgoing.outbox[-1].body


def code_in_mail() -> str:
    return re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", last_mail(), re.MULTILINE)[0]


def link_in_mail() -> str:
    """Return the path of the link, which stands on a line of its own."""
    return re.search(rf"^(?:{re.escape(settings.SITE_URL)}|http://testserver)(/\S+)$", last_mail(), re.MULTILINE)[1]
