"""What the mails of sign-in say, as their reader takes it out of them, before the worker has sent and erased them."""

import re

from django.conf import settings

from core.models.mail import OutgoingMail


def last_mail() -> OutgoingMail:
    return OutgoingMail.objects.order_by("pk").last()


def code_in_mail() -> str:
    return re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", last_mail().text, re.MULTILINE)[0]


def link_in_mail() -> str:
    """Return the path of the link, which stands on a line of its own."""
    return re.search(rf"^{re.escape(settings.SITE_URL)}(/\S+)$", last_mail().text, re.MULTILINE)[1]


def subjects_to(address: str) -> list[str]:
    """Return the subjects of what was written to an address, oldest first."""
    mails = OutgoingMail.objects.select_related("recipient").order_by("pk")
    return [mail.subject for mail in mails if mail.to == address]
